import { UNKNOWN } from "../../../preflight/simulation/wire/unknown";
import { isSecretEnvelope } from "../../../preflight/simulation/wire/envelopes";
import type { Draft, Json } from "../../unit/preflight/doctor/draft";
import type { PlantedFault } from "./fault";

const POD = ["spec", "template", "spec"] as const;
const CONTAINER = [...POD, "containers", 0] as const;
const DRIVER = ["values", "secrets-store-csi-driver"] as const;

/** Names of the links of the chain in the prod stack. */
const CLASS = "orders-secrets";
const DEPLOYMENT = "orders-deployment";
const ROLE = "orders-role";
const POLICY = "orders-read-secrets";
const ASSOCIATION = "orders-pod-identity";
const RELEASE = "secrets-release";
const INSTANCE = "orders-instance";
const SECRET = "orders-connection";
const VERSION = "orders-connection-value";

const path = (index: number, value: string) => (draft: Draft) =>
  draft.objects(([{ jmesPath }]: Json) => {
    jmesPath[index].path = value;
  });
const alias = (index: number, value: string) => (draft: Draft) =>
  draft.objects(([{ jmesPath }]: Json) => {
    jmesPath[index].objectAlias = value;
  });
const set = (name: string, at: readonly (string | number)[], value: unknown) => (draft: Draft) =>
  draft.set(name, at, value);
const policy = (change: (statements: Json) => unknown) => (draft: Draft) =>
  draft.json(POLICY, ["policy"], ({ Statement }: Json) => change(Statement));
const trust = (change: (statement: Json) => unknown) => (draft: Draft) =>
  draft.json(ROLE, ["assumeRolePolicy"], ({ Statement }: Json) => change(Statement[0]));
const connection = (change: (connection: Json) => unknown) => (draft: Draft) =>
  draft.json(VERSION, ["secretString"], change);
const without = (list: readonly (string | number)[], name: string) => (draft: Draft) =>
  draft.edit(DEPLOYMENT, list, (items: { name: string }[]) =>
    items.filter((item) => item.name !== name),
  );
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const secretName = (draft: Draft): unknown =>
  draft.registrations.find(({ name }) => name === SECRET)?.outputs.name;
/** The secret rotates, and no version of it is in the program. */
const rotating =
  (more: object = {}) =>
  (draft: Draft) =>
    draft.remove(VERSION).add(ROTATION, "schedule", {
      secretId: secretName(draft),
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30 },
      ...more,
    });
const password = (draft: Draft): string => {
  const generator = draft.registrations.find(({ name }) => name === "orders-password");
  const result = generator?.outputs.result;
  return (isSecretEnvelope(result) ? result.value : result) as string;
};

/** A fault in each link of the chain of the prod stack, and the rule that is meant for it. */
export const PROD_FAULTS: readonly PlantedFault[] = [
  // The secret.
  ["the secret loses a key", "key-missing", connection((json) => delete json.host)],
  [
    "the password is renamed",
    "key-missing",
    connection((json) => {
      json.pass = json.password;
      delete json.password;
    }),
  ],
  [
    "a value becomes a number",
    "value-not-string",
    connection((json) => {
      json.dbname = 7;
    }),
  ],
  ["the secret becomes plain text", "secret-not-json", set(VERSION, ["secretString"], "x")],
  ["the secret moves to another region", "region-differs", set(SECRET, ["region"], "us-east-1")],
  [
    "the class asks a second region, which has no replica",
    "failover-copy-missing",
    set(CLASS, ["spec", "parameters", "failoverRegion"], "us-east-1"),
  ],
  [
    "the role may not read the replica in the second region",
    "failover-denied",
    (draft) =>
      draft
        .set(CLASS, ["spec", "parameters", "failoverRegion"], "us-east-1")
        .set(SECRET, ["replicas"], [{ region: "us-east-1" }]),
  ],
  [
    "an autoscaler has nothing to read the use of CPU from",
    "metrics-server-missing",
    (draft) =>
      draft.add("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "autoscaler", {
        metadata: { name: "orders", namespace: "orders" },
        spec: { maxReplicas: 4, metrics: [{ type: "Resource" }] },
      }),
  ],
  [
    "the secret gets a key of its own",
    "decrypt-denied",
    set(SECRET, ["kmsKeyId"], "1234abcd-12ab-34cd-56ef-1234567890ab"),
  ],
  // The class.
  [
    "the objects are not known",
    "class-undecided",
    set(CLASS, ["spec", "parameters", "objects"], UNKNOWN),
  ],
  ["a path names another key", "key-missing", path(0, "hostname")],
  ["a path is not made a string", "value-not-string", path(1, "port")],
  ["a path is not quoted", "jmespath-invalid", path(2, "db-name")],
  ["a path kills the provider", "jmespath-crash", path(2, "merge(@, extra).host")],
  ["a path lists keys in random order", "value-varies", path(2, "join(',', keys(@))")],
  [
    "a parameter's name has a version in it",
    "parameter-version-in-name",
    (draft) =>
      draft.objects((objects: Json) =>
        objects.push({ objectName: "/shop/url:1", objectType: "ssmparameter", objectAlias: "url" }),
      ),
  ],
  ["an alias is misspelt", "synced-file-missing", alias(3, "DB_USER")],
  [
    "two aliases are one file",
    "file-name-twice",
    (draft) => {
      alias(3, "db/user")(draft);
      alias(4, "db_user")(draft);
    },
  ],
  ["two aliases are the same", "class-refused", alias(3, "DB_HOST")],
  [
    "the type of the object is wrong",
    "class-refused",
    (draft) =>
      draft.objects(([object]: Json) => {
        object.objectType = "secretmanager";
      }),
  ],
  [
    "the objects are no YAML",
    "class-refused",
    set(CLASS, ["spec", "parameters", "objects"], "- {"),
  ],
  [
    "the region is another",
    "region-differs",
    set(CLASS, ["spec", "parameters", "region"], "us-east-1"),
  ],
  [
    "the identity is IRSA's",
    "role-not-linked",
    set(CLASS, ["spec", "parameters", "usePodIdentity"], "false"),
  ],
  [
    "the identity is no truth value",
    "class-refused",
    set(CLASS, ["spec", "parameters", "usePodIdentity"], "yes"),
  ],
  [
    "the class is in another namespace",
    "class-in-other-namespace",
    set(CLASS, ["metadata", "namespace"], "kube-system"),
  ],
  [
    "the pod mounts another class than the one that makes its Secret",
    "env-secret-not-mounted",
    (draft) =>
      draft
        .copy(CLASS, "twin")
        .set("twin", ["metadata", "name"], "twin")
        .set("twin", ["spec", "secretObjects"], [])
        .set(
          DEPLOYMENT,
          [...POD, "volumes", 0, "csi", "volumeAttributes", "secretProviderClass"],
          "twin",
        ),
  ],
  [
    "the class has another name",
    "class-not-found",
    set(CLASS, ["metadata", "name"], "orders-secrets"),
  ],
  [
    "the class is of the old version",
    "class-version-deprecated",
    (draft) =>
      draft
        .copy(CLASS, "old", {
          type: "kubernetes:secrets-store.csi.x-k8s.io/v1alpha1:SecretProviderClass",
        })
        .remove(CLASS),
  ],
  [
    "the synced Secret has no type",
    "sync-refused",
    set(CLASS, ["spec", "secretObjects", 0, "type"], ""),
  ],
  [
    "the synced Secret loses a key",
    "env-key-missing",
    (draft) =>
      draft.edit(CLASS, ["spec", "secretObjects", 0, "data"], (data: Json[]) => data.slice(1)),
  ],
  [
    "the synced Secret has another name",
    "env-secret-unknown",
    set(CLASS, ["spec", "secretObjects", 0, "secretName"], "env"),
  ],
  [
    "another class writes the Secret",
    "synced-secret-twice",
    (draft) => draft.copy(CLASS, "twin").set("twin", ["metadata", "name"], "twin"),
  ],
  [
    "the program writes the Secret",
    "synced-secret-managed",
    (draft) =>
      draft.add("kubernetes:core/v1:Secret", "managed", {
        metadata: { name: "orders-env", namespace: "orders" },
      }),
  ],
  // The pod.
  ["the volume is gone", "volume-missing", without([...POD, "volumes"], "secrets")],
  ["the mount is gone", "volume-not-mounted", without([...CONTAINER, "volumeMounts"], "secrets")],
  [
    "the volume is writable",
    "volume-not-read-only",
    set(DEPLOYMENT, [...POD, "volumes", 0, "csi", "readOnly"], false),
  ],
  [
    "the pod mounts another class",
    "class-not-found",
    set(
      DEPLOYMENT,
      [...POD, "volumes", 0, "csi", "volumeAttributes", "secretProviderClass"],
      "other",
    ),
  ],
  [
    "a variable asks for another key",
    "env-key-missing",
    set(DEPLOYMENT, [...CONTAINER, "env", 0, "valueFrom", "secretKeyRef", "key"], "HOST"),
  ],
  [
    "a variable asks for another Secret",
    "env-secret-unknown",
    set(DEPLOYMENT, [...CONTAINER, "env", 0, "valueFrom", "secretKeyRef", "name"], "other"),
  ],
  [
    "the hash of the class is gone",
    "class-edit-unnoticed",
    set(
      DEPLOYMENT,
      ["spec", "template", "metadata", "annotations", "eks-db-secrets/secret-provider-class-hash"],
      undefined,
    ),
  ],
  [
    "the pod runs as another account",
    "identity-undecided",
    set(DEPLOYMENT, [...POD, "serviceAccountName"], "default"),
  ],
  [
    "the program owns a value of a rotating secret",
    "rotated-value-in-program",
    (draft) => draft.add(ROTATION, "schedule", { secretId: secretName(draft) }),
  ],
  ["the schedule rotates at once", "rotates-immediately", rotating({ rotateImmediately: true })],
  [
    "the driver does not follow a rotation",
    "rotation-not-followed",
    (draft) => rotating()(draft).set(RELEASE, [...DRIVER, "enableSecretRotation"], false),
  ],
  [
    "the driver asks more seldom than the secret rotates",
    "rotation-too-often",
    (draft) =>
      rotating({ rotationRules: { scheduleExpression: "rate(4 hours)" } })(draft).set(
        RELEASE,
        [...DRIVER, "rotationPollInterval"],
        "4h",
      ),
  ],
  ["variables of a rotating secret stay", "variable-not-restarted", rotating()],
  [
    "the client does not verify",
    "tls-not-verified",
    (draft) =>
      without(
        [...CONTAINER, "env"],
        "PGSSLMODE",
      )(draft).objects(([orders]) => {
        orders.jmesPath = orders.jmesPath.filter(
          ({ objectAlias }: Json) => objectAlias !== "pg_service.conf",
        );
      }),
  ],
  [
    "the password stands in the manifest",
    "secret-in-plain-text",
    (draft) =>
      draft.set(DEPLOYMENT, [...CONTAINER, "env", 4], {
        name: "DB_PASSWORD",
        value: password(draft),
      }),
  ],
  [
    "the password stands in a URL",
    "secret-in-plain-text",
    (draft) =>
      draft.set(
        DEPLOYMENT,
        [...CONTAINER, "command"],
        ["run", `postgresql://u:${password(draft)}@h/d`],
      ),
  ],
  [
    "the pods come to Fargate",
    "fargate-catches-pod",
    (draft) =>
      draft.add("aws:eks/fargateProfile:FargateProfile", "profile", {
        clusterName: draft.registrations.find(({ name }) => name === ASSOCIATION)?.inputs
          .clusterName,
        selectors: [{ namespace: "*" }],
      }),
  ],
  [
    "another image is pinned",
    "image-tag-mutable",
    (draft) =>
      draft
        .copy(DEPLOYMENT, "pinned")
        .set("pinned", [...CONTAINER, "image"], `app@sha256:${"0".repeat(64)}`),
  ],
  // The identity.
  [
    "the association is for another namespace",
    "role-not-linked",
    set(ASSOCIATION, ["namespace"], "default"),
  ],
  [
    "the association is for another account",
    "role-not-linked",
    set(ASSOCIATION, ["serviceAccount"], "default"),
  ],
  ["the association is gone", "role-not-linked", (draft) => draft.remove(ASSOCIATION)],
  [
    "the association is for another role",
    "read-denied",
    (draft) =>
      draft.set(
        ASSOCIATION,
        ["roleArn"],
        draft.registrations.find(({ name, type }) => name !== ROLE && type === "aws:iam/role:Role")
          ?.outputs.arn,
      ),
  ],
  [
    "the trust is for another service",
    "trust-refuses",
    trust(({ Principal }) => {
      Principal.Service = "ec2.amazonaws.com";
    }),
  ],
  [
    "the trust does not let tag",
    "trust-refuses",
    trust((statement) => {
      statement.Action = "sts:AssumeRole";
    }),
  ],
  [
    "the trust is for another cluster",
    "trust-refuses",
    trust(({ Condition }) => {
      Condition.ArnEquals["aws:SourceArn"] += "-other";
    }),
  ],
  [
    "the trust is for every cluster",
    "trust-any-cluster",
    trust((statement) => delete statement.Condition),
  ],
  ["the policy is gone", "read-denied", (draft) => draft.remove(POLICY)],
  ["the policy has no statement", "read-denied", policy((statements) => statements.splice(0))],
  ["the policy does not let read", "read-denied", policy(([read]) => read.Action.splice(0, 1))],
  [
    "the policy does not let describe",
    "describe-denied",
    policy(([read]) => read.Action.splice(1, 1)),
  ],
  [
    "the policy names another secret",
    "read-denied",
    policy(([read]) => {
      read.Resource = read.Resource.map((arn: string) => arn.replace("orders", "others"));
    }),
  ],
  [
    "the policy names every secret",
    "resource-wildcard",
    policy(([read]) => {
      read.Resource = "*";
    }),
  ],
  [
    "the policy denies",
    "read-denied",
    policy((statements) => statements.push({ Effect: "Deny", NotAction: "s3:*", Resource: "*" })),
  ],
  [
    "the policy asks for what is not known",
    "identity-undecided",
    policy(([read]) => {
      read.Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    }),
  ],
  // The driver.
  [
    "an audience is missing",
    "token-audience-missing",
    set(RELEASE, [...DRIVER, "tokenRequests"], [{ audience: "sts.amazonaws.com" }]),
  ],
  [
    "the driver may not sync",
    "sync-not-enabled",
    set(RELEASE, [...DRIVER, "syncSecret", "enabled"], false),
  ],
  [
    "the driver is installed twice",
    "driver-installed-twice",
    (draft) => draft.copy(RELEASE, "again"),
  ],
  [
    "the provider tolerates nothing",
    "provider-tolerations-missing",
    set(RELEASE, ["values", "tolerations"], []),
  ],
  [
    "the interval is long",
    "rotation-interval-long",
    set(RELEASE, [...DRIVER, "rotationPollInterval"], "1h"),
  ],
  ["rotation is off", "rotation-off", set(RELEASE, [...DRIVER, "enableSecretRotation"], false)],
  [
    "a value stands at the wrong level",
    "values-misnested",
    set(RELEASE, ["values", "enableSecretRotation"], true),
  ],
  [
    "the cluster is old",
    "kubernetes-too-old",
    (draft) => draft.set(draft.first("eks:index:Cluster"), ["version"], "1.29"),
  ],
  // The database.
  ["the database is public", "database-public", set(INSTANCE, ["publiclyAccessible"], true)],
  [
    "the database is open to a range",
    "database-open-to-addresses",
    (draft) => draft.set(draft.first(":SecurityGroupIngressRule"), ["cidrIpv4"], "10.0.0.0/8"),
  ],
  [
    "TLS is not forced",
    "tls-not-forced",
    set("orders-parameters", ["parameters", 0, "value"], "0"),
  ],
  [
    "deletion protection is off",
    "database-unprotected",
    set(INSTANCE, ["deletionProtection"], false),
  ],
  [
    "Pulumi does not protect the database",
    "database-unprotected",
    (draft) => draft.unprotect(INSTANCE),
  ],
  [
    "Pulumi does not protect the secret",
    "database-unprotected",
    (draft) => draft.unprotect(SECRET),
  ],
  [
    "there is no final snapshot",
    "final-snapshot-missing",
    set(INSTANCE, ["skipFinalSnapshot"], true),
  ],
  [
    "the password may hold an @",
    "password-refused-by-rds",
    set("orders-password", ["special"], true),
  ],
  ["the password is short", "password-refused-by-rds", set(INSTANCE, ["password"], "short")],
];
