import * as assert from "node:assert/strict";
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
    assert.deepEqual([0, 1, 2].map(wholeSecretFile), [
      "secret.json",
      "secret-2.json",
      "secret-3.json",
    ]);
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

  it("is one entry per variable and file, in the order that was given, the URL last", () => {
    assert.deepEqual(deliveryEntries([database, token], "DATABASE_URL", "/ca.pem"), [
      {
        secret: 0,
        file: "DB_HOST",
        key: "host",
        path: "host",
        variable: "DB_HOST",
        argument: "env.DB_HOST",
      },
      {
        secret: 0,
        file: "DB_PORT",
        key: "port",
        path: "port && to_string(port)",
        variable: "DB_PORT",
        argument: "env.DB_PORT",
      },
      {
        secret: 0,
        file: "tls-mode",
        key: "ssl",
        path: "ssl != `null` && to_string(ssl)",
        argument: "files.tls-mode",
      },
      {
        secret: 1,
        file: "TOKEN",
        key: "api-key",
        path: '"api-key"',
        variable: "TOKEN",
        argument: "moreSecrets[0].env.TOKEN",
      },
      {
        secret: 0,
        file: "DATABASE_URL",
        path: databaseUrlPath("/ca.pem", database.shape),
        variable: "DATABASE_URL",
        argument: "databaseUrl",
      },
    ]);
  });

  it("is nothing where nothing is asked for", () => {
    assert.deepEqual(deliveryEntries([{ at: "" }], undefined, "/ca.pem"), []);
  });

  it("is the same for the types that are taken without a shape", () => {
    const keys = { env: { DB_HOST: "host", DB_PORT: "port" }, at: "" };
    const shape = { host: "string", port: "number" } as const;
    assert.deepEqual(
      deliveryEntries([keys], "URL", "/ca.pem"),
      deliveryEntries([{ ...keys, shape }], "URL", "/ca.pem"),
    );
  });
});
