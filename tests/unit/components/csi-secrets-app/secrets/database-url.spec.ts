import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { search } from "jmespath";
import { CONNECTION_KEYS } from "../../../../../components/csi-secrets-app/secrets/connection-keys";
import { databaseUrlPath } from "../../../../../components/csi-secrets-app/secrets/database-url";
import { evaluatePath } from "../../../../../preflight/delivery";

const CA = "/etc/rds-ca/ca-bundle.pem";
const SECRET = {
  engine: "postgres",
  host: "orders.abc.eu-central-1.rds.amazonaws.com",
  port: 5432,
  dbname: "orders",
  username: "app_owner",
  password: "s3cr3t",
};

const unreserved = fc.string({
  unit: fc.constantFrom(...Array.from("abcXYZ0189-._~")),
  minLength: 1,
  maxLength: 40,
});

describe("The path of a connection URL", () => {
  it("joins the keys of the secret and asks for full verification", () => {
    assert.equal(
      databaseUrlPath(CA),
      "join('', ['postgresql://', username, ':', password, '@', host, ':', " +
        "port && to_string(port), '/', dbname, " +
        "'?sslmode=verify-full&sslrootcert=/etc/rds-ca/ca-bundle.pem'])",
    );
  });

  it("takes a key as the type that its shape tells", () => {
    assert.match(databaseUrlPath(CA, { port: "string" }), /':', port, '\/'/);
    assert.match(databaseUrlPath(CA, { dbname: "number" }), /dbname && to_string\(dbname\)/);
  });

  it("evaluates to the URL", () => {
    assert.equal(
      search(SECRET, databaseUrlPath(CA)),
      "postgresql://app_owner:s3cr3t@orders.abc.eu-central-1.rds.amazonaws.com:5432/orders" +
        "?sslmode=verify-full&sslrootcert=/etc/rds-ca/ca-bundle.pem",
    );
  });

  it("evaluates to a URL that gives back what went in, for unreserved names and passwords", () => {
    fc.assert(
      fc.property(
        unreserved,
        unreserved,
        fc.integer({ min: 1, max: 65535 }),
        fc.stringMatching(/^[a-z_][a-z0-9_]{0,62}$/),
        (username, password, port, dbname) => {
          const secret = { ...SECRET, username, password, port, dbname };
          const rendered = search(secret, databaseUrlPath(CA)) as string;
          const url = new URL(rendered);
          assert.deepEqual(
            {
              protocol: url.protocol,
              username: url.username,
              password: url.password,
              host: url.hostname,
              port: url.port,
              path: url.pathname,
              query: [...url.searchParams],
            },
            {
              protocol: "postgresql:",
              username,
              password,
              host: SECRET.host,
              port: String(port),
              path: `/${dbname}`,
              query: [
                ["sslmode", "verify-full"],
                ["sslrootcert", CA],
              ],
            },
          );
          const modelled = evaluatePath(databaseUrlPath(CA), JSON.stringify(secret));
          assert.equal(modelled.ok && modelled.text, rendered);
        },
      ),
    );
  });

  for (const key of CONNECTION_KEYS) {
    it(`fails where the secret has no '${key}', rather than to render half a URL`, () => {
      const secret = { ...SECRET, [key]: undefined };
      assert.throws(() => search(secret, databaseUrlPath(CA)), /join\(\) expected argument 2/);
      assert.equal(evaluatePath(databaseUrlPath(CA), JSON.stringify(secret)).ok, false);
    });
  }
});
