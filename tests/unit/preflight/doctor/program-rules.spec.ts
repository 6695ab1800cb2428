import * as assert from "node:assert/strict";
import { diagnose } from "../../../../preflight/doctor";
import type { Draft } from "./draft";
import { describeRule, planted } from "./examples";
import { CONTEXT } from "./programs";
import { HOLE } from "../../../../preflight/simulation/wire/unknown";

const ENDED = "the program throws (at index.ts:3:7)";
const CONTAINER = ["spec", "template", "spec", "containers", 0] as const;
const ACCOUNT = "orders-api-service-account";
const asIs = () => undefined;

describeRule("program-ended-early", {
  finds: [
    {
      plant: asIs,
      context: { endedBy: ENDED },
      messages: [`only a part of the program was run: ${ENDED}`],
    },
  ],
  passes: [{ plant: asIs, context: {} }],
});

const SECRET = "orders-connection";

describeRule("name-taken", {
  finds: [
    {
      plant: (draft) => draft.copy(SECRET, "again"),
      messages: [
        'the secret prod/orders is declared twice, by the resources "orders-connection" and "again"',
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.copy(SECRET, "again").set("again", ["name"], "prod/stock") },
    { plant: (draft) => draft.copy(SECRET, "again").set("again", ["name"], HOLE) },
    { plant: (draft) => draft.copy(SECRET, "again").set("again", ["region"], "us-east-1") },
    { plant: (draft) => draft.copy(SECRET, "again", { provider: "urn:pulumi::p::p::id" }) },
    { plant: (draft) => draft.copy("orders-security-group", "again") },
  ],
});

describeRule("nothing-declared", {
  finds: [
    {
      plant: (draft) => {
        for (const { name } of draft.registrations) draft.remove(name);
      },
      messages: ["the program declares no resource, so nothing was checked"],
    },
  ],
  passes: [],
});

describeRule("address-unread", {
  finds: [
    {
      plant: asIs,
      context: { unfetched: ["https://example.com/driver.yaml"] },
      messages: ["cannot tell what https://example.com/driver.yaml holds: it was not read"],
    },
  ],
  passes: [{ plant: asIs, context: { unfetched: [] } }],
});

describeRule("environment-unread", {
  finds: [
    {
      plant: asIs,
      context: { environments: ["acme/prod"] },
      messages: ["cannot tell what the environment acme/prod of Pulumi ESC gives: it was not read"],
    },
  ],
  passes: [{ plant: asIs, context: { environments: [] } }],
});

/** What the SDK makes of an Output in a template. */
const COMPLAINT = "Calling [toString] on an [Output<T>] is not supported.\nTo get the value …";
const HELD =
  'holds "Calling [toString] on an [Output<T>] is not supported" in the place of a value';

describeRule("output-in-text", {
  finds: [
    {
      plant: (draft) =>
        draft
          .set("orders-connection", ["name"], `prod/${COMPLAINT}`)
          .json("orders-connection-value", ["secretString"], (login) => {
            login.password = COMPLAINT.replace("toString", "toJSON");
          })
          .set("orders-connection", ["tags"], { list: [{ of: COMPLAINT }] }),
      messages: [
        `the property name of orders-connection ${HELD}`,
        `the property tags.list[0].of of orders-connection ${HELD}`,
        `the key password of secretString of orders-connection-value ${HELD}`,
      ],
    },
    {
      // What IAM is told is no mere annotation.
      plant: (draft) =>
        draft.set(ACCOUNT, ["metadata", "annotations"], {
          "eks.amazonaws.com/role-arn": COMPLAINT,
          "checksum/config": COMPLAINT,
        }),
      messages: [
        `the property metadata.annotations.eks.amazonaws.com/role-arn of ${ACCOUNT} ${HELD}`,
      ],
    },
  ],
  passes: [{ plant: (draft) => draft.set("orders-connection", ["name"], "calling-output") }],
});

describe("what follows from an Output in a text", () => {
  it("is not told as a fault of its own, and the rest of the text is read", async () => {
    const whole = `${COMPLAINT}\nThis function may throw in a future version of @pulumi/pulumi.`;
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .json("orders-connection-value", ["secretString"], (login) => {
            login.host = whole;
            delete login.dbname;
          })
          .set(ACCOUNT, ["metadata", "annotations", "eks.amazonaws.com/role-arn"], whole),
    });
    const found = diagnose(registrations, CONTEXT)
      .filter(({ severity }) => severity !== "note")
      .map(({ id, message }) =>
        id === "key-missing" ? message.replace(/.* of the file/, "") : id,
      );
    const keys = "engine, host, port, username, password, dbInstanceIdentifier and ssl";
    assert.deepEqual(found, [
      "jmespath-invalid",
      ` "db-name" finds nothing in the secret prod/orders, which has the keys ${keys}`,
      ...["output-in-text", "output-in-text"],
    ]);
  });
});

describeRule("resource-refused", {
  finds: [
    {
      plant: (draft) =>
        draft
          .set("orders-instance", ["dbName"], "orders-db")
          .set("orders-instance", ["allocatedStorage"], undefined)
          .set("orders-api-deployment", ["spec", "template", "metadata", "labels"], { app: "x" }),
      messages: [
        "rds.Instance orders-instance will be refused: dbName 'orders-db' must be 1 to 63 letters, digits and underscores, a letter first",
        "rds.Instance orders-instance will be refused: a new instance needs allocatedStorage",
        "apps.Deployment orders-api-deployment will be refused: spec.template.metadata.labels: `selector` does not match template `labels`",
      ],
    },
    // The value of the password is a finding of its own; that there is one beside RDS's own is not.
    {
      plant: (draft) =>
        draft
          .set("orders-instance", ["password"], "p@ssword1")
          .set("orders-instance", ["manageMasterUserPassword"], true),
      messages: [
        "rds.Instance orders-instance will be refused: password and manageMasterUserPassword cannot be combined",
      ],
    },
    {
      plant: (draft) => draft.set("orders-api-secrets", ["metadata", "name"], "orders_api"),
      messages: [
        "secrets-store.csi.x-k8s.io.SecretProviderClass orders-api-secrets will be refused: metadata.name 'orders_api' must be lower-case letters, digits, '-' and '.', each part starting and ending with a letter or digit",
      ],
    },
    // Kinds that the local cloud does not run. The value of a variable is told to nobody.
    ...["StatefulSet", "DaemonSet", "ReplicaSet"].map((kind) => ({
      plant: (draft: Draft) =>
        draft
          .copy("orders-api-deployment", "other-kind", { type: `kubernetes:apps/v1:${kind}` })
          .remove("orders-api-deployment")
          .set("other-kind", [...CONTAINER, "env"], [{ name: "PIN", value: 4711 }]),
      messages: [
        `apps.${kind} other-kind will be refused: spec.template.spec.containers[0].env[0].value must be text`,
      ],
    })),
    {
      plant: (draft) =>
        draft.add("kubernetes:core/v1:Pod", "pod", {
          metadata: { name: "pod" },
          spec: {
            containers: [
              { name: "app", image: "x", volumeMounts: [{ name: "a", mountPath: "/a" }] },
            ],
          },
        }),
      messages: [
        "core.Pod pod will be refused: spec.containers[0].volumeMounts[0].name must name a volume of the pod",
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.add("kubernetes:core/v1:Pod", "pod", {
          metadata: { name: "pod" },
          spec: { restartPolicy: "Never", containers: [{ name: "app", image: "x" }] },
        }),
    },
    // Other rules speak of what stands in a class.
    {
      plant: (draft) =>
        draft.set("orders-api-secrets", ["spec", "parameters", "usePodIdentity"], true),
    },
    // What is unknown may be right.
    { plant: (draft) => draft.set("orders-instance", ["dbName"], `${HOLE}-db`) },
    // What another rule explains is told once.
    {
      plant: (draft) =>
        draft
          .set("orders-instance", ["username"], "admin")
          .set("orders-instance", ["password"], "short")
          .set("orders-instance", ["kmsKeyId"], "alias/orders"),
    },
    // Of what has no model nothing is known.
    { plant: (draft) => draft.add("aws:sqs/queue:Queue", "jobs", { name: "a b" }) },
  ],
});

const DUPLICATE = {
  ...{ urn: "urn:pulumi:test::shop::aws:sqs/queue:Queue::q", type: "aws:sqs/queue:Queue" },
  ...{ name: "q", custom: true, remote: false, parent: undefined, dependsOn: [], provider: "" },
  ...{ propertyDependencies: {}, protect: false, ignoreChanges: [], deleteBeforeReplace: false },
  ...{ retainOnDelete: false, aliases: [] },
  ...{ inputs: {}, outputs: {} },
};

describeRule("urn-twice", {
  finds: [
    {
      plant: asIs,
      context: { duplicates: [DUPLICATE] },
      messages: [
        'the program declares two resources aws:sqs/queue:Queue "q" with one URN: urn:pulumi:test::shop::aws:sqs/queue:Queue::q',
      ],
    },
  ],
  passes: [{ plant: asIs, context: { duplicates: [] } }],
});

const second = (change: (draft: Draft) => unknown) => (draft: Draft) => {
  change(draft.copy(ACCOUNT, "second"));
};

describeRule("object-declared-twice", {
  finds: [
    {
      plant: second(asIs),
      messages: [
        `ServiceAccount orders/orders-api is declared twice, by the resources "${ACCOUNT}" and "second"`,
      ],
    },
  ],
  passes: [
    { plant: second((draft) => draft.set("second", ["metadata", "namespace"], "other")) },
    { plant: second((draft) => draft.set("second", ["metadata", "name"], undefined)) },
    {
      plant: (draft) =>
        draft.copy(ACCOUNT, "s", { type: "kubernetes:core/v1:ServiceAccountPatch" }),
    },
    {
      plant: (draft) =>
        draft.copy(ACCOUNT, "s", { type: "kubernetes:example.com/v1:ServiceAccount" }),
    },
    { plant: (draft) => draft.copy(ACCOUNT, "s", { provider: "another::id" }) },
  ],
});

describe("a program that ended early", () => {
  it("is not missed what may have followed, and judged for what is there", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .remove("orders-api-pod-identity")
          .remove("orders-api-read-secrets")
          .set("orders-instance", ["publiclyAccessible"], true),
    });
    const errors = (endedBy: string | undefined) =>
      diagnose(registrations, { ...CONTEXT, ...(endedBy !== undefined && { endedBy }) })
        .filter(({ severity }) => severity !== "note")
        .map(({ id }) => id);
    assert.deepEqual(errors(undefined), ["database-public", "role-not-linked"]);
    assert.deepEqual(errors(ENDED), ["database-public", "program-ended-early"]);
  });
});
