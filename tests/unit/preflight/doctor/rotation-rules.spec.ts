import type { Draft } from "./draft";
import { describeRule } from "./examples";

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

const restartedBy =
  (command: readonly string[], namespace = "orders") =>
  (draft: Draft) =>
    draft.add("kubernetes:batch/v1:CronJob", "restart", {
      metadata: { name: "restart", namespace },
      spec: {
        jobTemplate: {
          spec: { template: { spec: { containers: [{ name: "kubectl", command }] } } },
        },
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
    // No interval between two of a calendar is known.
    { plant: every("cron(0 4 * * ? *)", "4h") },
    { plant: every("rate(4 hours)", "soon") },
  ],
});

const UNRESTARTED = [
  `nothing in the program restarts ${LABEL} when a rotation changes DB_USERNAME and DB_PASSWORD`,
];

describeRule("variable-not-restarted", {
  finds: [
    { plant: rotates(), messages: UNRESTARTED },
    {
      plant: (draft) => restartedBy(["kubectl", "get", "deployment/orders-api"])(rotates()(draft)),
      messages: UNRESTARTED,
    },
    {
      plant: (draft) =>
        restartedBy(
          ["kubectl", "rollout", "restart", "deployment/orders-api"],
          "shop",
        )(rotates()(draft)),
      messages: UNRESTARTED,
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
      plant: (draft) =>
        restartedBy(["kubectl", "rollout", "restart", "deployment/orders-api"])(rotates()(draft)),
    },
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
        rotates()(draft).edit(
          DEPLOYMENT,
          ["spec", "template", "spec", "containers", 0, "env"],
          (env: { name: string }[]) =>
            env.filter(({ name }) => !["DB_USERNAME", "DB_PASSWORD"].includes(name)),
        ),
    },
  ],
});
