import * as assert from "node:assert/strict";
import { References } from "../../../../preflight/doctor/facts/references";
import {
  type RotationFunction,
  rotationFunctionsOf,
} from "../../../../preflight/doctor/facts/rotation-functions";
import { rotationStarts } from "../../../../preflight/doctor/facts/rotation-starts";
import {
  type Rotation,
  rotationsOf,
  takesRoleAtLogin,
} from "../../../../preflight/doctor/facts/rotations";
import { Secrets } from "../../../../preflight/doctor/facts/secrets";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { CONTEXT } from "./programs";
import { type Declared, declaredFrom, type Origins, registered } from "./registered";

const FUNCTION = "aws:lambda/function:Function";
const APPLICATION = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const SECRET = "aws:secretsmanager/secret:Secret";
const PERMISSION = "aws:lambda/permission:Permission";
const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders-a1b2c3";
const LAMBDA = "arn:aws:lambda:eu-central-1:123456789012:function:rotate";

type Known = Omit<RotationFunction, "urn" | "name">;

async function functionOf(type: string, properties: object): Promise<Known | undefined> {
  const [found, ...others] = rotationFunctionsOf(
    await registered([type, "rotate", properties]),
  ).values();
  assert.deepEqual(others, []);
  if (found === undefined) return undefined;
  const { urn, name, ...known } = found;
  assert.deepEqual([urn.split("::").at(-1), name], ["rotate", "rotate"]);
  return known;
}

const application = (parameters?: unknown, kind = "Single") =>
  functionOf(APPLICATION, {
    applicationId: `arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotation${kind}User`,
    ...(parameters !== undefined && { parameters }),
  });

const AWS: Known = { code: "AWS", users: "one", settings: undefined, breaksUrls: true };

describe("the functions that rotate secrets", () => {
  it("are those that AWS publishes for PostgreSQL, as an application", async () => {
    assert.deepEqual(await application(), AWS);
    assert.deepEqual(await application({}, "Multi"), { ...AWS, users: "two" });
    assert.equal(await application({}, "Other"), undefined);
    assert.equal(await functionOf(APPLICATION, {}), undefined);
    assert.equal(await functionOf(APPLICATION, { applicationId: UNKNOWN }), undefined);
  });

  it("make passwords that break URLs unless their parameters say otherwise", async () => {
    const breaks = async (parameters: unknown) => (await application(parameters))?.breaksUrls;
    for (const yes of ["true", "True", "yes", "Y", "1"]) {
      assert.equal(await breaks({ excludePunctuation: yes }), false, yes);
    }
    for (const no of ["false", "no", "", "truely", "10", "a1"]) {
      assert.equal(await breaks({ excludePunctuation: no }), true, no);
    }
    assert.equal(await breaks({ excludeCharacters: '"#%/<>?@[\\]^`{|}' }), false);
    assert.equal(await breaks({ excludeCharacters: '"#%/<>?@[\\]^`{|' }), true);
    assert.equal(await breaks({ excludeCharacters: "" }), true);
    assert.equal(await breaks({ excludeCharacters: UNKNOWN }), undefined);
    assert.equal(await breaks({ excludePunctuation: UNKNOWN }), undefined);
    assert.equal(await breaks({ excludePunctuation: "true", excludeCharacters: UNKNOWN }), false);
    assert.equal(await breaks(UNKNOWN), undefined);
  });

  it("are those of AWS, by the archive, the key, the image or the description of a function", async () => {
    const name = "SecretsManagerRDSPostgreSQLRotationMultiUser";
    for (const given of [
      { code: { "": { path: `./${name}.zip` } } },
      { s3Key: `${name}/1.zip` },
      { imageUri: `registry.example.com/${name}:1` },
      { description: name },
    ]) {
      assert.deepEqual(await functionOf(FUNCTION, given), { ...AWS, users: "two" });
    }
    assert.equal(await functionOf(FUNCTION, { handler: name }), undefined);
    assert.equal(await functionOf("aws:lambda/alias:Alias", { description: name }), undefined);
    const breaks = async (environment: unknown) =>
      (await functionOf(FUNCTION, { description: name, environment }))?.breaksUrls;
    assert.equal(await breaks({ variables: { EXCLUDE_PUNCTUATION: "true" } }), false);
    assert.equal(await breaks({ variables: { EXCLUDE_CHARACTERS: '"#%/<>?@[\\]^`{|}' } }), false);
    assert.equal(await breaks({ variables: { EXCLUDE_CHARACTERS: "/@" } }), true);
    assert.equal(await breaks({ variables: UNKNOWN }), undefined);
    assert.equal(await breaks(UNKNOWN), undefined);
  });

  it("are those of a DatabaseUser, by its settings", async () => {
    const user = (settings: unknown) =>
      functionOf(FUNCTION, { environment: { variables: { ROTATION_SETTINGS: settings } } });
    const known: Known = {
      code: "DatabaseUser",
      users: "two",
      breaksUrls: false,
      settings: {
        secretArn: ARN,
        users: ["app_a", "app_b"],
        ownerRole: "app",
        access: "read",
        readsFrom: "owner",
        minimumAgeSeconds: 3600,
      },
    };
    assert.deepEqual(await user(JSON.stringify(known.settings)), known);
    const nothing = {
      ...{ secretArn: undefined, users: [], ownerRole: undefined, access: undefined },
      ...{ readsFrom: undefined, minimumAgeSeconds: undefined },
    };
    assert.deepEqual(await user(JSON.stringify({ minimumAgeSeconds: "1", users: [1] })), {
      ...{ ...known, settings: nothing },
    });
    for (const unknown of [UNKNOWN, "{"]) {
      assert.deepEqual(await user(unknown), { ...known, settings: undefined });
    }
  });
});

async function read(resources: readonly Declared[], origins: Origins = {}) {
  const registrations = await declaredFrom(origins, ...resources);
  const references = new References(registrations);
  const functions = rotationFunctionsOf(registrations);
  const secrets = new Secrets(registrations, functions, references, { ...CONTEXT });
  return {
    ...{ registrations, references },
    rotations: rotationsOf(registrations, functions, secrets, references),
  };
}

type Brief = Omit<Rotation, "secret" | "by"> & {
  readonly secret: string | undefined;
  readonly by: string | undefined;
};

async function rotations(
  resources: readonly Declared[],
  origins: Origins = {},
): Promise<readonly Brief[]> {
  const found = await read(resources, origins);
  return found.rotations.map(({ urn, secret, by, ...rotation }) => ({
    ...rotation,
    urn: urn.split("::").at(-1) ?? "",
    secret: secret?.name,
    by: typeof by === "object" ? by.code : by,
  }));
}

const secret: Declared = [SECRET, "secret", { name: "prod/orders", arn: ARN }];
const schedule = (properties: object): Declared => [
  ROTATION,
  "schedule",
  { secretId: ARN, ...properties },
];
const SCHEDULED: Brief = {
  urn: "schedule",
  name: "schedule",
  secret: "prod/orders",
  secretId: ARN,
  rotatesImmediately: true,
  periodSeconds: undefined,
  windowSeconds: undefined,
  leastGapSeconds: undefined,
  schedule: undefined,
  by: undefined,
};

describe("the schedules of rotation", () => {
  it("say when a secret rotates", async () => {
    const by = async (rotationRules: unknown) => {
      const [found] = await rotations([secret, schedule({ rotationRules })]);
      assert.ok(found !== undefined);
      const { periodSeconds, windowSeconds, leastGapSeconds, schedule: when } = found;
      return [periodSeconds, windowSeconds, leastGapSeconds, when];
    };
    const [hour, day] = [3600, 86_400];
    assert.deepEqual(await by({ automaticallyAfterDays: 1 }), [day, undefined, day, "every day"]);
    assert.deepEqual(await by({ automaticallyAfterDays: 30, duration: "12h" }), [
      ...[30 * day, 12 * hour, 30 * day - 12 * hour, "every 30 days"],
    ]);
    for (const [expression, period] of [
      ["rate(4 hours)", 4 * hour],
      ["rate(1 hour)", hour],
      ["rate(10 days)", 10 * day],
      ["rate(1 day)", day],
      ["cron(0 8 * * ? *)", day],
    ] as const) {
      assert.deepEqual(await by({ scheduleExpression: expression }), [
        ...[period, undefined, period, expression],
      ]);
    }
    for (const expression of [
      "rate(4 weeks)",
      "a rate(4 hours)",
      "rate(4 hours) b",
      "rate(x days)",
    ]) {
      assert.deepEqual(await by({ scheduleExpression: expression }), [
        ...[undefined, undefined, undefined, expression],
      ]);
    }
    for (const duration of ["3", "h", "x3h", "3hx", UNKNOWN]) {
      assert.deepEqual(await by({ automaticallyAfterDays: 1, duration }), [
        ...[day, undefined, undefined, "every day"],
      ]);
    }
    assert.deepEqual(await by({ scheduleExpression: UNKNOWN }), Array(4).fill(undefined));
    assert.deepEqual(await by(undefined), Array(4).fill(undefined));
  });

  it("belong to a secret by its ARN, its name, or where that came from", async () => {
    const other: Declared = [SECRET, "other", { name: "prod/stock", arn: `${ARN}9` }];
    assert.deepEqual(await rotations([other, secret, schedule({})]), [SCHEDULED]);
    assert.deepEqual(await rotations([other, secret, schedule({ secretId: "prod/orders" })]), [
      { ...SCHEDULED, secretId: "prod/orders" },
    ]);
    const late = schedule({ secretId: UNKNOWN });
    assert.deepEqual(
      await rotations([other, secret, late], { schedule: { secretId: ["secret"] } }),
      [SCHEDULED],
    );
    const nowhere = { ...SCHEDULED, secret: undefined };
    assert.deepEqual(await rotations([secret, late]), [{ ...nowhere, secretId: undefined }]);
    assert.deepEqual(await rotations([secret, schedule({ secretId: "elsewhere" })]), [
      { ...nowhere, secretId: "elsewhere" },
    ]);
  });

  it("rotate at once unless they say otherwise", async () => {
    const atOnce = async (rotateImmediately: unknown) =>
      (await rotations([secret, schedule({ rotateImmediately })]))[0]?.rotatesImmediately;
    assert.deepEqual(
      [await atOnce(undefined), await atOnce(true), await atOnce(false), await atOnce(UNKNOWN)],
      [true, true, false, undefined],
    );
  });

  it("name their function by its ARN, that of its application, or where that came from", async () => {
    const aws: Declared = [
      FUNCTION,
      "function",
      { arn: LAMBDA, description: "SecretsManagerRDSPostgreSQLRotationSingleUser" },
    ];
    const by = async (rotationLambdaArn: unknown, of = aws, origins: Origins = {}) =>
      (
        await rotations(
          [[FUNCTION, "other", { arn: `${LAMBDA}9` }], of, secret, schedule({ rotationLambdaArn })],
          origins,
        )
      )[0]?.by;
    assert.equal(await by(LAMBDA), "AWS");
    assert.equal(await by(`${LAMBDA}9`), undefined);
    assert.equal(await by(UNKNOWN), undefined);
    assert.equal(await by(undefined), undefined);
    assert.equal(await by(UNKNOWN, aws, { schedule: { rotationLambdaArn: ["function"] } }), "AWS");
    const stack: Declared = [
      APPLICATION,
      "application",
      {
        applicationId: "SecretsManagerRDSPostgreSQLRotationSingleUser",
        outputs: { RotationLambdaARN: LAMBDA },
      },
    ];
    assert.equal(await by(LAMBDA, stack), "AWS");
    assert.equal(
      await by(UNKNOWN, stack, { schedule: { rotationLambdaArn: ["application"] } }),
      "AWS",
    );
  });

  it("are RDS's own for a secret that it keeps, unless another one is declared", async () => {
    const database: Declared = [
      "aws:rds/instance:Instance",
      "database",
      { manageMasterUserPassword: true, masterUserSecrets: [{ secretArn: ARN }] },
    ];
    assert.deepEqual(await rotations([database]), [
      {
        ...{ ...SCHEDULED, urn: "database", name: "prod/orders" },
        rotatesImmediately: false,
        periodSeconds: 604_800,
        leastGapSeconds: 604_800,
        schedule: "every 7 days",
        by: "RDS",
      },
    ]);
    const rules = { rotationRules: { automaticallyAfterDays: 1 } };
    const [scheduled, ...others] = await rotations([database, schedule(rules)]);
    assert.deepEqual(others, []);
    assert.deepEqual([scheduled?.by, scheduled?.periodSeconds], ["RDS", 86_400]);
  });
});

describe("what Secrets Manager needs before it takes a schedule", () => {
  const lambda: Declared = [FUNCTION, "function", { arn: LAMBDA, name: "rotate" }];
  const permission = (properties: object): Declared => [
    PERMISSION,
    "permission",
    { function: "rotate", principal: "secretsmanager.amazonaws.com", ...properties },
  ];

  async function starts(...resources: readonly Declared[]) {
    const { registrations, rotations: found, references } = await read(resources);
    return rotationStarts(registrations, found, references).map(
      ({ permissions, function: named }) => [named, permissions?.length],
    );
  }

  it("is a function, and a permission to call it", async () => {
    const asked = schedule({ rotationLambdaArn: LAMBDA });
    assert.deepEqual(await starts(secret, lambda, asked, permission({})), [["function", 1]]);
    assert.deepEqual(await starts(secret, lambda, asked), [["function", 0]]);
    assert.deepEqual(await starts(secret, schedule({}), permission({})), [[undefined, 0]]);
    // Of a function from elsewhere nothing is known.
    assert.deepEqual(await starts(secret, asked, permission({})), []);
    assert.deepEqual(await starts(lambda, asked), []);
    assert.deepEqual(await starts(secret, lambda), []);
  });

  it("is open where a permission may be for the function, and for whom is not known", async () => {
    const asked = schedule({ rotationLambdaArn: LAMBDA });
    const found = async (properties: object) =>
      (await starts(secret, lambda, asked, permission(properties)))[0]?.[1];
    assert.equal(await found({ principal: UNKNOWN }), undefined);
    assert.equal(await found({ function: UNKNOWN }), undefined);
    assert.equal(await found({ function: UNKNOWN, principal: "events.amazonaws.com" }), undefined);
    assert.equal(await found({ principal: "events.amazonaws.com" }), 0);
    assert.equal(await found({ function: "other" }), 0);
  });
});

describe("whether a user of PostgreSQL takes a role at login", () => {
  it("is said by its property", async () => {
    const type = "postgresql:index/role:Role";
    const takes = async (...declared: Declared) => takesRoleAtLogin(await registered(declared));
    assert.equal(await takes(type, "role", { assumeRole: "owner" }), true);
    assert.equal(await takes(type, "role", { assumeRole: "" }), false);
    assert.equal(await takes(type, "role", {}), false);
    assert.equal(
      await takes("postgresql:index/grant:Grant", "role", { assumeRole: "owner" }),
      false,
    );
  });
});
