import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { search } from "jmespath";
import { CONNECTION_SHAPE } from "../../../../../components";
import {
  connectionFilePath,
  OVERRIDDEN_VARIABLES,
} from "../../../../../components/csi-secrets-app/secrets/connection-file";
import { CONNECTION_KEYS } from "../../../../../components/csi-secrets-app/secrets/connection-keys";
import { connectionIn } from "../../../../../local/kubelet/connection";
import { serviceIn } from "../../../../../local/kubelet/service-file";
import { evaluatePath } from "../../../../../preflight/delivery";

const CA = "/etc/rds-ca/ca-bundle.pem";
const SECRET = {
  host: "orders.abc.eu-central-1.rds.amazonaws.com",
  port: 5432,
  dbname: "orders",
  username: "app_owner",
  password: "s3cr3t",
};

/** What a line of a service file can hold: libpq ends it at a line break and trims its end. */
const value = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((text) => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, "x"))
  .filter((text) => text.trim() === text);

describe("The path of a connection file", () => {
  it("joins the lines of a service with line breaks as they are", () => {
    assert.equal(
      connectionFilePath("orders-api", CA),
      "join('\n', ['[orders-api]', join('', ['host=', host]), " +
        "join('', ['port=', port && to_string(port)]), join('', ['dbname=', dbname]), " +
        "join('', ['user=', username]), join('', ['password=', password]), " +
        "'sslmode=verify-full', 'sslrootcert=/etc/rds-ca/ca-bundle.pem', ''])",
    );
  });

  it("evaluates to a service file", () => {
    assert.equal(
      search(SECRET, connectionFilePath("orders-api", CA, CONNECTION_SHAPE)),
      `[orders-api]
host=orders.abc.eu-central-1.rds.amazonaws.com
port=5432
dbname=orders
user=app_owner
password=s3cr3t
sslmode=verify-full
sslrootcert=/etc/rds-ca/ca-bundle.pem
`,
    );
  });

  it("evaluates to what libpq reads, whatever one line can hold", () => {
    fc.assert(
      fc.property(
        fc.record({
          ...{ host: value, dbname: value, username: value, password: value },
          port: fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constant("5432")),
        }),
        fc.boolean(),
        (secret, hasShape) => {
          const port = typeof secret.port === "number" ? "number" : "string";
          const shape = hasShape ? ({ ...CONNECTION_SHAPE, port } as const) : undefined;
          const path = connectionFilePath("api", CA, shape);
          const rendered = evaluatePath(path, JSON.stringify(secret));
          assert.ok(rendered.ok);
          const text = rendered.text ?? "";
          assert.equal(text, search(secret, path));
          const { host, dbname, username, password } = secret;
          assert.deepEqual(
            serviceIn(text, "api"),
            new Map([
              ...Object.entries({ host, port: String(secret.port), dbname, user: username }),
              ...Object.entries({ password, sslmode: "verify-full", sslrootcert: CA }),
            ]),
          );
        },
      ),
    );
  });

  for (const key of CONNECTION_KEYS) {
    it(`fails where the secret has no '${key}', rather than to render half a service`, () => {
      const secret = JSON.stringify({ ...SECRET, [key]: undefined });
      assert.equal(evaluatePath(connectionFilePath("api", CA), secret).ok, false);
    });
  }

  it("makes a file that wins over the variables of the same settings", () => {
    const content = search(SECRET, connectionFilePath("api", CA)) as string;
    const others = Object.fromEntries(
      Object.keys(OVERRIDDEN_VARIABLES).map((name) => [name, "another"]),
    );
    const env = { ...others, PGSERVICEFILE: "/f", PGSERVICE: "api", PGSSLROOTCERT: "/other.pem" };
    const { host, port, dbname, username, password } = SECRET;
    assert.deepEqual(
      connectionIn(env, () => content),
      { host, port, database: dbname, user: username, password, rootCertificate: CA },
    );
  });
});
