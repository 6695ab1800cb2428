import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "./draft";
import { describeRule } from "./examples";

const DEPLOYMENT = "orders-api-deployment";
const LABEL = "Deployment orders/orders-api";
const POD = ["spec", "template", "spec"] as const;
const CONTAINER = [...POD, "containers", 0] as const;
const ENV = [...CONTAINER, "env"] as const;
const FROM_SECRET = {
  name: "DB_HOST",
  valueFrom: { secretKeyRef: { name: "orders-api-env", key: "DB_HOST" } },
};
const variables =
  (...list: readonly object[]) =>
  (draft: Draft) =>
    draft.edit(DEPLOYMENT, ENV, (env: Json) => [...list, ...env]);
const isSecrets = ({ name }: { readonly name: string }) => name === "secrets";

// Source of the case: usekaneo/kaneo 1309 and kubernetes/kubernetes 34968.
describeRule("variable-not-expanded", {
  finds: [
    {
      plant: variables({ name: "URL", value: "postgres://$(DB_USERNAME)@db" }),
      messages: [
        `the variable URL of ${LABEL} uses $(DB_USERNAME), which is defined later and stays unexpanded`,
      ],
    },
    // The host is known only after the update, the order of the variables before.
    {
      plant: variables({ name: "URL", value: `postgres://$(DB_USERNAME)@${HOLE}/orders` }),
      messages: [
        `the variable URL of ${LABEL} uses $(DB_USERNAME), which is defined later and stays unexpanded`,
      ],
    },
    {
      plant: variables({ name: "PATH", value: "$(PATH):/app" }),
      messages: [
        `the variable PATH of ${LABEL} uses $(PATH), which is defined later and stays unexpanded`,
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.edit(DEPLOYMENT, ENV, (env: Json) => [
          ...env,
          { name: "URL", value: "postgres://$(DB_USERNAME)@db" },
        ]),
    },
    // Meant literally: nothing of that name is defined, or the dollar is doubled.
    { plant: variables({ name: "HINT", value: "$(date) $$(DB_USERNAME)" }) },
  ],
});

describeRule("class-mounted-twice", {
  finds: [
    {
      plant: (draft) =>
        draft.edit(DEPLOYMENT, [...POD, "volumes"], (volumes: Json) => [
          ...volumes,
          { ...volumes.find(isSecrets), name: "again" },
        ]),
      messages: [`${LABEL} mounts the class orders-api by 2 volumes: secrets, again`],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.edit(DEPLOYMENT, [...CONTAINER, "volumeMounts"], (mounts: Json) => [
          ...mounts,
          { ...mounts.find(isSecrets), mountPath: "/again" },
        ]),
    },
  ],
});

const CSI = [...POD, "volumes", 0, "csi"] as const;

describeRule("volume-driver-unknown", {
  finds: [
    {
      plant: (draft) => draft.set(DEPLOYMENT, [...CSI, "driver"], "secrets-store.csi.x-k8s.io"),
      messages: [
        `the volume secrets of the class orders-api in ${LABEL} is for the CSI driver "secrets-store.csi.x-k8s.io", and the driver is called secrets-store.csi.k8s.io`,
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(DEPLOYMENT, [...CSI, "driver"], UNKNOWN) },
    // Of other drivers nothing is known.
    { plant: (draft) => draft.set(DEPLOYMENT, CSI, { driver: "efs.csi.aws.com" }) },
  ],
});

describeRule("volume-without-class", {
  finds: [
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...CSI, "volumeAttributes"], { secretProvider: "orders-api" }),
      messages: [
        `the volume secrets of ${LABEL} names no class: it has no attribute secretProviderClass, but secretProvider`,
      ],
    },
    {
      plant: (draft) => draft.set(DEPLOYMENT, [...CSI, "volumeAttributes"], undefined),
      messages: [
        `the volume secrets of ${LABEL} names no class: it has no attribute secretProviderClass`,
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(DEPLOYMENT, [...CSI, "volumeAttributes"], UNKNOWN) },
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...CSI, "volumeAttributes", "secretProviderClass"], UNKNOWN),
    },
  ],
});

const bySubPath = (draft: Draft) =>
  draft.edit(DEPLOYMENT, [...CONTAINER, "volumeMounts"], (mounts: Json) => [
    ...mounts,
    { name: "secrets", mountPath: "/db-name", subPath: "db-name", readOnly: true },
  ]);

// Source of the case: kubernetes-sigs/secrets-store-csi-driver 680 and 908.
describeRule("sub-path-not-updated", {
  finds: [
    {
      plant: bySubPath,
      messages: [
        `the container app of ${LABEL} mounts db-name of the volume secrets by subPath and never sees it rotate`,
      ],
    },
    {
      plant: (draft) =>
        bySubPath(draft).add("aws:secretsmanager/secretRotation:SecretRotation", "schedule", {
          secretId: "prod/orders",
        }),
      messages: [
        `the container app of ${LABEL} mounts db-name of the volume secrets by subPath and keeps what the secret prod/orders held at its start, until it rotates and after`,
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        bySubPath(draft).set(
          "secrets-release",
          ["values", "secrets-store-csi-driver", "enableSecretRotation"],
          false,
        ),
    },
  ],
});

const WRITES =
  '"secret.json", "DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD", "db-name" and "pg_service.conf"';
const mountOf = (subPath: object) => (draft: Draft) =>
  draft.edit(DEPLOYMENT, [...CONTAINER, "volumeMounts"], (mounts: Json) => [
    ...mounts,
    { name: "secrets", mountPath: "/one", readOnly: true, ...subPath },
  ]);

describeRule("sub-path-missing", {
  finds: [
    {
      plant: mountOf({ subPath: "db-nam" }),
      messages: [
        `the container app of ${LABEL} mounts db-nam of the volume secrets by subPath, which SecretProviderClass orders/orders-api does not write; it writes ${WRITES}`,
      ],
    },
  ],
  passes: [
    { plant: bySubPath },
    { plant: mountOf({ subPathExpr: "$(POD_NAME)" }) },
    // What a refused class writes is told by nobody.
    {
      plant: (draft) =>
        mountOf({ subPath: "db-nam" })(draft).objects(([object]) => delete object.objectType),
    },
  ],
});

const PATH = "/mnt/secrets-store";
const notWritten = (where: string, file: string) =>
  `${where} of the container app of ${LABEL} names ${PATH}/${file}, which SecretProviderClass orders/orders-api does not write; it writes ${WRITES}`;
const says =
  (...args: readonly string[]) =>
  (draft: Draft) =>
    draft.set(DEPLOYMENT, [...CONTAINER, "args"], args);

describeRule("file-not-mounted", {
  finds: [
    {
      plant: variables({ name: "DB_PASSWORD_FILE", value: `${PATH}/password` }),
      messages: [notWritten("the variable DB_PASSWORD_FILE", "password")],
    },
    {
      plant: says(
        "sh",
        "-c",
        `export P=$(cat ${PATH}/pass.txt) U=$(cat ${PATH}/DB_USERNAME); exec app`,
      ),
      messages: [notWritten("the command", "pass.txt")],
    },
    {
      plant: variables({ name: "URL", value: `file://${PATH}/url` }),
      messages: [notWritten("the variable URL", "url")],
    },
  ],
  passes: [
    { plant: variables({ name: "DB_PASSWORD_FILE", value: `${PATH}/DB_PASSWORD` }) },
    { plant: variables({ name: "SECRETS", value: `${PATH}/` }) },
    // What a shell or the app completes is no name of a file, and other paths are not the mount's.
    { plant: says(`cat ${PATH}/*.txt ${PATH}/$NAME ${PATH}/db-$X /x${PATH}/y ${PATH}-old/y`) },
    // Another volume is mounted there.
    {
      plant: (draft) =>
        variables({ name: "CA", value: `${PATH}/ca/bundle.pem` })(draft).edit(
          DEPLOYMENT,
          [...CONTAINER, "volumeMounts"],
          (mounts: Json) => [...mounts, { name: "ca", mountPath: `${PATH}/ca` }],
        ),
    },
  ],
});

const closed = (mode: string) => (draft: Draft) =>
  draft.objects(([object]) => {
    object.jmesPath[0].filePermission = mode;
  });
const runAs =
  (context: object, pod: object = {}) =>
  (draft: Draft) =>
    closed("0400")(draft)
      .set(DEPLOYMENT, [...POD, "securityContext"], pod)
      .set(DEPLOYMENT, [...CONTAINER, "securityContext"], context);
const UNREADABLE = `the container app of ${LABEL} is not root and cannot read "DB_HOST" (0400) of the volume secrets`;

// Source of the case: aws/secrets-store-csi-driver-provider-aws 222.
describeRule("file-unreadable", {
  finds: [
    { plant: runAs({ runAsUser: 1000 }), messages: [UNREADABLE] },
    { plant: runAs({}, { runAsNonRoot: true, fsGroup: 1000 }), messages: [UNREADABLE] },
    // A whole secret has the name of its file, or its own.
    ...[["login", "login"] as const, [undefined, "prod/orders"] as const].map(([alias, file]) => ({
      plant: (draft: Draft) =>
        runAs({ runAsUser: 1000 })(draft).objects((objects) => {
          const { objectName, objectType } = objects[0];
          objects[0] = { objectName, objectType, objectAlias: alias, filePermission: "0400" };
        }),
      messages: [UNREADABLE.replace("DB_HOST", file)],
    })),
  ],
  passes: [
    { plant: closed("0444") },
    { plant: runAs({}) },
    { plant: runAs({ runAsUser: 0 }, { runAsUser: 1000 }) },
  ],
});

describeRule("pod-on-windows", {
  finds: [
    ...[{ nodeSelector: { "kubernetes.io/os": "windows" } }, { os: { name: "windows" } }].map(
      (more) => ({
        plant: (draft: Draft) => draft.edit(DEPLOYMENT, POD, (pod: Json) => ({ ...pod, ...more })),
        messages: [
          `${LABEL} is for nodes with Windows and mounts SecretProviderClass orders/orders-api`,
        ],
      }),
    ),
  ],
  passes: [
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...POD, "nodeSelector"], { "kubernetes.io/os": "linux" }),
    },
  ],
});

describeRule("optional-secret-late", {
  finds: [
    {
      plant: variables({
        name: "LATE",
        valueFrom: { secretKeyRef: { ...FROM_SECRET.valueFrom.secretKeyRef, optional: true } },
      }),
      messages: [
        `the container app of ${LABEL} may start without LATE: it is optional, and the driver makes the Secret orders-api-env only after the mount`,
      ],
    },
  ],
  passes: [
    {
      plant: variables({
        name: "LATE",
        valueFrom: { secretKeyRef: { name: "of-somebody-else", key: "x", optional: true } },
      }),
    },
  ],
});

const initContainer = (container: object) => (draft: Draft) =>
  draft.set(
    DEPLOYMENT,
    [...POD, "initContainers"],
    [{ name: "migrate", image: "x", ...container }],
  );

describeRule("init-container-waits", {
  finds: [
    {
      plant: initContainer({ env: [FROM_SECRET] }),
      messages: [
        `the init container migrate of ${LABEL} waits for the Secret orders-api-env, which the driver makes only after the mount`,
      ],
    },
    {
      plant: initContainer({ env: [FROM_SECRET], restartPolicy: "Always" }),
      messages: [
        `the sidecar migrate of ${LABEL} waits for the Secret orders-api-env, which the driver makes only after the mount`,
      ],
    },
  ],
  passes: [{ plant: initContainer({ env: [{ name: "MODE", value: "once" }] }) }],
});

const late = (...parts: readonly string[]) =>
  `cannot tell whether the pods of ${LABEL} start: ${parts.join(" and ")} ${parts.length > 1 ? "are" : "is"} known only after the update`;

describeRule("pod-undecided", {
  finds: [
    {
      plant: (draft) =>
        draft.add("kubernetes:apps/v1:DeploymentPatch", "patch", {
          metadata: { name: "of-a-chart", namespace: "shop" },
        }),
      messages: [
        "cannot tell whether the pods start that DeploymentPatch shop/of-a-chart changes: the rest of them is not in this program",
      ],
    },
    { plant: (draft) => draft.set(DEPLOYMENT, POD, UNKNOWN), messages: [late("the pods' spec")] },
    {
      plant: (draft) => draft.set(DEPLOYMENT, [...POD, "volumes"], UNKNOWN),
      messages: [late("volumes")],
    },
    {
      plant: (draft) => draft.set(DEPLOYMENT, [...POD, "serviceAccountName"], UNKNOWN),
      messages: [late("serviceAccountName")],
    },
    {
      plant: variables({ name: "X", valueFrom: { secretKeyRef: { name: UNKNOWN, key: "x" } } }),
      messages: [late("the Secret of the variable X")],
    },
    {
      plant: (draft) =>
        draft
          .set(
            DEPLOYMENT,
            [...POD, "volumes", 0, "csi", "volumeAttributes", "secretProviderClass"],
            UNKNOWN,
          )
          .set(DEPLOYMENT, [...CONTAINER, "envFrom"], UNKNOWN),
      messages: [late("envFrom", "the class of the volume secrets")],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.add("kubernetes:core/v1:ConfigMapPatch", "patch", { metadata: { name: "x" } }),
    },
    { plant: (draft) => draft.set(DEPLOYMENT, [...CONTAINER, "image"], UNKNOWN) },
    { plant: variables({ name: "X", value: UNKNOWN }) },
  ],
});
