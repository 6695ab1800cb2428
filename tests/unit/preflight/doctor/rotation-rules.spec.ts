import type { Draft } from "./draft";
import { describeRule } from "./examples";

const SECRET = "orders-connection";
const VERSION = "orders-connection-value";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const DEPLOYMENT = "orders-api-deployment";
const LABEL = "Deployment orders/orders-api";
const DRIVER = ["values", "secrets-store-csi-driver"] as const;

/** The secret rotates, and no version of it is in the program. */
const rotates =
  (more: object = {}) =>
  (draft: Draft) =>
    draft.remove(VERSION).add(ROTATION, "schedule", {
      secretId: "prod/orders",
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30 },
      ...more,
    });

const FUNCTION = "aws:lambda/function:Function";
const APPLICATION = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
const LAMBDA = "arn:aws:lambda:eu-central-1:123456789012:function:rotation";
const LATE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The secret rotates by a function of this kind. */
const rotatesBy =
  (lambda: object, more: object = {}) =>
  (draft: Draft) =>
    rotates({ rotationLambdaArn: LAMBDA, ...more })(draft).add(FUNCTION, "rotation", {
      arn: LAMBDA,
      ...lambda,
    });

const settings = (more: object = {}) => ({
  environment: {
    variables: {
      ROTATION_SETTINGS: JSON.stringify({
        users: ["orders", "orders_clone"],
        minimumAgeSeconds: 600,
        ...more,
      }),
    },
  },
});
/** The function of a `DatabaseUser`. */
const byUser = (more: object = {}, schedule: object = {}) => rotatesBy(settings(more), schedule);

/** AWS's function, from its repository. */
const published = (users: "Single" | "Multi", variables: unknown = {}) => ({
  runtime: "python3.12",
  code: { path: `./lambdas/SecretsManagerRDSPostgreSQLRotation${users}User` },
  environment: { variables },
});

/** The same, as an application of AWS. */
const application =
  (users: "Single" | "Multi", parameters: unknown = {}) =>
  (draft: Draft) =>
    rotates({ rotationLambdaArn: LAMBDA })(draft).add(APPLICATION, "rotation", {
      applicationId: `arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotation${users}User`,
      parameters,
      outputs: { RotationLambdaARN: LAMBDA },
    });

const MANAGED = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b-AbCdEf";

/** RDS keeps the password in a secret of its own, and the app reads that one. */
const managed = (draft: Draft) =>
  draft
    .set("orders-instance", ["masterUserSecrets"], [{ secretArn: MANAGED }])
    .objects((objects: { objectName: string; jmesPath: { path: string }[] }[]) => {
      const [first] = objects;
      if (first === undefined) return;
      first.objectName = MANAGED;
      first.jmesPath = first.jmesPath.filter(({ path }) => /^"?(username|password)"?$/.test(path));
    });

const RESTART = ["kubectl", "rollout", "restart", "deployment/orders-api"];

const restartedBy =
  (command: readonly string[], more: object = {}, namespace = "orders", name = "restart") =>
  (draft: Draft) =>
    draft.add("kubernetes:batch/v1:CronJob", name, {
      metadata: { name, namespace },
      spec: {
        schedule: "0 3 * * 0",
        jobTemplate: {
          spec: { template: { spec: { containers: [{ name: "kubectl", command }] } } },
        },
        ...more,
      },
    });

describeRule("rotated-value-in-program", {
  finds: [
    {
      plant: (draft) => draft.add(ROTATION, "schedule", { secretId: "prod/orders" }),
      messages: ["the program puts a value into the secret prod/orders, which rotates"],
    },
  ],
  passes: [
    { plant: rotates() },
    { plant: managed },
    { plant: (draft) => draft.add(ROTATION, "schedule", { secretId: "prod/stock" }) },
    {
      // It never becomes the current one.
      plant: (draft) =>
        draft
          .set(VERSION, ["versionStages"], ["MINE"])
          .add(ROTATION, "schedule", { secretId: "prod/orders" }),
    },
  ],
});

const PERMISSION = "aws:lambda/permission:Permission";
/** Secrets Manager may call the function, by a permission that the schedule waits for. */
const permitted =
  (permission: object, waits = true) =>
  (draft: Draft) => {
    rotatesBy(
      settings(),
      {},
    )(draft)
      .set("rotation", ["name"], "rotation-1234567")
      .add(PERMISSION, "call", {
        function: "rotation-1234567",
        principal: "secretsmanager.amazonaws.com",
        ...permission,
      });
    const urn = draft.registrations.find(({ name }) => name === "call")?.urn ?? "";
    return waits ? draft.waitFor("schedule", [urn]) : draft.waitOnly("schedule");
  };

describeRule("rotation-refused", {
  finds: [
    {
      plant: rotates(),
      messages: ["the schedule schedule names no function that rotates the secret prod/orders"],
    },
    ...[
      rotatesBy(settings()),
      permitted({ principal: "lambda.amazonaws.com" }),
      permitted({ function: "other" }),
    ].map((plant) => ({
      plant,
      messages: [
        "nothing in this program lets Secrets Manager call the function rotation, which is to rotate the secret prod/orders",
      ],
    })),
  ],
  passes: [
    { plant: permitted({}) },
    ...[`${LAMBDA}-1234567`, "123456789012:function:rotation-1234567:live", "rotation-1234567"].map(
      (named) => ({
        plant: permitted({ function: named }),
      }),
    ),
    { plant: permitted({ principal: LATE }) },
    { plant: permitted({ function: LATE }) },
    // A function that the program does not make, and what RDS rotates without one.
    { plant: rotates({ rotationLambdaArn: LAMBDA }) },
    { plant: rotates({ rotationLambdaArn: LATE }) },
    { plant: application("Single") },
    {
      plant: (draft) =>
        managed(draft).add(ROTATION, "schedule", {
          secretId: MANAGED,
          rotationRules: { automaticallyAfterDays: 30 },
        }),
    },
    { plant: (draft) => draft.add(ROTATION, "schedule", { secretId: "prod/stock" }) },
  ],
});

describeRule("rotation-not-ordered", {
  finds: [
    {
      plant: permitted({}, false),
      messages: [
        "the schedule schedule does not depend on what lets Secrets Manager call the function rotation",
      ],
    },
  ],
  passes: [{ plant: permitted({}) }, { plant: permitted({ principal: LATE }, false) }],
});

describeRule("rotates-immediately", {
  finds: [
    {
      plant: rotates({ rotateImmediately: undefined }),
      messages: ["schedule rotates its secret whenever its schedule is deployed"],
    },
    {
      plant: rotates({ rotateImmediately: true }),
      messages: ["schedule rotates its secret whenever its schedule is deployed"],
    },
    {
      plant: rotates({ rotateImmediately: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
      messages: [
        "cannot tell whether schedule rotates its secret whenever its schedule is deployed",
      ],
    },
  ],
  passes: [{ plant: rotates() }],
});

describeRule("rotation-not-followed", {
  finds: [
    {
      // A secret of somewhere else, by the same name.
      plant: (draft) =>
        rotates({ secretId: "prod/elsewhere" })(draft)
          .set("secrets-release", [...DRIVER, "enableSecretRotation"], false)
          .objects((objects: { objectName: string }[]) => {
            if (objects[0] !== undefined) objects[0].objectName = "prod/elsewhere";
          }),
      messages: [
        `${LABEL} mounts the secret prod/elsewhere, which rotates, by a driver that does not`,
      ],
    },
    {
      plant: (draft) =>
        rotates()(draft).set("secrets-release", [...DRIVER, "enableSecretRotation"], false),
      messages: [
        `${LABEL} mounts the secret prod/orders, which rotates, by a driver that does not`,
      ],
    },
  ],
  passes: [
    { plant: rotates() },
    { plant: (draft) => draft.set("secrets-release", [...DRIVER, "enableSecretRotation"], false) },
  ],
});

const every = (scheduleExpression: string, rotationPollInterval?: string) => (draft: Draft) =>
  rotates({ rotationRules: { scheduleExpression } })(draft).set(
    "secrets-release",
    [...DRIVER, "rotationPollInterval"],
    rotationPollInterval,
  );

describeRule("rotation-too-often", {
  finds: [
    {
      plant: every("rate(4 hours)", "4h"),
      messages: [`the secret prod/orders may rotate again before ${LABEL} has its new value`],
    },
  ],
  passes: [
    { plant: every("rate(4 hours)") },
    { plant: every("rate(4 hours)", "3h58m") },
    { plant: every("cron(0 4 * * ? *)", "4h") },
    // Nor is this one known.
    { plant: every("cron(0 4 * * ? 2030)", "4h") },
    { plant: every("rate(4 hours)", "soon") },
  ],
});

const UNRESTARTED = [
  `nothing in the program restarts ${LABEL} when a rotation changes DB_USERNAME and DB_PASSWORD`,
];

/** A secret that rotates so often, and a CronJob that restarts its pods. */
const onSchedule =
  (every: string, schedule: string, duration?: string, more: object = {}) =>
  (draft: Draft) => {
    const days = /^(\d+)d$/.exec(every)?.[1];
    const rule =
      days === undefined ? { scheduleExpression: every } : { automaticallyAfterDays: Number(days) };
    return restartedBy(RESTART, { schedule, ...more })(
      byUser({}, { rotationRules: { ...rule, duration } })(draft),
    );
  };

/** Two CronJobs, which together may be often enough. */
const twice = (draft: Draft) =>
  restartedBy(
    RESTART,
    { schedule: "0 3 * * 3" },
    "orders",
    "restart-2",
  )(onSchedule("7d", "0 3 * * 0")(draft));

const tooRarely = (hours: number, period: number) => [
  `up to ${hours} hours lie between two restarts of ${LABEL} by restart, and as few as ${period} between two ` +
    "rotations that change DB_USERNAME and DB_PASSWORD",
];
const undecidedRestart = (by: string) => [
  `cannot tell whether ${by} restarts ${LABEL} within each period of the secret prod/orders, whose values ` +
    "DB_USERNAME and DB_PASSWORD keep",
];

describeRule("variable-not-restarted", {
  finds: [
    { plant: rotates(), messages: UNRESTARTED },
    {
      plant: (draft) => restartedBy(["kubectl", "get", "deployment/orders-api"])(rotates()(draft)),
      messages: UNRESTARTED,
    },
    {
      plant: (draft) => restartedBy(RESTART, { suspend: true })(rotates()(draft)),
      messages: UNRESTARTED,
    },
    { plant: managed, messages: UNRESTARTED },
    {
      plant: (draft) => restartedBy(RESTART, {}, "shop")(rotates()(draft)),
      messages: UNRESTARTED,
    },
    { plant: onSchedule("7d", "0 3 * * 0"), messages: tooRarely(168, 168) },
    { plant: onSchedule("7d", "@weekly"), messages: tooRarely(168, 168) },
    { plant: onSchedule("cron(0 4 ? * 1,5 *)", "0 3 * * *", "48h"), messages: tooRarely(24, 24) },
    { plant: onSchedule("rate(1 day)", "0 3 * * *"), messages: tooRarely(24, 24) },
    // Summer time begins.
    {
      plant: onSchedule("rate(26 hours)", "0 3 * * *", "1h", { timeZone: "Europe/Berlin" }),
      messages: tooRarely(25, 25),
    },
  ],
  passes: [
    // A Job's pods end.
    {
      plant: (draft) => {
        const found = draft.registrations.find(({ name }) => name === "orders-api-deployment");
        return rotates()(draft)
          .add("kubernetes:batch/v1:Job", "orders-api-job", found?.inputs ?? {})
          .remove("orders-api-deployment");
      },
    },
    {
      plant: (draft) => restartedBy(RESTART)(rotates()(draft)),
    },
    { plant: onSchedule("8d", "0 3 * * 0") },
    { plant: onSchedule("rate(25 hours)", "0 3 * * *") },
    { plant: onSchedule("rate(26 hours)", "@daily", "1h") },
    { plant: onSchedule("rate(4 hours)", "@every 3h") },
    // What cannot be told is a note of its own.
    { plant: onSchedule("30d", LATE) },
    { plant: onSchedule("30d", "soon") },
    { plant: onSchedule("7d", "0 3 * * 0", undefined, { suspend: LATE }) },
    { plant: onSchedule("7d", "0 3 * * 0", undefined, { timeZone: LATE }) },
    { plant: onSchedule(LATE, "0 3 * * 0") },
    { plant: (draft) => restartedBy(RESTART, { jobTemplate: LATE })(rotates()(draft)) },
    { plant: twice },
    // So often that it does for any schedule.
    { plant: onSchedule(LATE, "0 */2 * * *") },
    {
      plant: (draft) =>
        restartedBy(["sh", "-c", "kubectl rollout restart deploy orders-api -n orders"])(
          rotates()(draft),
        ),
    },
    {
      plant: (draft) =>
        rotates()(draft).set(DEPLOYMENT, ["metadata", "annotations"], {
          "secretproviderclass.reloader.stakater.com/reload": "orders-api",
        }),
    },
    {
      plant: (draft) =>
        rotates()(draft).set(DEPLOYMENT, ["metadata", "annotations"], {
          "secretproviderclass.reloader.stakater.com/reload": LATE,
        }),
    },
    {
      plant: (draft) =>
        rotates()(draft).edit(
          DEPLOYMENT,
          ["spec", "template", "spec", "containers", 0, "env"],
          (env: { name: string }[]) =>
            env.filter(({ name }) => !["DB_USERNAME", "DB_PASSWORD"].includes(name)),
        ),
    },
  ],
});

describeRule("proxy-with-alternating-users", {
  finds: [
    {
      plant: (draft) => proxied(byUser()(draft), "arn of the secret"),
      messages: ["pool logs in with the secret prod/orders, in which two users take turns"],
    },
    {
      plant: (draft) => proxied(application("Multi")(draft), LATE, true),
      messages: ["pool logs in with the secret prod/orders, in which two users take turns"],
    },
    {
      // Neither the secret nor its value is in the program.
      plant: (draft) => proxied(byUser({}, { secretId: `${MANAGED}2` })(draft), `${MANAGED}2`),
      messages: [`pool logs in with the secret ${MANAGED}2, in which two users take turns`],
    },
  ],
  passes: [
    { plant: (draft) => proxied(draft, "arn of the secret") },
    { plant: (draft) => proxied(byUser()(draft), MANAGED) },
    { plant: (draft) => proxied(rotatesBy(published("Single"))(draft), "arn of the secret") },
    { plant: (draft) => proxied(byUser()(draft), LATE) },
  ],
});

function proxied(draft: Draft, secretArn: string, isKnownByOrigin = false): Draft {
  const secret = draft.registrations.find(({ name }) => name === SECRET);
  const arn = secretArn === "arn of the secret" ? secret?.outputs.arn : secretArn;
  return draft
    .add("aws:rds/proxy:Proxy", "pool", { auths: [{ secretArn: arn }], requireTls: true })
    .arise("pool", "auths", isKnownByOrigin ? [secret?.urn ?? ""] : []);
}

const URL_FILE = {
  path: "join('', ['postgresql://', username, ':', password, '@', host])",
  objectAlias: "DATABASE_URL",
};
const withUrl = (draft: Draft) =>
  draft.objects((objects: { jmesPath: object[] }[]) => objects[0]?.jmesPath.push(URL_FILE));
const expanded = (value: string) => (draft: Draft) =>
  draft.edit(
    DEPLOYMENT,
    ["spec", "template", "spec", "containers", 0, "env"],
    (env: readonly object[]) => [...env, { name: "SHOP_URL", value }],
  );
const inUrl = (name: string) =>
  `${name} of ${LABEL} is a URL with the password of the secret prod/orders, which gets punctuation`;

describeRule("rotated-password-in-url", {
  finds: [
    {
      plant: (draft) => withUrl(rotatesBy(published("Single"))(draft)),
      messages: [inUrl("DATABASE_URL")],
    },
    {
      plant: (draft) => withUrl(application("Multi", { excludePunctuation: "false" })(draft)),
      messages: [inUrl("DATABASE_URL")],
    },
    {
      plant: (draft) =>
        expanded("postgres://$(DB_USERNAME):$(DB_PASSWORD)@$(DB_HOST)/orders")(
          rotatesBy(published("Single", { EXCLUDE_CHARACTERS: "/@" }))(draft),
        ),
      messages: [inUrl("SHOP_URL")],
    },
  ],
  passes: [
    { plant: rotatesBy(published("Single")) },
    { plant: (draft) => withUrl(byUser()(draft)) },
    {
      plant: (draft) =>
        withUrl(rotatesBy(published("Multi", { EXCLUDE_PUNCTUATION: "True" }))(draft)),
    },
    { plant: (draft) => withUrl(application("Single", { excludePunctuation: "true" })(draft)) },
    {
      plant: (draft) =>
        withUrl(rotatesBy(published("Single", { EXCLUDE_CHARACTERS: '"#%/<>?@[\\]^`{|}' }))(draft)),
    },
    { plant: (draft) => withUrl(application("Single", LATE)(draft)) },
    {
      plant: (draft) =>
        withUrl(rotatesBy(published("Single", { EXCLUDE_PUNCTUATION: LATE }))(draft)),
    },
    {
      plant: (draft) =>
        expanded("postgres://$(DB_USERNAME)@$(DB_HOST)/orders")(
          rotatesBy(published("Single"))(draft),
        ),
    },
  ],
});

const CLONED = [
  "schedule has AWS's function clone the user of the secret prod/orders, and nothing in the program has both act as one role",
];

describeRule("clone-without-owner-role", {
  finds: [
    { plant: rotatesBy(published("Multi")), messages: CLONED },
    { plant: application("Multi"), messages: CLONED },
  ],
  passes: [
    { plant: rotatesBy(published("Single")) },
    { plant: byUser() },
    { plant: rotatesBy({ code: LATE }) },
    {
      plant: (draft) =>
        application("Multi")(draft).add("postgresql:index/role:Role", "clone", {
          name: "orders_clone",
          assumeRole: "orders_owner",
        }),
    },
  ],
});

const LOSES = [
  `${LABEL} loses the password of the secret prod/orders whenever rotation rotates its one user`,
];

describeRule("single-user-rotation", {
  finds: [
    { plant: rotatesBy(published("Single")), messages: LOSES },
    { plant: application("Single"), messages: LOSES },
    {
      plant: (draft) =>
        application("Single")(draft)
          .set("schedule", ["rotationLambdaArn"], LATE)
          .arise("schedule", "rotationLambdaArn", [
            `urn:pulumi:test::eks-db-secrets::${APPLICATION}::rotation`,
          ]),
      messages: LOSES,
    },
  ],
  passes: [
    { plant: rotatesBy(published("Multi")) },
    { plant: byUser() },
    { plant: rotates() },
    {
      // Nobody mounts it.
      plant: (draft) =>
        rotatesBy(published("Single"))(draft).set("schedule", ["secretId"], "prod/stock"),
    },
  ],
});

/** The value that the program puts into the secret, without `ssl` or with another one. */
const withSsl = (draft: Draft, ssl?: unknown) =>
  draft
    .add(ROTATION, "schedule", { secretId: "prod/orders", rotationLambdaArn: LAMBDA })
    .add(FUNCTION, "rotation", { arn: LAMBDA, ...published("Single") })
    .json(VERSION, ["secretString"], (value: Record<string, unknown>) => {
      value.ssl = ssl;
    });
const WITHOUT_SSL = [
  "the secret prod/orders does not say ssl to rotation, which then connects without TLS where it must",
];

const SSL_OFF = [
  "the secret prod/orders says ssl false to rotation, which then connects without TLS",
];

describeRule("rotated-secret-without-ssl", {
  finds: [
    { plant: (draft) => withSsl(draft), messages: WITHOUT_SSL },
    { plant: (draft) => withSsl(draft, 1), messages: WITHOUT_SSL },
    { plant: (draft) => withSsl(draft, "yes"), messages: WITHOUT_SSL },
    { plant: (draft) => withSsl(draft, false), messages: SSL_OFF },
    { plant: (draft) => withSsl(draft, "False"), messages: SSL_OFF },
  ],
  passes: [
    { plant: (draft) => withSsl(draft, true) },
    { plant: (draft) => withSsl(draft, "True") },
    { plant: (draft) => withSsl(draft, "unknown-04da6b54-80e4-46f7-96ec") },
    { plant: byUser() },
    { plant: rotatesBy(published("Single")) },
  ],
});

describeRule("managed-secret-in-app", {
  finds: [
    {
      plant: managed,
      messages: [`${LABEL} reads the secret rds!db-1a2b of RDS's own, which rotates every 7 days`],
    },
    {
      plant: (draft) =>
        managed(draft).add(ROTATION, "schedule", {
          secretId: MANAGED,
          rotateImmediately: false,
          rotationRules: { scheduleExpression: "rate(10 days)" },
        }),
      messages: [`${LABEL} reads the secret rds!db-1a2b of RDS's own, which rotates rate(10 days)`],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.set("orders-instance", ["masterUserSecrets"], [{ secretArn: MANAGED }]),
    },
  ],
});

const HOURS = { rotationRules: { scheduleExpression: "rate(4 hours)", duration: "3h" } };

describeRule("rotation-below-minimum-age", {
  finds: [
    {
      plant: byUser({ minimumAgeSeconds: 3601 }, HOURS),
      messages: [
        "schedule may rotate 3600 seconds after a rotation, and its function refuses a value younger than 3601 seconds",
      ],
    },
  ],
  passes: [
    { plant: byUser({ minimumAgeSeconds: 3600 }, HOURS) },
    { plant: byUser({ minimumAgeSeconds: undefined }, HOURS) },
    { plant: byUser({ minimumAgeSeconds: 20_000 }, { rotationRules: LATE }) },
    { plant: rotatesBy(published("Single"), HOURS) },
  ],
});

const undecidedDriver = `cannot tell whether ${LABEL} gets new values of the secret prod/orders: the driver of its cluster, or its values, are not known here`;
const undecidedLag = `cannot tell whether ${LABEL} has a new value of the secret prod/orders before it rotates again`;
const undecidedAge =
  "cannot tell whether schedule leaves its function the minimum age between two rotations";
const undecidedSsl = "cannot tell whether the secret prod/orders says ssl to rotation";
const calendar = (scheduleExpression: string, rotationPollInterval?: string) => (draft: Draft) =>
  byUser(
    {},
    { rotationRules: { scheduleExpression, duration: "3h" } },
  )(draft).set("secrets-release", [...DRIVER, "rotationPollInterval"], rotationPollInterval);

describeRule("rotation-undecided", {
  finds: [
    {
      plant: (draft) => byUser()(draft).set("schedule", ["secretId"], LATE),
      messages: ["cannot tell which secret schedule rotates"],
    },
    {
      plant: rotates(),
      messages: [
        "cannot tell how the secret prod/orders gets its next value: the function of schedule is none that is known here",
      ],
    },
    {
      plant: rotatesBy({ code: LATE }),
      messages: [
        "cannot tell how the secret prod/orders gets its next value: the function of schedule is none that is known here",
      ],
    },
    { plant: (draft) => byUser()(draft).remove("secrets-release"), messages: [undecidedDriver] },
    {
      plant: (draft) =>
        byUser()(draft).set("secrets-release", [...DRIVER, "enableSecretRotation"], LATE),
      messages: [undecidedDriver],
    },
    {
      plant: (draft) =>
        byUser()(draft).set("secrets-release", [...DRIVER, "rotationPollInterval"], LATE),
      messages: [undecidedLag],
    },
    { plant: calendar("cron(0 4 * * ? 2030)", "4h"), messages: [undecidedLag] },
    { plant: byUser({ minimumAgeSeconds: undefined }), messages: [undecidedAge] },
    {
      plant: rotatesBy({ environment: { variables: { ROTATION_SETTINGS: LATE } } }),
      messages: [undecidedAge],
    },
    {
      plant: byUser({ minimumAgeSeconds: 20_000 }, { rotationRules: LATE }),
      messages: [undecidedAge],
    },
    { plant: rotatesBy(published("Single")), messages: [undecidedSsl] },
    {
      plant: (draft) => withSsl(draft, "unknown-04da6b54-80e4-46f7-96ec"),
      messages: [undecidedSsl],
    },
    {
      plant: (draft) => withUrl(application("Multi", LATE)(draft)),
      messages: [
        undecidedSsl,
        `cannot tell whether the password of the secret prod/orders gets punctuation, which DATABASE_URL of ${LABEL} puts into a URL`,
      ],
    },
    { plant: onSchedule("30d", LATE), messages: undecidedRestart("restart") },
    { plant: onSchedule("30d", "soon"), messages: undecidedRestart("restart") },
    {
      plant: onSchedule("7d", "0 3 * * 0", undefined, { suspend: LATE }),
      messages: undecidedRestart("restart"),
    },
    {
      plant: onSchedule("7d", "0 3 * * 0", undefined, { timeZone: LATE }),
      messages: undecidedRestart("restart"),
    },
    {
      plant: onSchedule("8d", "0 3 * * 0", LATE),
      messages: undecidedRestart("restart"),
    },
    {
      plant: (draft) => restartedBy(RESTART, { jobTemplate: LATE })(byUser()(draft)),
      messages: undecidedRestart("restart"),
    },
    { plant: twice, messages: undecidedRestart("restart and restart-2") },
    {
      plant: (draft) => proxied(byUser()(draft), LATE),
      messages: ["cannot tell whether pool logs in with a secret in which two users take turns"],
    },
  ],
  passes: [
    { plant: byUser() },
    { plant: managed },
    { plant: (draft) => withSsl(draft, true) },
    // Windows are four hours apart at least, whatever the calendar says.
    { plant: calendar("cron(0 4 * * ? 2030)", "3h") },
    { plant: calendar("cron(0 4 * * ? 2030)") },
    { plant: calendar("cron(0 4 * * ? *)", "23h") },
    {
      // Known, and wrong: other findings.
      plant: (draft) =>
        byUser()(draft).set("secrets-release", [...DRIVER, "enableSecretRotation"], false),
    },
    { plant: (draft) => proxied(byUser()(draft), MANAGED) },
    { plant: (draft) => proxied(draft, LATE) },
  ],
});
