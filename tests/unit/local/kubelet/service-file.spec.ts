import * as assert from "node:assert/strict";
import { connectionIn } from "../../../../local/kubelet/connection";
import { PodEvent } from "../../../../local/kubelet/pod-event";
import { serviceIn } from "../../../../local/kubelet/service-file";

const FILE = `# two services
[stock]
host=stock.example.com

[orders]
host = not a key of libpq, and kept as it is
  host=db.example.com
port=5433
dbname=orders
user=app user
password=a=b#c[d]
password=another
[stock-2]
user=other
`;

describe("a service file", () => {
  it("holds the settings of a section, the first of each, with values as they are", () => {
    assert.deepEqual(
      serviceIn(FILE, "orders"),
      new Map([
        ["host ", " not a key of libpq, and kept as it is"],
        ["host", "db.example.com"],
        ["port", "5433"],
        ["dbname", "orders"],
        ["user", "app user"],
        ["password", "a=b#c[d]"],
      ]),
    );
    assert.deepEqual(serviceIn(FILE, "stock-2"), new Map([["user", "other"]]));
    assert.deepEqual(serviceIn("[a]\n", "a"), new Map());
  });

  it("lacks a service that has no section", () => {
    assert.equal(serviceIn(FILE, "order"), undefined);
    assert.equal(serviceIn("", "orders"), undefined);
  });

  // psql 15.18 takes a line of 1021 bytes and refuses one of 1022.
  it("is refused where libpq refuses it", () => {
    assert.equal(serviceIn("[a]\nhost", "a"), "syntax error in line 2");
    assert.equal(serviceIn(`[a]\nuser=${"x".repeat(1017)}\n`, "a"), "line 2 too long");
    const longest = "x".repeat(1016);
    assert.deepEqual(serviceIn(`[a]\nuser=${longest}\n`, "a"), new Map([["user", longest]]));
  });
});

describe("the connection of a container with a service", () => {
  const env = { PGSERVICEFILE: "/f", PGSERVICE: "orders", PGHOST: "other.example.com" };

  it("is the service's", () => {
    assert.deepEqual(
      connectionIn(env, (path) => (path === "/f" ? FILE : undefined)),
      {
        ...{ host: "db.example.com", port: 5433, database: "orders" },
        ...{ user: "app user", password: "a=b#c[d]", rootCertificate: undefined },
      },
    );
  });

  const broken: readonly [what: string, content: string | undefined, message: string][] = [
    ["without its file", undefined, 'service file "/f" not found'],
    ["without its section", "[stock]\n", 'definition of service "orders" not found'],
    ["of a broken file", "[orders]\ncanary\n", 'syntax error in line 2 in service file "/f"'],
  ];
  for (const [what, content, message] of broken) {
    it(`fails as psql does, ${what}`, () => {
      assert.throws(
        () => connectionIn(env, () => content),
        (error) =>
          error instanceof PodEvent &&
          error.reason === "Unhealthy" &&
          error.message === `Readiness probe failed: psql: error: ${message}`,
      );
    });
    it(`is that of other variables, ${what}`, () => {
      const url = { ...env, DATABASE_URL: "postgresql://app:pw@db/orders" };
      assert.equal(connectionIn(url, () => content)?.user, "app");
    });
  }
});
