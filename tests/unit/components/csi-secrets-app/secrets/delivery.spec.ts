import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type CsiSecretsAppArgs,
  csiSecretsAppProblems,
  type SecretSource,
  type SecretValueType,
} from "../../../../../components/csi-secrets-app";
import {
  deliveryEntries,
  secretSources,
} from "../../../../../components/csi-secrets-app/secrets/entries";
import { keyCharactersProblem } from "../../../../../components/csi-secrets-app/secrets/key-path";
import { providerClassSpec } from "../../../../../components/csi-secrets-app/secrets/provider-class";
import { objectTypeOf } from "../../../../../components/csi-secrets-app/secrets/references";
import { type Delivery, predictDelivery } from "../../../../../preflight/delivery";

/**
 * What the component promises of the class that it writes, held against the model of the driver and
 * of the AWS provider, which in turn is held against recordings of the real ones.
 */

type Value = string | number | boolean;
type Secrets = ReadonlyMap<string, Readonly<Record<string, Value>>>;
/** The arguments that say what is delivered; each secret's name is plain here. */
type Requested = Pick<
  CsiSecretsAppArgs,
  "env" | "files" | "shape" | "databaseUrl" | "connectionFile"
> & {
  readonly secretName: string;
  readonly moreSecrets?: readonly (SecretSource & { readonly secretName: string })[];
};

const REGION = "eu-central-1";
const CA_BUNDLE = "/etc/rds-ca/ca-bundle.pem";

const args = (requested: Requested): CsiSecretsAppArgs => ({
  namespace: "shop",
  identity: { podIdentity: { clusterName: "prod" } },
  image: "api:1",
  region: REGION,
  ...requested,
});

/** What the pod gets of the component's class, with these secrets in Secrets Manager. */
function delivery(requested: Requested, secrets: Secrets): Delivery {
  const sources = secretSources(requested);
  const { parameters, secretObjects = [] } = providerClassSpec({
    objects: sources.map((source) => ({
      name: (source.secretName ?? source.parameter) as string,
      type: objectTypeOf(source),
    })),
    entries: deliveryEntries("api", sources, CA_BUNDLE),
    region: REGION,
    usePodIdentity: true,
    syncedSecretName: "api-env",
    labels: {},
  });
  return predictDelivery({
    parameters,
    secretObjects,
    primary: {
      secrets: Object.fromEntries(
        [...secrets].map(([name, json]) => [
          name,
          { versions: [{ id: "1", stages: ["AWSCURRENT"], value: JSON.stringify(json) }] },
        ]),
      ),
    },
  });
}

interface Found {
  readonly files: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
  readonly errors: readonly string[];
}

const text = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);

function found(result: Delivery): Found {
  if (!result.ok) return { files: new Map(), variables: new Map(), errors: [result.error] };
  return {
    files: new Map(result.files.map(({ path, content }) => [path, text(content)])),
    variables: new Map(
      result.secrets.flatMap(({ data }) =>
        Object.entries(data).map(([variable, { content }]) => [variable, text(content)] as const),
      ),
    ),
    errors: [...result.syncErrors],
  };
}

/** The promise: each file and variable holds the value of its key, each secret is a whole file. */
function promised(requested: Requested, secrets: Secrets): Found {
  const sources = [requested, ...(requested.moreSecrets ?? [])];
  const jsonOf = (secretName: string) => secrets.get(secretName) ?? {};
  const variables = new Map(
    sources.flatMap(({ secretName, env = {} }) =>
      Object.entries(env).map(([name, key]) => [name, String(jsonOf(secretName)[key])] as const),
    ),
  );
  for (const { databaseUrl, secretName } of sources) {
    if (databaseUrl === undefined) continue;
    const { username, password, host, port, dbname } = jsonOf(secretName);
    variables.set(
      databaseUrl,
      `postgresql://${username}:${password}@${host}:${port}/${dbname}` +
        `?sslmode=verify-full&sslrootcert=${CA_BUNDLE}`,
    );
  }
  const files = new Map([
    ...sources.map(
      ({ secretName }, index) =>
        [
          index === 0 ? "secret.json" : `secret-${index + 1}.json`,
          JSON.stringify(jsonOf(secretName)),
        ] as const,
    ),
    ...sources.flatMap(({ secretName, files: wanted = {} }) =>
      Object.entries(wanted).map(([name, key]) => [name, String(jsonOf(secretName)[key])] as const),
    ),
    ...sources.flatMap(({ secretName, connectionFile }, index) => {
      if (connectionFile !== true) return [];
      const { username, password, host, port, dbname } = jsonOf(secretName);
      const [file, service] =
        index === 0
          ? ["pg_service.conf", "api"]
          : [`pg_service-${index + 1}.conf`, `api-${index + 1}`];
      const lines = [
        ...[`[${service}]`, `host=${host}`, `port=${port}`, `dbname=${dbname}`],
        ...[`user=${username}`, `password=${password}`],
        ...["sslmode=verify-full", `sslrootcert=${CA_BUNDLE}`, ""],
      ];
      return [[file, lines.join("\n")] as const];
    }),
    ...variables,
  ]);
  return { files: sorted(files), variables: sorted(variables), errors: [] };
}

/** What is in a region, as text. */
const holding = (secrets: Readonly<Record<string, string>>, parameters = {}) => ({
  secrets: Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [
      name,
      { versions: [{ id: "1", stages: ["AWSCURRENT"], value }] },
    ]),
  ),
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, { versions: [value as string] }]),
  ),
});

const sorted = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

function assertKept(requested: Requested, secrets: Secrets): void {
  const { files, variables, errors } = found(delivery(requested, secrets));
  assert.deepEqual(
    { files: sorted(files), variables: sorted(variables), errors },
    promised(requested, secrets),
  );
}

const TYPES = ["string", "number", "boolean"] as const;

const valueOf = {
  string: fc.string({ unit: "binary" }),
  // More than 15 digits are rounded by the provider, which the docs of `shape` say.
  number: fc.oneof(fc.integer(), fc.constantFrom(0, 0.5, -1.25, 123456789012345)),
  boolean: fc.boolean(),
} as const satisfies Record<SecretValueType, fc.Arbitrary<Value>>;

const key = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("port", "host", "password", "__proto__", "constructor", "'", '"', "\\", "`"),
    fc.constantFrom("- a: b", "{", "#", "\n", "---", "...", "null", "0", "a.b", "&x", "*x", "%"),
  )
  .filter((one) => keyCharactersProblem(one) === undefined);

/** A key of a secret, its value, and what asks for it. */
const item = fc
  .record({ key, type: fc.constantFrom(...TYPES), to: fc.constantFrom("env", "files", "both") })
  .chain((one) => valueOf[one.type].map((value) => ({ ...one, value })));

const name = fc.constantFrom("orders", "shop/mail_+=.@-x", "a".repeat(512));
const arn = fc.constantFrom("shared", "team/token").map((one) => {
  return `arn:aws:secretsmanager:${REGION}:210987654321:secret:${one}-AbCdEf`;
});

const source = fc.record({
  secretName: fc.oneof(name, arn),
  items: fc.array(item, { maxLength: 4 }),
  hasShape: fc.boolean(),
});

const URL_KEYS = ["username", "password", "host", "dbname"] as const;

interface Case {
  readonly requested: Requested;
  readonly secrets: Secrets;
}

/** Any arguments, and secrets that hold what their shapes tell. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 4 }),
    odd: fc.subarray(["__proto__", "constructor", "toString", "_", "V".repeat(245)]),
    oddFiles: fc.subarray([".hidden", "a..b", "-", "secret-9.json", "f".repeat(245), "0"]),
    url: fc.option(fc.constantFrom("DATABASE_URL", "hasOwnProperty"), { nil: undefined }),
    /** How many of the secrets are databases', each with a URL or a connection file, or both. */
    databases: fc.nat(3),
    connectionFile: fc.boolean(),
    urlPort: fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constant("5432")),
  })
  .map(({ sources, odd, oddFiles, url, urlPort, databases, connectionFile }) => {
    const variables = [...odd];
    const files = [...oddFiles];
    let count = 0;
    const secrets = new Map<string, Record<string, Value>>();
    const built = sources.map(({ secretName, items, hasShape }, index) => {
      const urlItems =
        index >= databases
          ? []
          : [
              ...URL_KEYS.map((one) => [one, `value of ${one}`] as const),
              ["port", urlPort] as const,
            ];
      const known = items
        .filter((one) => hasShape || one.type === (one.key === "port" ? "number" : "string"))
        .map((one) => [one.key, one.value] as const);
      const json = secrets.get(secretName) ?? {};
      for (const [one, value] of [...urlItems, ...known]) {
        // An earlier source of the same secret has its say; `defineProperty`, for `__proto__`.
        if (Object.hasOwn(json, one)) continue;
        Object.defineProperty(json, one, { value, enumerable: true });
      }
      secrets.set(secretName, json);
      const wanted = items.filter((one) => known.some(([its]) => its === one.key));
      const pick = (to: string, names: string[], prefix: string) =>
        Object.fromEntries(
          wanted
            .filter((one) => one.to === to || one.to === "both")
            .map((one) => [names.pop() ?? `${prefix}${count++}`, one.key]),
        );
      const types = [...urlItems, ...known].map(([its]): [string, SecretValueType] => [
        its,
        typeof json[its] as SecretValueType,
      ]);
      return {
        secretName,
        env: pick("env", variables, "VARIABLE_"),
        files: pick("files", files, "file-"),
        ...(hasShape && { shape: Object.fromEntries(types) }),
        ...(index < databases && url !== undefined && { databaseUrl: `${url}${index || ""}` }),
        connectionFile: index < databases && connectionFile,
      };
    });
    const [first, ...moreSecrets] = built as [Requested & object, ...(Requested & object)[]];
    return {
      requested: { ...first, moreSecrets },
      secrets,
    };
  });

describe("The class that an app writes", () => {
  it("delivers exactly what any arguments without problems ask for", () => {
    let kept = 0;
    fc.assert(
      fc.property(cases, ({ requested, secrets }) => {
        fc.pre(csiSecretsAppProblems("api", args(requested)).length === 0);
        kept++;
        assertKept(requested, secrets);
      }),
      { numRuns: 500 },
    );
    assert.ok(kept >= 500);
  });

  it("delivers a secret as a whole where nothing of it is asked for", () => {
    assertKept({ secretName: "orders" }, new Map([["orders", { host: "db" }]]));
  });

  it("delivers one secret that is given twice, and the number of a port without a shape", () => {
    const requested: Requested = {
      secretName: "orders",
      env: { DB_PORT: "port" },
      moreSecrets: [{ secretName: "orders", env: { PORT: "port", HOST: "host" } }],
    };
    assert.deepEqual(csiSecretsAppProblems("api", args(requested)), []);
    assertKept(requested, new Map([["orders", { port: 5432, host: "db" }]]));
    assertKept(requested, new Map([["orders", { port: "5432", host: "db" }]]));
  });
});

/** What the class of these arguments would meet, were they not refused. */
const refused: readonly [
  what: string,
  requested: Requested,
  secrets: Secrets,
  path: string,
  error: RegExp,
][] = [
  [
    "a secret of another region",
    {
      secretName: "orders",
      moreSecrets: [
        { secretName: "arn:aws:secretsmanager:us-west-2:123456789012:secret:mail-AbCdEf" },
      ],
    },
    new Map([["orders", {}]]),
    "moreSecrets[0].secretName",
    /^ARN region must match region eu-central-1: /,
  ],
  [
    "shapes that contradict each other",
    {
      secretName: "orders",
      env: { SIZE: "size" },
      moreSecrets: [{ secretName: "orders", shape: { size: "number" } }],
    },
    new Map([["orders", { size: 1 }]]),
    "moreSecrets[0].shape.size",
    /^Failed to fetch secret/,
  ],
  [
    "a key that the shape does not have",
    { secretName: "orders", env: { HOST: "hots" }, shape: { host: "string" } },
    new Map([["orders", { host: "db" }]]),
    "env.HOST",
    /^Failed to fetch secret/,
  ],
  [
    "a key that YAML cannot hold",
    { secretName: "orders", env: { HOST: "a\u007f" } },
    new Map([["orders", { "a\u007f": "db" }]]),
    "env.HOST",
    /control characters are not allowed/,
  ],
  [
    "two files of one name",
    {
      secretName: "orders",
      env: { HOST: "host" },
      moreSecrets: [{ secretName: "mail", files: { HOST: "host" } }],
    },
    new Map([
      ["orders", { host: "db" }],
      ["mail", { host: "mx" }],
    ]),
    "moreSecrets[0].files.HOST",
    /found duplicate object alias HOST/,
  ],
  [
    "a file called like a whole secret",
    { secretName: "orders", files: { "secret.json": "host" } },
    new Map([["orders", { host: "db" }]]),
    'files["secret.json"]',
    /found duplicate object alias secret\.json/,
  ],
];

describe("The class of an app would fail, so its arguments are refused, with", () => {
  for (const [what, requested, secrets, path, error] of refused) {
    it(what, () => {
      const problems = csiSecretsAppProblems("api", args(requested));
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(found(delivery(requested, secrets)).errors.join("\n"), error);
    });
  }
});

describe("What else the component promises of its class, by the model of driver and provider", () => {
  const ARN = `arn:aws:secretsmanager:${REGION}:123456789012:secret:orders-AbCdEf`;
  const COPY = ARN.replace(REGION, "eu-west-1");
  const SOURCES: readonly SecretSource[] = [
    { secretName: ARN, env: { USER: "user" }, whole: { file: "orders.json" } },
    { parameter: "/key", whole: { env: "API_KEY" } },
    { parameter: "/mail", files: { "smtp-user": "user" } },
  ];
  const [first = {}, ...moreSecrets] = SOURCES;

  const delivered = (failoverRegion?: string, primary = true): Delivery => {
    const asked = {
      ...args({ secretName: ARN }),
      ...first,
      moreSecrets,
      ...(failoverRegion !== undefined && { failoverRegion }),
    };
    assert.deepEqual(csiSecretsAppProblems("api", asked), []);
    const sources = secretSources(asked);
    const { parameters, secretObjects = [] } = providerClassSpec({
      objects: sources.map((source) => ({
        name: (source.secretName ?? source.parameter) as string,
        type: objectTypeOf(source),
      })),
      entries: deliveryEntries("api", sources, CA_BUNDLE),
      region: REGION,
      failoverRegion,
      usePodIdentity: true,
      syncedSecretName: "api-env",
      labels: {},
    });
    const values = { "/key": "k-1", "/mail": JSON.stringify({ user: "mailer" }) };
    const here = holding({ [ARN]: JSON.stringify({ user: "here" }) }, values);
    const faults = (["GetSecretValue", "GetParameters"] as const).map((action) => ({
      ...{ action, region: REGION, status: 500, message: "down" },
    }));
    return predictDelivery({
      parameters,
      secretObjects,
      primary: here,
      ...(failoverRegion !== undefined && {
        failover: holding({ [COPY]: JSON.stringify({ user: "there" }) }, values),
      }),
      ...(!primary && { faults }),
    });
  };
  const expected = (user: string): Found => ({
    files: sorted(
      new Map([
        ["API_KEY", "k-1"],
        ["USER", user],
        ["orders.json", JSON.stringify({ user })],
        ["secret-3.json", JSON.stringify({ user: "mailer" })],
        ["smtp-user", "mailer"],
      ]),
    ),
    variables: sorted(
      new Map([
        ["API_KEY", "k-1"],
        ["USER", user],
      ]),
    ),
    errors: [],
  });
  const inOrder = ({ files, variables, errors }: Found): Found => ({
    ...{ files: sorted(files), variables: sorted(variables), errors },
  });

  it("is a secret or a parameter as a whole, under its own name", () =>
    assert.deepEqual(inOrder(found(delivered())), expected("here")));

  it("is the value of the first region where there are two, and of the second where it is down", () => {
    assert.deepEqual(inOrder(found(delivered("eu-west-1"))), expected("here"));
    assert.deepEqual(inOrder(found(delivered("eu-west-1", false))), expected("there"));
    assert.equal(delivered(undefined, false).ok, false);
  });
});
