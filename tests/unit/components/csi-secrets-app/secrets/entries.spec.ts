import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE as CONNECTION } from "../../../../../components";
import { connectionEnvironment } from "../../../../../components/csi-secrets-app/secrets/connection-environment";
import { connectionFilePath } from "../../../../../components/csi-secrets-app/secrets/connection-file";
import { CONNECTION_KEYS } from "../../../../../components/csi-secrets-app/secrets/connection-keys";
import { databaseUrlPath } from "../../../../../components/csi-secrets-app/secrets/database-url";
import {
  deliveryEntries,
  secretSources,
  type SourceKeys,
  wholeSecretFile,
} from "../../../../../components/csi-secrets-app/secrets/entries";

describe("The secrets of an app", () => {
  it("are the database's at the top level and then the others, each with its place", () => {
    const token = { secretName: "token", env: { TOKEN: "value" } };
    const args = { secretName: "db", moreSecrets: [token, { secretName: "mail" }] };
    assert.deepEqual(secretSources(args), [
      { ...args, at: "" },
      { ...token, at: "moreSecrets[0]." },
      { secretName: "mail", at: "moreSecrets[1]." },
    ]);
  });

  it("each leave their whole JSON in a file of a name of its own", () => {
    assert.deepEqual(
      [0, 1, 2].map((secret) => wholeSecretFile(secret)),
      ["secret.json", "secret-2.json", "secret-3.json"],
    );
    const names = [{ file: "a.json" }, { env: "A" }, { env: "A", file: "a.json" }];
    assert.deepEqual(
      names.map((whole) => wholeSecretFile(1, whole)),
      ["a.json", "A", "a.json"],
    );
  });
});

describe("What is delivered", () => {
  const database: SourceKeys = {
    at: "",
    env: { DB_HOST: "host", DB_PORT: "port" },
    files: { "tls-mode": "ssl" },
    shape: { host: "string", port: "number", ssl: "boolean" },
  };
  const token: SourceKeys = { at: "moreSecrets[0].", env: { TOKEN: "api-key" } };

  it("is one entry per variable and file of each secret, in the order that was given, the URL last", () => {
    const withUrl = { ...database, databaseUrl: "DATABASE_URL" };
    assert.deepEqual(deliveryEntries("api", [withUrl, token], "/ca.pem"), [
      {
        secret: 0,
        file: "DB_HOST",
        keys: ["host"],
        path: "host",
        variable: "DB_HOST",
        argument: "env.DB_HOST",
      },
      {
        secret: 0,
        file: "DB_PORT",
        keys: ["port"],
        path: "port && to_string(port)",
        variable: "DB_PORT",
        argument: "env.DB_PORT",
      },
      {
        secret: 0,
        file: "tls-mode",
        keys: ["ssl"],
        path: "ssl != `null` && to_string(ssl)",
        argument: "files.tls-mode",
      },
      {
        secret: 0,
        file: "DATABASE_URL",
        keys: ["username", "password", "host", "port", "dbname"],
        rendered: "databaseUrl",
        path: databaseUrlPath("/ca.pem", database.shape),
        variable: "DATABASE_URL",
        argument: "databaseUrl",
      },
      {
        secret: 1,
        file: "TOKEN",
        keys: ["api-key"],
        path: '"api-key"',
        variable: "TOKEN",
        argument: "moreSecrets[0].env.TOKEN",
      },
    ]);
  });

  it("is a connection file of each secret whose shape holds a connection, unless it is refused", () => {
    const sources: readonly SourceKeys[] = [
      { at: "", shape: CONNECTION },
      { at: "moreSecrets[0].", shape: CONNECTION, connectionFile: false },
      { at: "moreSecrets[1].", connectionFile: true },
      { at: "moreSecrets[2].", shape: { ...CONNECTION, host: "boolean" } },
      { at: "moreSecrets[3]." },
    ];
    const file = { keys: CONNECTION_KEYS, rendered: "connectionFile" };
    assert.deepEqual(deliveryEntries("api", sources, "/ca.pem"), [
      {
        ...file,
        secret: 0,
        file: "pg_service.conf",
        argument: "connectionFile",
        path: connectionFilePath("api", "/ca.pem", CONNECTION),
      },
      {
        ...file,
        secret: 2,
        file: "pg_service-3.conf",
        argument: "moreSecrets[1].connectionFile",
        path: connectionFilePath("api-3", "/ca.pem"),
      },
    ]);
    assert.deepEqual(connectionEnvironment("api", sources), {
      PGSERVICEFILE: "/mnt/secrets-store/pg_service.conf",
      PGSERVICE: "api",
    });
    assert.deepEqual(connectionEnvironment("api", sources.slice(1)), {
      PGSERVICEFILE: "/mnt/secrets-store/pg_service-2.conf",
      PGSERVICE: "api-2",
    });
    assert.deepEqual(connectionEnvironment("api", sources.slice(3)), {});
  });

  it("is nothing where nothing is asked for", () => {
    assert.deepEqual(deliveryEntries("api", [{ at: "" }], "/ca.pem"), []);
  });

  it("is the same for the types that are taken without a shape", () => {
    const keys = { env: { DB_HOST: "host", DB_PORT: "port" }, databaseUrl: "URL", at: "" };
    const shape = { host: "string", port: "number" } as const;
    assert.deepEqual(
      deliveryEntries("api", [keys], "/ca.pem"),
      deliveryEntries("api", [{ ...keys, shape }], "/ca.pem"),
    );
  });
});
