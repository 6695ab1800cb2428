import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsAppArgs, SecretSource } from "../../../../../components/csi-secrets-app";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

type Requested = Partial<CsiSecretsAppArgs>;

const other = (source: Omit<SecretSource, "secretName">): Requested => ({
  moreSecrets: [{ secretName: "mail" }, { secretName: "token", ...source }],
});

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const OTHER_REGION = ARN.replace("eu-central-1", "us-west-2");
const NAME_RULE =
  "must be the name of a secret (1 to 512 letters, digits and the characters / _ + = . @ -) or " +
  "its full ARN";
const ARN_RULE = "must be the full ARN of a secret, with the hyphen and six characters at its end";
const SAME_RULE = "must be the ARN of the secret that 'secretName' names";
const REGION_RULE =
  "must be in the region of the app's secrets ('region', else the AWS provider's), which is the " +
  "only one that its pods read";
const VARIABLE_RULE =
  "must be a name of 1 to 245 letters, digits and underscores that does not start with a digit";
const FILE_RULE =
  "must be a file name of 1 to 245 letters, digits, dots, hyphens and underscores, not '.' and " +
  "not starting with '..'";
const TLS_RULE =
  "must not be a variable that the component sets so that clients verify the database's " +
  "certificate: pass 'caBundle' for other authorities, or change the Deployment through " +
  "'transform.deployment'";
const SHAPE = {
  host: "string",
  port: "number",
  dbname: "string",
  username: "string",
  password: "string",
} as const;
const HAS =
  "must name a key of the secret's JSON, which has host, port, dbname, username, password";
const LONG = "V".repeat(246);
const LONG_SHOWN = `"${"V".repeat(80)}"… (246 characters)`;

const twice = (file: string, by: string): string =>
  `makes the file "${file}", which ${by} makes too; choose another name`;

const REFUSED: readonly [string, Requested, readonly string[]][] = [
  ["a name with a space", { secretName: "a b" }, [`secretName ${NAME_RULE}; got "a b"`]],
  ["an ARN without an ARN's form", { secretArn: "x" }, [`secretArn ${ARN_RULE}; got "x"`]],
  [
    "the ARN of another secret",
    { secretArn: ARN.replace("orders", "stock") },
    [`secretArn ${SAME_RULE}; got "${ARN.replace("orders", "stock")}"`],
  ],
  [
    "an ARN of another region",
    { region: "eu-central-1", moreSecrets: [{ secretName: ARN }, { secretName: OTHER_REGION }] },
    [`moreSecrets[1].secretName ${REGION_RULE}; got "${OTHER_REGION}"`],
  ],
  [
    "an alias of a key",
    { kmsKeyArn: "alias/shop" },
    [
      'kmsKeyArn must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an ' +
        'alias; got "alias/shop"',
    ],
  ],
  ["an empty variable", { env: { "": "host" } }, [`env[""] ${VARIABLE_RULE}; got ""`]],
  ["a digit first", { env: { "1A": "host" } }, [`env["1A"] ${VARIABLE_RULE}; got "1A"`]],
  ["a hyphen", { env: { "DB-HOST": "host" } }, [`env.DB-HOST ${VARIABLE_RULE}; got "DB-HOST"`]],
  [
    "a variable that is too long for a file",
    { env: { [LONG]: "host" } },
    [`env.${LONG} ${VARIABLE_RULE}; got ${LONG_SHOWN}`],
  ],
  ["a TLS variable", { env: { PGSSLMODE: "h" } }, [`env.PGSSLMODE ${TLS_RULE}; got "PGSSLMODE"`]],
  [
    "a TLS variable in plain text",
    { environment: { NODE_EXTRA_CA_CERTS: "/x" } },
    [`environment.NODE_EXTRA_CA_CERTS ${TLS_RULE}; got "NODE_EXTRA_CA_CERTS"`],
  ],
  [
    "a TLS variable for the URL",
    { databaseUrl: "PGSSLROOTCERT" },
    [`databaseUrl ${TLS_RULE}; got "PGSSLROOTCERT"`],
  ],
  [
    "a variable of another secret",
    other({ env: { "A B": "x" } }),
    [`moreSecrets[1].env["A B"] ${VARIABLE_RULE}; got "A B"`],
  ],
  ["a bad name for the URL", { databaseUrl: "" }, [`databaseUrl ${VARIABLE_RULE}; got ""`]],
  [
    "a bad plain variable",
    { environment: { "LOG.LEVEL": "debug" } },
    [`environment["LOG.LEVEL"] ${VARIABLE_RULE}; got "LOG.LEVEL"`],
  ],
  ["an empty file name", { files: { "": "host" } }, [`files[""] ${FILE_RULE}; got ""`]],
  ["the folder itself", { files: { ".": "host" } }, [`files["."] ${FILE_RULE}; got "."`]],
  ["the folder above", { files: { "..": "host" } }, [`files[".."] ${FILE_RULE}; got ".."`]],
  [
    "a file that the driver skips",
    { files: { "..data": "host" } },
    [`files["..data"] ${FILE_RULE}; got "..data"`],
  ],
  ["a path", { files: { "a/b": "host" } }, [`files["a/b"] ${FILE_RULE}; got "a/b"`]],
  ["a quoted name", { files: { '"a"': "host" } }, [`files["\\"a\\""] ${FILE_RULE}; got "\\"a\\""`]],
  [
    "a file name with no room for the provider's digits",
    { files: { [LONG]: "host" } },
    [`files.${LONG} ${FILE_RULE}; got ${LONG_SHOWN}`],
  ],
  ["an empty key", { env: { H: "" } }, [`env.H must name a key of the secret's JSON; got ""`]],
  [
    "an empty key, once, also where the shape is known",
    { env: { H: "" }, shape: SHAPE },
    [`env.H must name a key of the secret's JSON; got ""`],
  ],
  [
    "an unreadable key",
    other({ files: { token: "a\u007f" } }),
    [
      "moreSecrets[1].files.token must not name a key with the character U+007F, which the AWS " +
        'provider cannot read in a SecretProviderClass; rename the key in the secret; got "a\u007f"',
    ],
  ],
  [
    "a key that the secret does not have",
    { env: { DB_HOST: "hostname" }, shape: SHAPE },
    [`env.DB_HOST ${HAS}; got "hostname"`],
  ],
  [
    "a key that only every object has",
    { files: { x: "constructor" }, env: {}, shape: SHAPE },
    [`files.x ${HAS}; got "constructor"`],
  ],
  [
    "a URL from a secret without a port",
    { databaseUrl: "URL", env: {}, shape: { username: "string", password: "string" } },
    [
      "databaseUrl needs keys that the secret's JSON does not have: host, port, dbname; it has " +
        "username, password",
    ],
  ],
  [
    "two secrets for one variable",
    { env: { TOKEN: "a" }, ...other({ env: { TOKEN: "b" } }) },
    [`moreSecrets[1].env.TOKEN ${twice("TOKEN", "'env.TOKEN'")}`],
  ],
  [
    "a file called like a variable",
    { env: { TOKEN: "a" }, files: { TOKEN: "a" } },
    [`files.TOKEN ${twice("TOKEN", "'env.TOKEN'")}`],
  ],
  [
    "the URL in a variable that is taken",
    { env: { URL: "a" }, databaseUrl: "URL" },
    [`databaseUrl ${twice("URL", "'env.URL'")}`],
  ],
  [
    "a file called like the whole secret",
    { files: { "secret.json": "a" } },
    [`files["secret.json"] ${twice("secret.json", "the whole JSON of the secret")}`],
  ],
  [
    "a file called like another whole secret",
    { files: { "secret-3.json": "a" }, ...other({}) },
    [`files["secret-3.json"] ${twice("secret-3.json", "the whole JSON of the secret")}`],
  ],
  [
    "a variable in plain text and from a secret",
    { env: { HOST: "host" }, environment: { HOST: "db" } },
    ["environment.HOST is also a variable from a secret; leave one of them out"],
  ],
  [
    "the URL's variable in plain text",
    { databaseUrl: "URL", environment: { URL: "x" } },
    ["environment.URL is also a variable from a secret; leave one of them out"],
  ],
  [
    "a key that is a string here and a number there, of one secret",
    {
      secretName: "orders",
      env: { SIZE: "size" },
      moreSecrets: [{ secretName: "orders", env: { N: "size" }, shape: { size: "number" } }],
    },
    [
      "moreSecrets[0].shape.size must agree with 'env.SIZE', which takes the same value of the " +
        "same secret for a string",
    ],
  ],
  [
    "a port that is a number or a string here and a boolean there, of one secret",
    {
      secretName: "orders",
      env: { PORT: "port" },
      moreSecrets: [{ secretName: "orders", shape: { port: "boolean" } }],
    },
    [
      "moreSecrets[0].shape.port must agree with 'env.PORT', which takes the same value of the " +
        "same secret for a number or a string",
    ],
  ],
];

describe("What is to be delivered is refused for", () => {
  for (const [what, requested, problems] of REFUSED) {
    it(what, () => assert.deepEqual(problemsOf({ ...requested }), problems));
  }

  it("each of its mistakes at once, also inside one argument", () => {
    assert.deepEqual(
      problemsOf({
        secretName: "",
        env: { "A-B": "", PGSSLMODE: "host" },
        files: { ".": "a", "..": "a" },
        databaseUrl: "1",
        moreSecrets: [
          { secretName: "x y", env: { "C-D": "" } },
          { secretName: "x z", kmsKeyArn: "k" },
        ],
        environment: { "E-F": "1", "G-H": "2" },
      }).map((problem) => problem.split(" ")[0]),
      [
        "secretName",
        ...["env.A-B", "env.A-B", "env.PGSSLMODE", 'files["."]', 'files[".."]'],
        "databaseUrl",
        ...["moreSecrets[0].secretName", "moreSecrets[0].env.C-D", "moreSecrets[0].env.C-D"],
        ...["moreSecrets[1].secretName", "moreSecrets[1].kmsKeyArn"],
        ...["environment.E-F", "environment.G-H"],
      ],
    );
  });
});

const PLAIN =
  "it decides what is declared, before any Output is known; pass a constant or a value of the " +
  "configuration";

const NO_EFFECT = (key: string, argument = "connectionFile") =>
  `has no effect: libpq takes '${key}' from the service file that '${argument}' makes; leave the ` +
  `variable out, or set '${argument}' to false`;
const SET_BY =
  "must not be a variable that 'connectionFile' sets; set 'connectionFile' to false to set it yourself";

describe("A connection file is refused for", () => {
  const refused: readonly [string, Requested, readonly string[]][] = [
    [
      "a shape without its keys",
      { connectionFile: true, shape: { host: "string" } },
      [
        "connectionFile needs keys that the secret's JSON does not have: username, password, " +
          "port, dbname; it has host",
      ],
    ],
    [
      "values that are no text",
      { connectionFile: true, shape: { ...SHAPE, password: "number", port: "boolean" } },
      [
        "connectionFile needs another value: 'password' of the secret must be a string",
        "connectionFile needs another value: 'port' of the secret must be a number or a string",
      ],
    ],
    [
      "variables of libpq that it overrides",
      {
        shape: SHAPE,
        env: { PGHOST: "host", PGUSER: "dbname" },
        moreSecrets: [{ secretName: "mail", env: { PGPASSWORD: "password" } }],
        environment: { PGDATABASE: "other", PGPORT: "6432" },
      },
      [
        `environment.PGDATABASE ${NO_EFFECT("dbname")}`,
        `environment.PGPORT ${NO_EFFECT("port")}`,
        `env.PGUSER ${NO_EFFECT("username")}`,
        `moreSecrets[0].env.PGPASSWORD ${NO_EFFECT("password")}`,
      ],
    ],
    [
      "variables that it overrides for another secret",
      {
        env: { PGHOST: "host" },
        moreSecrets: [{ secretName: "db", shape: SHAPE, env: { PGHOST: "host" } }],
        databaseUrl: "PGUSER",
      },
      [
        `env.PGHOST ${NO_EFFECT("host", "moreSecrets[0].connectionFile")}`,
        `databaseUrl ${NO_EFFECT("username", "moreSecrets[0].connectionFile")}`,
        `moreSecrets[0].env.PGHOST ${twice("PGHOST", "'env.PGHOST'")}`,
      ].sort(),
    ],
    [
      "its own variables",
      { shape: SHAPE, env: { PGSERVICE: "host" }, environment: { PGSERVICEFILE: "/f" } },
      [`environment.PGSERVICEFILE ${SET_BY}`, `env.PGSERVICE ${SET_BY}`],
    ],
    [
      "files of its names, of which the other has to change",
      {
        shape: SHAPE,
        files: { "pg_service.conf": "host", "pg_service-2.conf": "host" },
        moreSecrets: [{ secretName: "db", connectionFile: true }],
      },
      [
        `files["pg_service.conf"] ${twice("pg_service.conf", "'connectionFile'")}`,
        `files["pg_service-2.conf"] ${twice("pg_service-2.conf", "'moreSecrets[0].connectionFile'")}`,
      ],
    ],
    [
      "two URLs of one name",
      { databaseUrl: "URL", moreSecrets: [{ secretName: "db", databaseUrl: "URL" }] },
      [`moreSecrets[0].databaseUrl ${twice("URL", "'databaseUrl'")}`],
    ],
  ];
  for (const [what, requested, problems] of refused) {
    it(what, () => {
      const found = problemsOf({ env: undefined, ...requested });
      assert.deepEqual([...found].sort(), [...problems].sort());
    });
  }

  const allowed: readonly [string, Requested][] = [
    [
      "the same keys of the same secret",
      { shape: SHAPE, env: { PGHOST: "host", PGUSER: "username" } },
    ],
    [
      "any variables, where it is left out",
      {
        shape: SHAPE,
        connectionFile: false,
        env: { PGUSER: "dbname" },
        environment: { PGHOST: "proxy", PGSERVICE: "a", PGSERVICEFILE: "/f" },
      },
    ],
    ["no shape", { connectionFile: true }],
    [
      "several databases",
      {
        shape: SHAPE,
        databaseUrl: "URL",
        moreSecrets: [{ secretName: "db", shape: SHAPE, databaseUrl: "OTHER_URL" }],
      },
    ],
  ];
  for (const [what, requested] of allowed) {
    it(`nothing with ${what}`, () =>
      assert.deepEqual(problemsOf({ env: undefined, ...requested }), []));
  }
});

describe("What is to be delivered, from a caller without types, is refused for", () => {
  const output = pulumi.output("host");
  const untyped: readonly [string, Parameters<typeof problemsOf>[0], readonly string[]][] = [
    [
      "no name",
      { secretName: undefined },
      [
        "secretName is missing: name a secret of Secrets Manager, or with 'parameter' one of Parameter Store",
      ],
    ],
    ["a number", { secretName: 5 }, ["secretName must be a string; got 5"]],
    ["a list of variables", { env: ["host"] }, ["env must be an object; got a list"]],
    ["an Output", { env: output }, [`env must be a plain object, not an Output: ${PLAIN}`]],
    [
      "an Output as key",
      { env: { HOST: output } },
      [`env.HOST must be a plain string, not an Output: ${PLAIN}`],
    ],
    ["null as key", { files: { a: null } }, ["files.a must be a string; got null"]],
    [
      "a type that is none",
      { shape: { host: "integer" } },
      ['shape.host must be "string", "number" or "boolean"; got "integer"'],
    ],
    [
      "secrets that are none",
      { moreSecrets: ["mail", null] },
      [
        'moreSecrets[0] must be an object; got "mail"',
        "moreSecrets[1] must be an object; got null",
      ],
    ],
    ["a map of secrets", { moreSecrets: {} }, ["moreSecrets must be a list; got an object"]],
    ["a switch for the URL", { databaseUrl: true }, ["databaseUrl must be a string; got true"]],
    [
      "a number in plain text",
      { environment: { A: 1 } },
      ["environment.A must be a string; got 1"],
    ],
  ];
  for (const [what, requested, problems] of untyped) {
    it(what, () => assert.deepEqual(problemsOf(requested), problems));
  }
});

describe("What is to be delivered may be", () => {
  const allowed: readonly [string, Requested][] = [
    ["nothing", { env: undefined }],
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
    ["a secret by its ARN", { secretName: ARN, secretArn: ARN }],
    ["a secret of a region that is not known yet", { secretName: OTHER_REGION }],
    [
      "one secret twice, with shapes that agree",
      {
        secretName: "orders",
        env: { A: "size", P: "port" },
        shape: { size: "number", port: "number" },
        moreSecrets: [{ secretName: "orders", env: { B: "size" }, shape: { size: "number" } }],
      },
    ],
    [
      "two secrets with shapes that do not agree",
      {
        env: { A: "size" },
        moreSecrets: [{ secretName: "mail", shape: { size: "number" } }],
      },
    ],
    [
      "two secrets whose names are not known yet",
      {
        secretName: pulumi.output("a"),
        env: { A: "size" },
        moreSecrets: [{ secretName: pulumi.output("b"), shape: { size: "number" } }],
      },
    ],
    ["a key that is not given", { secretName: "a", kmsKeyArn: undefined, secretArn: undefined }],
  ];
  for (const [what, requested] of allowed) {
    it(what, () => assert.deepEqual(problemsOf({ ...requested }), []));
  }

  it("any two names that differ", () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        fc.pre(![a, b, c].some((one) => String(one).startsWith("PGSSL")));
        assert.deepEqual(
          problemsOf({
            env: { [String(a)]: "x" },
            moreSecrets: [{ secretName: "s", env: { [String(b)]: "x" } }],
            environment: { [String(c)]: "plain" },
          }),
          [],
        );
      }),
    );
  });
});
