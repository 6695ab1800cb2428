import * as assert from "node:assert/strict";
import { inspect } from "node:util";
import { connectionIn } from "../../../../local/kubelet/connection";
import { PodEvent } from "../../../../local/kubelet/pod-event";

const expected = {
  host: "db.example.com",
  port: 5433,
  database: "orders",
  user: "app",
  password: "p w",
  rootCertificate: "/etc/ca.pem",
};

describe("the connection that a container's variables describe", () => {
  it("is that of libpq's own variables", () => {
    const env = {
      PGHOST: "db.example.com",
      PGPORT: "5433",
      PGDATABASE: "orders",
      PGUSER: "app",
      PGPASSWORD: "p w",
      PGSSLROOTCERT: "/etc/ca.pem",
    };
    assert.deepEqual(connectionIn(env), expected);
  });

  it("is that of a URL, whose root certificate wins", () => {
    const url =
      "postgresql://app:p%20w@db.example.com:5433/orders?sslmode=verify-full&sslrootcert=";
    assert.deepEqual(
      connectionIn({ DATABASE_URL: `${url}/etc/ca.pem`, PGSSLROOTCERT: "/other.pem" }),
      expected,
    );
  });

  it("is that of a URL that only libpq understands: the first host, and a password as it stands", () => {
    const url = "postgres://app:p#?w%21@db.example.com:5433,db2.example.com:5434/orders";
    assert.deepEqual(connectionIn({ DATABASE_URL: url }), {
      ...{ ...expected, rootCertificate: undefined },
      password: "p#?w!",
    });
    const short = connectionIn({ DATABASE_URL: "postgresql://app@[::1],other/orders" });
    assert.deepEqual(short, {
      ...{ ...expected, rootCertificate: undefined },
      ...{ host: "[::1]", port: 5432, password: "" },
    });
  });

  it("is refused by the name of the variable where its URL cannot be read, and never with its value", () => {
    const urls = ["app:canary%@db/orders", "app:canary@db:port/orders", "app:canary@[::1/orders"];
    for (const rest of urls) {
      assert.throws(
        () => connectionIn({ LEVEL: "info", ORDERS_URL: `postgres://${rest}` }),
        (error) => {
          assert.ok(error instanceof PodEvent);
          assert.equal(error.reason, "Unhealthy");
          assert.match(error.message, /the variable 'ORDERS_URL' holds no valid connection URL/);
          assert.doesNotMatch(inspect(error, { showHidden: true }), /canary/);
          return true;
        },
      );
    }
  });

  it("is that of variables with a common prefix", () => {
    const env = {
      ORDERS_DB_HOST: "db.example.com",
      ORDERS_DB_PORT: "5433",
      ORDERS_DB_NAME: "orders",
      ORDERS_DB_USERNAME: "app",
      ORDERS_DB_PASSWORD: "p w",
      PGSSLROOTCERT: "/etc/ca.pem",
    };
    assert.deepEqual(connectionIn(env), expected);
  });

  it("is none where a part is missing", () => {
    assert.equal(connectionIn({ PGHOST: "db.example.com", PGUSER: "app" }), undefined);
    assert.equal(connectionIn({ SMTP_HOST: "mail.example.com", SMTP_PASSWORD: "x" }), undefined);
    assert.equal(connectionIn({}), undefined);
  });
});
