import * as assert from "node:assert/strict";
import { References } from "../../../../preflight/doctor/facts/references";
import { rotationFunctionsOf } from "../../../../preflight/doctor/facts/rotation-functions";
import { Secrets } from "../../../../preflight/doctor/facts/secrets";
import { statementsOf } from "../../../../preflight/doctor/iam";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { urnOf } from "./draft";
import { type DeclaredWith, registeredWith, from } from "./registered";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const SECRET_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const PARAMETER = "aws:ssm/parameter:Parameter";
const PROVIDER = "pulumi:providers:aws";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const FUNCTION = "aws:lambda/function:Function";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const ARN = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:prod/login-AbCdEf";
const KEY = "arn:aws-cn:kms:cn-north-1:123456789012:key/k";

async function secretsOf(...resources: readonly DeclaredWith[]): Promise<Secrets> {
  const registrations = await registeredWith(...resources);
  const place = { region: "cn-north-1", partition: "aws-cn", accountId: "123456789012" };
  const references = new References(registrations);
  return new Secrets(registrations, rotationFunctionsOf(registrations), references, place);
}

const ofLogin = (more: object = {}) => ({ secretId: ARN, ...more });

/** The one secret, with those resources beside it. */
const login = async (...others: readonly DeclaredWith[]) => {
  const { all } = await secretsOf([SECRET, "login", { arn: ARN, name: "prod/login" }], ...others);
  const [secret] = all;
  assert.ok(secret);
  return secret;
};

const EMPTY = {
  urn: urnOf(SECRET, "login"),
  name: "prod/login",
  arn: ARN,
  region: "cn-north-1",
  replicas: [],
  kmsKeyArn: undefined,
  isKeyLate: false,
  tags: {},
  isProtected: false,
  isManaged: false,
  content: undefined,
  isStartValue: false,
  isWritten: false,
  versions: [],
  labels: ["AWSCURRENT"],
  madeFrom: [],
  addresses: [],
  punctuation: "",
  masterPasswordOf: [],
  policy: [],
};

describe("the secrets of a program", () => {
  it("have nothing that nobody says", async () => {
    assert.deepEqual(await login(), EMPTY);
  });

  it("are whole with their version, where it goes and what it is made from", async () => {
    const policy = { Statement: { Effect: "Deny", Action: "a:B", Resource: "*", Principal: "*" } };
    const { all } = await secretsOf(
      [
        SECRET,
        "login",
        {
          ...{ arn: ARN, name: "prod/login", kmsKeyId: KEY, region: "eu-west-1" },
          replicas: [{ region: "eu-west-2" }, { region: UNKNOWN }, {}],
          tags: { team: "shop", late: UNKNOWN },
          policy: JSON.stringify(policy),
        },
        { protect: true },
      ],
      [INSTANCE, "db", { password: wrapSecret("s3cret") }],
      [CLUSTER, "aurora", { masterPassword: "s3cret" }],
      [INSTANCE, "other", { password: "another" }],
      [PASSWORD, "password", { overrideSpecial: "!", result: "s3cret" }],
      [
        VERSION,
        "version",
        ofLogin({
          secretString: wrapSecret('{"host": "db", "port": 5432, "password": "s3cret"}'),
          versionStages: wrapSecret(["AWSCURRENT", "BLUE", UNKNOWN]),
        }),
        from("secretString", urnOf(PASSWORD, "password"), urnOf(INSTANCE, "db")),
      ],
      [SECRET_POLICY, "access", { secretArn: ARN, policy }],
    );
    assert.deepEqual(all, [
      {
        ...EMPTY,
        region: "eu-west-1",
        replicas: ["eu-west-2", undefined, undefined].map((region) => ({
          ...{ region, kmsKeyArn: undefined, isKeyLate: false },
        })),
        kmsKeyArn: KEY,
        tags: { team: "shop", late: "" },
        isProtected: true,
        content: {
          shape: { host: "string", port: "number", password: "string" },
          ssl: "either",
        },
        isWritten: true,
        versions: [urnOf(VERSION, "version")],
        labels: ["AWSCURRENT", "AWSCURRENT", "BLUE"],
        madeFrom: [urnOf(INSTANCE, "db")],
        addresses: [{ host: "db", port: 5432 }],
        punctuation: "!",
        masterPasswordOf: [urnOf(INSTANCE, "db"), urnOf(CLUSTER, "aurora")],
        policy: [
          ...statementsOf("policy of login", policy),
          ...statementsOf("policy access", policy),
        ],
      },
    ]);
  });

  it("have an ARN with a hole where it is not known, and are not found by it", async () => {
    const start = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:";
    const secrets = await secretsOf(
      [SECRET, "named", { name: "prod/login", kmsKeyId: UNKNOWN }],
      [SECRET, "late", { arn: UNKNOWN, name: UNKNOWN }],
      [SECRET, "known", { arn: ARN }],
    );
    const [named, late, known] = secrets.all;
    assert.deepEqual(
      secrets.all.map(({ name, arn, isKeyLate }) => ({ name, arn, isKeyLate })),
      [
        { name: "prod/login", arn: `${start}prod/login-${HOLE}`, isKeyLate: true },
        { name: "late", arn: `${start}${HOLE}-${HOLE}`, isKeyLate: false },
        { name: "known", arn: ARN, isKeyLate: false },
      ],
    );
    assert.equal(secrets.find("prod/login"), named);
    assert.equal(secrets.find("late"), late);
    assert.equal(secrets.find(ARN), known);
    assert.equal(secrets.find("known"), known);
    for (const { arn } of secrets.all.slice(0, 2)) assert.equal(secrets.find(arn), undefined);
    assert.equal(secrets.find("named"), undefined);
  });

  it("are in the region of their provider where they name none", async () => {
    const provider = `${urnOf(PROVIDER, "far")}::id`;
    const { all } = await secretsOf(
      [PROVIDER, "far", { region: "eu-west-3" }],
      [SECRET, "far", { name: "far" }, { provider }],
      [SECRET, "own", { name: "own", region: "eu-west-2" }, { provider }],
      [SECRET, "here", { name: "here", region: UNKNOWN }],
    );
    const start = "arn:aws-cn:secretsmanager";
    assert.deepEqual(
      all.map(({ region, arn }) => [region, arn]),
      [
        ["eu-west-3", `${start}:eu-west-3:123456789012:secret:far-${HOLE}`],
        ["eu-west-2", `${start}:eu-west-2:123456789012:secret:own-${HOLE}`],
        ["cn-north-1", `${start}:cn-north-1:123456789012:secret:here-${HOLE}`],
      ],
    );
  });

  it("are declared, or made by RDS", async () => {
    const secretArn = "arn:aws:secretsmanager:eu-west-1:1:secret:rds!db-abcdef";
    const secrets = await secretsOf(
      [INSTANCE, "db", { masterUserSecrets: [{ secretArn }] }],
      [SECRET, "login"],
      [`${SECRET}s`, "alike"],
      [`x${SECRET}`, "alike"],
    );
    const [declared, managed] = secrets.all;
    assert.deepEqual([declared?.name, managed?.name, secrets.all.length], ["login", "rds!db", 2]);
    assert.equal(secrets.find("rds!db"), managed);
    assert.equal(secrets.find(secretArn), managed);
  });
});

describe("the value of a secret", () => {
  const version = (more: object, name = "version", options: Partial<Registration> = {}) =>
    [VERSION, name, ofLogin(more), options] as const;

  it("is that of the version which says whose it is, or comes from it", async () => {
    const secretString = "text";
    const urn = urnOf(SECRET, "login");
    for (const [secretId, more] of [
      [ARN, {}],
      ["prod/login", {}],
      [wrapSecret(ARN), {}],
      [UNKNOWN, from("secretId", urn)],
    ] as const) {
      const secret = await login([VERSION, "version", { secretId, secretString }, more]);
      assert.deepEqual(secret, {
        ...{ ...EMPTY, content: "text", isWritten: true },
        versions: [urnOf(VERSION, "version")],
      });
    }
    const others: DeclaredWith[] = [
      [VERSION, "other", { secretId: "prod/login2", secretString }],
      [VERSION, "late", { secretId: UNKNOWN, secretString }],
      [VERSION, "known", { secretId: "elsewhere", secretString }, from("secretId", urn)],
      [`${VERSION}s`, "alike", ofLogin({ secretString })],
      [SECRET_POLICY, "late", { secretArn: UNKNOWN, policy: "{}" }],
      [`${SECRET_POLICY}s`, "alike", { secretArn: ARN, policy: "{}" }],
    ];
    assert.deepEqual(await login(...others), EMPTY);
    // What belongs to nobody known does not belong to a secret of which little is known.
    const { all } = await secretsOf([SECRET, "late", { arn: UNKNOWN, name: UNKNOWN }], ...others);
    assert.deepEqual(
      all.map(({ versions, policy, isWritten }) => ({ versions, policy, isWritten })),
      [{ versions: [], policy: [], isWritten: false }],
    );
  });

  it("is in any of the properties for it, known or not", async () => {
    const content = async (more: object) => {
      const secret = await login(version(more));
      return [secret.content, secret.isWritten];
    };
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const json = { shape: { ä: "number" }, ssl: "either" };
    assert.deepEqual(await content({ secretString: '{"ä": 1}' }), [json, true]);
    assert.deepEqual(await content({ secretStringWo: wrapSecret('{"ä": 1}') }), [json, true]);
    assert.deepEqual(await content({ secretBinary: base64('{"ä": 1}') }), [json, true]);
    assert.deepEqual(await content({ secretString: UNKNOWN }), [undefined, true]);
    assert.deepEqual(await content({ secretBinary: UNKNOWN }), [undefined, true]);
    assert.deepEqual(await content({ secretBinary: `x${HOLE}` }), ["text", true]);
    assert.deepEqual(await content({ secretString: "", secretStringWo: "{}" }), ["text", true]);
    assert.deepEqual(await content({}), [undefined, false]);
    assert.deepEqual(await content({ secretString: 1 }), [undefined, false]);
  });

  it("is that of the version which is read where no label is asked for", async () => {
    const written = async (...versions: readonly DeclaredWith[]) => {
      const { content, labels, versions: current } = await login(...versions);
      return { content, labels, current: current.length };
    };
    const stages = (name: string, versionStages: unknown) =>
      version({ secretString: "text", versionStages }, name);
    const labels = ["AWSCURRENT"];
    assert.deepEqual(await written(stages("a", [])), { content: "text", labels, current: 1 });
    assert.deepEqual(await written(stages("a", UNKNOWN)), { content: "text", labels, current: 1 });
    assert.deepEqual(await written(stages("a", ["AWSPREVIOUS", "x"])), {
      ...{ content: undefined, current: 0 },
      labels: [...labels, "AWSPREVIOUS", "x"],
    });
    assert.deepEqual(await written(stages("a", ["x"]), stages("b", ["y", "AWSCURRENT"])), {
      ...{ content: "text", current: 1 },
      labels: [...labels, "x", "y", "AWSCURRENT"],
    });
  });

  it("is not known where several versions write one", async () => {
    const text = '{"host": "db"}';
    const two = await login(version({ secretString: text }), version({ secretString: text }, "b"));
    const versions = ["version", "b"].map((name) => urnOf(VERSION, name));
    assert.deepEqual(two, { ...EMPTY, isWritten: true, versions });
    const one = await login(version({ secretString: text }), version({}, "b"));
    assert.deepEqual(one, {
      ...{ ...EMPTY, isWritten: true, versions, addresses: [{ host: "db" }] },
      content: { shape: { host: "string" }, ssl: "either" },
    });
  });

  it("is only a first one where changes of it are ignored", async () => {
    const isStart = async (...ignoreChanges: readonly string[]) =>
      (await login(version({ secretString: "x" }, "version", { ignoreChanges }))).isStartValue;
    for (const property of ["secretString", "secretStringWo", "secretBinary", "*"]) {
      assert.equal(await isStart("versionStages", property), true, property);
    }
    assert.equal(await isStart("versionStages"), false);
    assert.equal(await isStart(), false);
    const old = version({ versionStages: ["x"] }, "old", { ignoreChanges: ["*"] });
    assert.equal((await login(old)).isStartValue, false);
    assert.equal((await login(version({}), version({}, "b", old[3]))).isStartValue, true);
  });

  it("is written by the function of a DatabaseUser where no version is", async () => {
    const rotation = (secretArn: string): DeclaredWith => [
      FUNCTION,
      "rotation",
      { environment: { variables: { ROTATION_SETTINGS: JSON.stringify({ secretArn }) } } },
      from("environment", urnOf(INSTANCE, "db"), urnOf(CLUSTER, "aurora"), urnOf(SECRET, "login")),
    ];
    const databases: DeclaredWith[] = [
      [CLUSTER, "aurora"],
      [INSTANCE, "db"],
    ];
    const madeFrom = [urnOf(INSTANCE, "db"), urnOf(CLUSTER, "aurora")];
    const secret = await login(rotation(ARN), ...databases);
    const { content } = secret;
    assert.equal(typeof content === "object" && content.ssl, "on");
    assert.deepEqual(secret, { ...EMPTY, content, isWritten: true, madeFrom });
    const written = await login(rotation(ARN), ...databases, version({ secretString: "text" }));
    assert.deepEqual([written.content, written.madeFrom], ["text", madeFrom]);
    assert.deepEqual(await login(rotation("arn:other"), ...databases), EMPTY);
    const { all } = await secretsOf([SECRET, "late", { arn: UNKNOWN }], rotation(""));
    assert.equal(all[0]?.isWritten, false);
  });

  it("is made from the databases behind any of its versions", async () => {
    const secret = await login(
      [CLUSTER, "aurora"],
      [INSTANCE, "db"],
      version({ versionStages: ["x"] }, "a", from("secretString", urnOf(CLUSTER, "aurora"))),
      version({}, "b", from("secretString", urnOf(INSTANCE, "db"))),
      version({}, "c", from("versionStages", urnOf(INSTANCE, "db"))),
    );
    assert.deepEqual(secret.madeFrom, [urnOf(INSTANCE, "db"), urnOf(CLUSTER, "aurora")]);
  });

  it("holds the master password of the databases that have it", async () => {
    const holders = async (secretString: string) => {
      const { masterPasswordOf } = await login(
        version({ secretString }),
        [INSTANCE, "plain", { password: "s3cret" }],
        [INSTANCE, "write-only", { passwordWo: wrapSecret("s3cret") }],
        [CLUSTER, "aurora", { masterPassword: "other" }],
        [CLUSTER, "write-only", { masterPasswordWo: "other" }],
        [INSTANCE, "empty", { password: "" }],
        [INSTANCE, "late", { password: UNKNOWN }],
        [INSTANCE, "without", { masterPassword: "s3cret" }],
        ["aws:rds/proxy:Proxy", "proxy", { password: "s3cret", masterPassword: "s3cret" }],
        // The second letter of a text is no value of it.
        [INSTANCE, "short", { password: "t" }],
      );
      return masterPasswordOf.map((urn) => urn.split("::").slice(-2).join(" "));
    };
    const instances = [`${INSTANCE} plain`, `${INSTANCE} write-only`];
    const clusters = [`${CLUSTER} aurora`, `${CLUSTER} write-only`];
    assert.deepEqual(await holders("s3cret"), instances);
    assert.deepEqual(await holders('{"password": "other", "dbname": ""}'), clusters);
    assert.deepEqual(await holders('{"a": "s3cret", "b": ["other"]}'), [...instances, ...clusters]);
    assert.deepEqual(await holders("my s3cret"), []);
    assert.deepEqual(await holders(UNKNOWN), []);
    assert.deepEqual((await login([INSTANCE, "db", { password: "x" }])).masterPasswordOf, []);
  });
});

describe("the resource policies of a secret", () => {
  it("are its own and those beside it, with what of them is known", async () => {
    const text = `{"Statement": {"Effect": "Allow", "Action": "a:B", "Resource": "${HOLE}"}}`;
    const { all } = await secretsOf(
      [SECRET, "login", { arn: ARN, policy: text }],
      [SECRET, "late", { policy: UNKNOWN }],
      [SECRET_POLICY, "by-arn", { secretArn: ARN, policy: text }],
      [
        SECRET_POLICY,
        "by-urn",
        { secretArn: UNKNOWN, policy: UNKNOWN },
        from("secretArn", urnOf(SECRET, "login")),
      ],
      [SECRET_POLICY, "other", { secretArn: "arn:other", secretId: ARN, policy: text }],
    );
    assert.deepEqual(
      all.map(({ policy }) => policy),
      [
        [
          ...statementsOf("policy of login", text),
          ...statementsOf("policy by-arn", text),
          ...statementsOf("policy by-urn", UNKNOWN),
        ],
        statementsOf("policy of late", UNKNOWN),
      ],
    );
  });
});

describe("the parameters of a program", () => {
  const start = "arn:aws-cn:ssm:cn-north-1:123456789012:parameter";
  const PLAIN = {
    ...{ region: "cn-north-1", isSecure: false, content: undefined, isWritten: false },
    ...{ isStartValue: false, kmsKeyArn: undefined, isKeyLate: false },
  };

  it("are whole with their value and their key", async () => {
    const secure = { type: "SecureString", keyId: KEY };
    const { parameters } = await secretsOf(
      [PARAMETER, "plain", { name: "level" }],
      [PARAMETER, "path", { name: "/app/level", type: "String", keyId: KEY, value: "x" }],
      [PARAMETER, "secure", { ...secure, name: "s", arn: `${start}/s`, valueWo: wrapSecret("{}") }],
      [PARAMETER, "late", { ...secure, name: UNKNOWN, keyId: UNKNOWN, value: UNKNOWN }],
      [PARAMETER, "far", { name: "f", region: "eu-west-1" }],
      [`${PARAMETER}s`, "alike", { name: "alike" }],
    );
    assert.deepEqual(parameters, [
      { ...PLAIN, urn: urnOf(PARAMETER, "plain"), name: "level", arn: `${start}/level` },
      {
        ...{ ...PLAIN, urn: urnOf(PARAMETER, "path"), name: "/app/level" },
        ...{ arn: `${start}/app/level`, content: "text", isWritten: true },
      },
      {
        ...{ ...PLAIN, urn: urnOf(PARAMETER, "secure"), name: "s", arn: `${start}/s` },
        ...{ isSecure: true, content: { shape: {}, ssl: "either" }, isWritten: true },
        kmsKeyArn: KEY,
      },
      {
        ...{ ...PLAIN, urn: urnOf(PARAMETER, "late"), name: "late", arn: `${start}/${HOLE}` },
        ...{ isSecure: true, isWritten: true, isKeyLate: true },
      },
      {
        ...{ ...PLAIN, urn: urnOf(PARAMETER, "far"), name: "f", region: "eu-west-1" },
        arn: "arn:aws-cn:ssm:eu-west-1:123456789012:parameter/f",
      },
    ]);
  });

  it("are found by name and by ARN where both are known", async () => {
    const secrets = await secretsOf(
      [PARAMETER, "level", { name: "/level" }],
      [PARAMETER, "late", { name: UNKNOWN }],
    );
    const [level, late] = secrets.parameters;
    assert.equal(secrets.parameter("/level"), level);
    assert.equal(secrets.parameter(`${start}/level`), level);
    assert.equal(secrets.parameter("level"), undefined);
    assert.equal(secrets.parameter("late"), undefined);
    assert.equal(secrets.parameter(late?.arn ?? ""), undefined);
  });

  it("have only a first value where changes of it are ignored", async () => {
    const isStart = async (ignoreChanges: readonly string[]) =>
      (await secretsOf([PARAMETER, "p", { name: "p" }, { ignoreChanges }])).parameters[0]
        ?.isStartValue;
    for (const property of ["value", "valueWo", "*"]) {
      assert.equal(await isStart(["tags", property]), true, property);
    }
    assert.equal(await isStart(["tags"]), false);
  });
});
