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
    { plant: (draft) => draft.set(DEPLOYMENT, [...CONTAINER, "image"], UNKNOWN) },
    { plant: variables({ name: "X", value: UNKNOWN }) },
  ],
});
