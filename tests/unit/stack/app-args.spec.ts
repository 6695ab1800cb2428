import * as assert from "node:assert/strict";
import { plainAppArgs, plainDatabaseArgs, plainUserArgs } from "../../../stack/app-args";
import { accepted, app, ownApp } from "./config";

const config = (more: Readonly<Record<string, unknown>>) => {
  const [first] = accepted({ apps: [more] }).apps;
  return first ?? assert.fail("no app");
};

describe("the arguments of an app", () => {
  it("without an image are the check app's", () => {
    assert.deepEqual(plainAppArgs(config(app())), {
      namespace: "orders",
      createNamespace: true,
      image: "postgres:17-alpine",
      runAsUser: 70,
      replicas: 1,
      command: ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"],
      probes: {
        readiness: {
          exec: { command: ["psql", "-XqAtc", "select 1"] },
          periodSeconds: 10,
          timeoutSeconds: 5,
        },
      },
    });
  });

  it("may ask for more check apps, in another namespace, with a file", () => {
    const { namespace, replicas, files } = plainAppArgs(
      config(app({ namespace: "shop", replicas: 3, files: { password: "password" } })),
    );
    assert.deepEqual(
      { namespace, replicas, files },
      { namespace: "shop", replicas: 3, files: { password: "password" } },
    );
  });

  it("with an image name the connection DB_…, and leave the rest to the component", () => {
    assert.deepEqual(plainAppArgs(config(ownApp({ containerPort: 80 }))), {
      namespace: "orders",
      createNamespace: true,
      image: "example.com/app:1",
      containerPort: 80,
      env: {
        DB_HOST: "host",
        DB_PORT: "port",
        DB_NAME: "dbname",
        DB_USERNAME: "username",
        DB_PASSWORD: "password",
      },
    });
  });

  it("with variables of its own have no others", () => {
    assert.deepEqual(plainAppArgs(config(ownApp({ env: { HOST: "host" } }))).env, { HOST: "host" });
  });
});

describe("the arguments of a database", () => {
  it("are what the configuration says, under the component's names", () => {
    assert.deepEqual(plainDatabaseArgs({ name: "shop", multiAz: true, port: 6000, user: {} }), {
      databaseName: "shop",
      multiAz: true,
      port: 6000,
    });
  });
});

describe("the arguments of a user", () => {
  it("are what the configuration says, under the component's names", () => {
    assert.deepEqual(plainUserArgs({ name: "reports", access: "read", rotation: false }), {
      userName: "reports",
      access: "read",
      rotation: false,
    });
    assert.deepEqual(plainUserArgs({}), {});
  });
});
