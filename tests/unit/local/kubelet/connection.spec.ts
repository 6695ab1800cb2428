import * as assert from "node:assert/strict";
import { connectionIn } from "../../../../local/kubelet/connection";

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
