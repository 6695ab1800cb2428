import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { CsiSecretsAppArgs, SecretSource } from "../../../../components/csi-secrets-app";
import { checkDelivery } from "../../../../components/csi-secrets-app/delivery-checks";
import { deliveryEntries, secretSources } from "../../../../components/csi-secrets-app/entries";

type Requested = Partial<
  Pick<CsiSecretsAppArgs, "env" | "files" | "shape" | "databaseUrl" | "environment" | "moreSecrets">
>;

function check(requested: Requested): void {
  const args = { secretName: "orders", ...requested };
  const sources = secretSources(args);
  checkDelivery("api", args, sources, deliveryEntries(sources, args.databaseUrl, "/ca.pem"));
}

const other = (source: Omit<SecretSource, "secretName">): Requested => ({
  moreSecrets: [{ secretName: "mail" }, { secretName: "token", ...source }],
});

const VARIABLE_RULE =
  "must be a name of 1 to 245 letters, digits and underscores that does not start with a digit";
const FILE_RULE =
  "must be a file name of 1 to 245 letters, digits, dots, hyphens and underscores, not '.' and " +
  "not starting with '..'";
const TLS_RULE =
  "is set by the component, so that the client verifies the database's certificate; pass " +
  "'caBundle' for other authorities, or change the Deployment through 'transform.deployment'";
const SHAPE = {
  host: "string",
  port: "number",
  dbname: "string",
  username: "string",
  password: "string",
} as const;
const HAS = "it has host, port, dbname, username, password";

const twice = (file: string, by: string): string =>
  `makes the file '${file}', which ${by} makes too; choose another name`;

const REFUSED: readonly [string, Requested, string][] = [
  ["an empty variable", { env: { "": "host" } }, `'env.' ${VARIABLE_RULE}; got ''`],
  ["a digit first", { env: { "1A": "host" } }, `'env.1A' ${VARIABLE_RULE}; got '1A'`],
  ["a hyphen", { env: { "DB-HOST": "host" } }, `'env.DB-HOST' ${VARIABLE_RULE}; got 'DB-HOST'`],
  [
    "a variable that is too long for a file",
    { env: { ["V".repeat(246)]: "host" } },
    `'env.${"V".repeat(246)}' ${VARIABLE_RULE}; got '${"V".repeat(246)}'`,
  ],
  ["a TLS variable", { env: { PGSSLMODE: "host" } }, `'env.PGSSLMODE' ${TLS_RULE}`],
  [
    "a TLS variable in plain text",
    { environment: { NODE_EXTRA_CA_CERTS: "/x" } },
    `'environment.NODE_EXTRA_CA_CERTS' ${TLS_RULE}`,
  ],
  ["a TLS variable for the URL", { databaseUrl: "PGSSLROOTCERT" }, `'databaseUrl' ${TLS_RULE}`],
  [
    "a variable of another secret",
    other({ env: { "A B": "x" } }),
    `'moreSecrets[1].env.A B' ${VARIABLE_RULE}; got 'A B'`,
  ],
  ["a bad name for the URL", { databaseUrl: "" }, `'databaseUrl' ${VARIABLE_RULE}; got ''`],
  [
    "a bad plain variable",
    { environment: { "LOG.LEVEL": "debug" } },
    `'environment.LOG.LEVEL' ${VARIABLE_RULE}; got 'LOG.LEVEL'`,
  ],
  ["an empty file name", { files: { "": "host" } }, `'files['']' ${FILE_RULE}; got ''`],
  ["the folder itself", { files: { ".": "host" } }, `'files['.']' ${FILE_RULE}; got '.'`],
  ["the folder above", { files: { "..": "host" } }, `'files['..']' ${FILE_RULE}; got '..'`],
  [
    "a file that the driver skips",
    { files: { "..data": "host" } },
    `'files['..data']' ${FILE_RULE}; got '..data'`,
  ],
  ["a path", { files: { "a/b": "host" } }, `'files['a/b']' ${FILE_RULE}; got 'a/b'`],
  ["a quoted name", { files: { '"a"': "host" } }, `'files['"a"']' ${FILE_RULE}; got '"a"'`],
  [
    "a file name with no room for the provider's digits",
    { files: { ["f".repeat(246)]: "host" } },
    `'files['${"f".repeat(246)}']' ${FILE_RULE}; got '${"f".repeat(246)}'`,
  ],
  [
    "an empty key",
    { env: { DB_HOST: "" } },
    "'env.DB_HOST' must name a key of the secret's JSON; got ''",
  ],
  [
    "an unreadable key",
    other({ files: { token: "a\u0085" } }),
    "'moreSecrets[1].files['token']' needs a key that holds the character U+0085, which the AWS " +
      "provider cannot read in a SecretProviderClass; rename the key in the secret",
  ],
  [
    "a key that the secret does not have",
    { env: { DB_HOST: "hostname" }, shape: SHAPE },
    `'env.DB_HOST' needs the key 'hostname', which the secret's JSON does not have; ${HAS}`,
  ],
  [
    "a key that only every object has",
    { files: { x: "constructor" }, shape: SHAPE },
    `'files['x']' needs the key 'constructor', which the secret's JSON does not have; ${HAS}`,
  ],
  [
    "a URL from a secret without a port",
    { databaseUrl: "URL", shape: { username: "string", password: "string", host: "string" } },
    "'databaseUrl' needs the key 'port', which the secret's JSON does not have; " +
      "it has username, password, host",
  ],
  [
    "two secrets for one variable",
    { env: { TOKEN: "a" }, ...other({ env: { TOKEN: "b" } }) },
    `'moreSecrets[1].env.TOKEN' ${twice("TOKEN", "'env.TOKEN'")}`,
  ],
  [
    "a file called like a variable",
    { env: { TOKEN: "a" }, files: { TOKEN: "a" } },
    `'files['TOKEN']' ${twice("TOKEN", "'env.TOKEN'")}`,
  ],
  [
    "the URL in a variable that is taken",
    { env: { URL: "a" }, databaseUrl: "URL" },
    `'databaseUrl' ${twice("URL", "'env.URL'")}`,
  ],
  [
    "a file called like the whole secret",
    { files: { "secret.json": "a" } },
    `'files['secret.json']' ${twice("secret.json", "the whole JSON of the secret")}`,
  ],
  [
    "a file called like another whole secret",
    { files: { "secret-3.json": "a" }, ...other({}) },
    `'files['secret-3.json']' ${twice("secret-3.json", "the whole JSON of the secret")}`,
  ],
  [
    "a variable in plain text and from a secret",
    { env: { HOST: "host" }, environment: { HOST: "db" } },
    "'environment.HOST' is also a variable from a secret; leave one of them out",
  ],
  [
    "the URL's variable in plain text",
    { databaseUrl: "URL", environment: { URL: "x" } },
    "'environment.URL' is also a variable from a secret; leave one of them out",
  ],
];

describe("What is to be delivered is refused for", () => {
  for (const [what, requested, problem] of REFUSED) {
    it(what, () => {
      assert.throws(() => check(requested), {
        name: "ArgError",
        message: `CsiSecretsApp 'api': ${problem}`,
      });
    });
  }
});

describe("What is to be delivered may be", () => {
  const allowed: readonly [string, Requested][] = [
    ["nothing", {}],
    [
      "variables, files, a URL and plain text beside each other",
      {
        env: { DB_HOST: "host", _x1: "port" },
        files: { password: "password", ".hidden": "username", "a.b-c_d": "dbname" },
        databaseUrl: "DATABASE_URL",
        environment: { LOG_LEVEL: "debug" },
        shape: SHAPE,
      },
    ],
    ["variables that every object has", { env: { constructor: "a", toString: "b" } }],
    ["the longest names", { env: { ["V".repeat(245)]: "a" }, files: { ["f".repeat(245)]: "b" } }],
    ["one key several times", { env: { A: "host", B: "host" }, files: { c: "host" } }],
    [
      "the second whole secret's name where there is no second",
      { files: { "secret-2.json": "a" } },
    ],
    ["plain text called like a file", { files: { HOST: "host" }, environment: { HOST: "db" } }],
    ["any key of a secret whose shape is not known", { env: { A: "no-such-key" } }],
  ];
  for (const [what, requested] of allowed) {
    it(what, () => assert.doesNotThrow(() => check(requested)));
  }

  it("any two names that differ", () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        fc.pre(![a, b, c].some((one) => String(one).startsWith("PGSSL")));
        assert.doesNotThrow(() =>
          check({
            env: { [String(a)]: "x" },
            moreSecrets: [{ secretName: "s", env: { [String(b)]: "x" } }],
            environment: { [String(c)]: "plain" },
          }),
        );
      }),
    );
  });
});
