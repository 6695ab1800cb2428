import * as assert from "node:assert/strict";
import type { StackVariant } from "../../preflight/doctor/programs";
import {
  ownCluster,
  type Plant,
  podIdentityAgent,
  policy,
  type Refusal,
  refusal,
  ROLE,
  ROLE_POLICY,
} from "./pods";

const VOLUME = 'MountVolume.SetUp failed for volume "secrets" : ';
const MOUNT =
  `${VOLUME}rpc error: code = Unknown desc = failed to mount secrets store objects for pod ` +
  "orders/orders-api, err: ";
const PROVIDER = `${MOUNT}rpc error: code = Unknown desc = `;
const MASKED =
  `${PROVIDER}Failed to fetch secret from all regions. Verify secret exists and required ` +
  "permissions are granted for: prod/orders";
const FETCHING =
  "eu-central-1: Failed fetching secret prod/orders: operation error Secrets Manager: GetSecretValue, ";
const CREDENTIALS =
  "get identity: get credentials: failed to refresh cached credentials, failed to ";
const BAD_REQUEST = "https response error StatusCode: 400, RequestID: <REQUEST_ID>, ";
const TRIES = "exceeded maximum number of attempts, 3, ";

const failedMount = (message: string, ...log: readonly string[]): Refusal => ({
  reason: "FailedMount",
  message,
  log,
});

const noSecret: Refusal = {
  reason: "CreateContainerConfigError",
  message: 'Error: secret "orders-api-env" not found',
  log: [],
};

interface Case {
  readonly variant?: StackVariant;
  readonly plant: Plant;
  readonly expected: Refusal | undefined;
}

const CASES: Readonly<Record<string, Case>> = {
  "has no Pod Identity association": {
    plant: (draft) => draft.remove("orders-api-pod-identity"),
    expected: failedMount(
      `${PROVIDER}${FETCHING}${CREDENTIALS}load credentials, : [<REQUEST_ID>]: ` +
        "(ResourceNotFoundException): No pod identity association found for orders/orders-api, " +
        "fault: client",
    ),
  },
  "has an association for another ServiceAccount": {
    plant: (draft) => draft.set("orders-api-pod-identity", ["serviceAccount"], "other"),
    expected: failedMount(
      `${PROVIDER}${FETCHING}${CREDENTIALS}load credentials, : [<REQUEST_ID>]: ` +
        "(ResourceNotFoundException): No pod identity association found for orders/orders-api, " +
        "fault: client",
    ),
  },
  "has a role that does not trust Pod Identity": {
    plant: (draft) => draft.set(ROLE, ["assumeRolePolicy"], policy()),
    expected: failedMount(
      `${PROVIDER}${FETCHING}${CREDENTIALS}load credentials, : [<REQUEST_ID>]: ` +
        "(AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume " +
        "the associated role., fault: client",
    ),
  },
  "finds no Pod Identity agent in a cluster of the stack": {
    plant: ownCluster,
    expected: failedMount(
      MASKED,
      `W: ${FETCHING}${TRIES}${CREDENTIALS}load credentials, ${TRIES}: request send failed, ` +
        'Get "http://169.254.170.23/v1/credentials": dial tcp 169.254.170.23:80: i/o timeout',
    ),
  },
  "has no role annotation, which IRSA needs": {
    variant: "IRSA and Helm",
    plant: (draft) => draft.set("orders-api-service-account", ["metadata", "annotations"], {}),
    expected: failedMount(
      `${PROVIDER}An IAM role must be associated with service account orders-api (namespace: orders)`,
    ),
  },
  "has a role that trusts another ServiceAccount's tokens": {
    variant: "IRSA and Helm",
    plant: (draft) =>
      draft.edit(ROLE, ["assumeRolePolicy"], (trust: string) =>
        trust.replace("serviceaccount:orders:orders-api", "serviceaccount:orders:other"),
      ),
    expected: failedMount(
      MASKED,
      `W: ${FETCHING}${CREDENTIALS}retrieve credentials, operation error STS: ` +
        "AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: <REQUEST_ID>, " +
        "api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
  },
  "may not use the key of the secret": {
    plant: (draft) =>
      draft.json(ROLE_POLICY, ["policy"], (read) => {
        read.Statement.pop();
      }),
    expected: failedMount(
      MASKED,
      `W: ${FETCHING}${BAD_REQUEST}api error AccessDeniedException: Access to KMS is not allowed`,
    ),
  },
  "finds no driver in a cluster of the stack": {
    plant: (draft) => ownCluster(podIdentityAgent(draft.remove("secrets-release"))),
    expected: failedMount(
      `${VOLUME}kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name ` +
        "secrets-store.csi.k8s.io not found in the list of registered CSI drivers",
    ),
  },
  "finds the driver, but not its AWS provider, in a cluster of the stack": {
    plant: (draft) =>
      ownCluster(
        podIdentityAgent(draft.set("secrets-release", ["chart"], "secrets-store-csi-driver")),
      ),
    expected: failedMount(
      `${MOUNT}error connecting to provider "aws": provider not found: provider "aws"`,
    ),
  },
  "names a class of another provider": {
    plant: (draft) => draft.set("orders-api-secrets", ["spec", "provider"], "azure"),
    expected: failedMount(
      `${MOUNT}error connecting to provider "azure": provider not found: provider "azure"`,
    ),
  },
  "names a class that is not there": {
    plant: (draft) => draft.remove("orders-api-secrets"),
    expected: failedMount(
      `${VOLUME}rpc error: code = Unknown desc = failed to get secretproviderclass ` +
        "orders/orders-api, error: SecretProviderClass.secrets-store.csi.x-k8s.io " +
        '"orders-api" not found',
    ),
  },
  "mounts a volume that is not read-only": {
    plant: (draft) =>
      draft.set("orders-api-deployment", [...VOLUMES, 0, "csi", "readOnly"], undefined),
    expected: failedMount(
      `${VOLUME}rpc error: code = InvalidArgument desc = Readonly is not true in request`,
    ),
  },
  "is in a cluster whose driver gets no tokens": {
    plant: (draft) =>
      draft.set(
        "secrets-release",
        ["values", "secrets-store-csi-driver", "tokenRequests"],
        [{ audience: "sts.amazonaws.com" }],
      ),
    expected: failedMount(
      `${PROVIDER}Pod Identity token extraction failed: token for audience ` +
        '"pods.eks.amazonaws.com" not found - ensure tokenRequests includes this audience in CSIDriver',
    ),
  },
  "takes a variable from a Secret that the driver may not write": {
    plant: (draft) =>
      draft.set(
        "secrets-release",
        ["values", "secrets-store-csi-driver", "syncSecret", "enabled"],
        false,
      ),
    expected: noSecret,
  },
  "takes a variable from a Secret, and nothing gives the add-on's driver the right to write it": {
    variant: "Pod Identity and the add-on",
    plant: (draft) =>
      draft
        .remove("secrets-sync-role-binding")
        .json("secrets-addon", ["configurationValues"], (values) => {
          delete values["secrets-store-csi-driver"].syncSecret;
        }),
    expected: noSecret,
  },
  "takes a variable from a key that the Secret has not": {
    plant: (draft) =>
      draft.set(
        "orders-api-deployment",
        [...CONTAINERS, 0, "env", 0, "valueFrom", "secretKeyRef", "key"],
        "DB_SOCKET",
      ),
    expected: {
      reason: "CreateContainerConfigError",
      message: "Error: couldn't find key DB_SOCKET in Secret orders-api-env",
      log: [],
    },
  },
  "has a second container whose variables cannot be had": {
    plant: (draft) =>
      draft.set("orders-api-deployment", [...CONTAINERS, 1], {
        name: "sidecar",
        envFrom: [{ secretRef: { name: "sidecar" } }],
      }),
    expected: {
      reason: "CreateContainerConfigError",
      message: 'Error: secret "sidecar" not found',
      log: [],
    },
  },
  "mounts a ConfigMap that is not there": {
    plant: (draft) => draft.remove("orders-api-rds-ca"),
    expected: failedMount(
      'MountVolume.SetUp failed for volume "ca-bundle" : configmap "orders-api-rds-ca" not found',
    ),
  },
  "names a ServiceAccount that is not there": {
    plant: (draft) => draft.remove("orders-api-service-account"),
    expected: {
      reason: "FailedCreate",
      message:
        'pods "orders-api-" is forbidden: error looking up service account orders/orders-api: ' +
        'serviceaccount "orders-api" not found',
      log: [],
    },
  },
  "names a ServiceAccount of another namespace": {
    plant: (draft) => draft.set("orders-api-service-account", ["metadata", "namespace"], "billing"),
    expected: {
      reason: "FailedCreate",
      message:
        'pods "orders-api-" is forbidden: error looking up service account orders/orders-api: ' +
        'serviceaccount "orders-api" not found',
      log: [],
    },
  },
  "asks for what the local kubelet has no notion of": {
    plant: (draft) =>
      draft
        .set("orders-api-deployment", [...VOLUMES, 2], { name: "logs", hostPath: { path: "/" } })
        .set("orders-api-deployment", [...VOLUMES, 3], {
          name: "token",
          projected: { sources: [{ serviceAccountToken: { path: "token" } }] },
        })
        .set("orders-api-deployment", [...CONTAINERS, 0, "volumeMounts", 2], {
          ...{ name: "secrets", mountPath: "/app", subPathExpr: "$(DB_HOST)" },
        })
        .set("orders-api-deployment", [...CONTAINERS, 0, "env", 4], {
          name: "MEMORY",
          valueFrom: { resourceFieldRef: { resource: "limits.memory" } },
        }),
    expected: {
      reason: "NotSupported",
      message:
        "the local kubelet does not support volumes of hostPath ('logs'), " +
        "volumes of projected serviceAccountToken ('token'), subPathExpr (volume 'secrets'), " +
        "resourceFieldRef (variable 'MEMORY')",
      log: [],
    },
  },
  "reads a secret that is nowhere": {
    plant: (draft) =>
      draft
        .set(ROLE_POLICY, ["policy"], policy({ Effect: "Allow", Action: "*", Resource: "*" }))
        .objects((objects) => (objects[0].objectName = "prod/nothing")),
    expected: failedMount(
      `${PROVIDER}eu-central-1: Failed fetching secret prod/nothing: operation error Secrets ` +
        `Manager: GetSecretValue, ${BAD_REQUEST}ResourceNotFoundException: ` +
        "Secrets Manager can't find the specified secret.",
    ),
  },
};

const POD = ["spec", "template", "spec"] as const;
const VOLUMES = [...POD, "volumes"] as const;
const CONTAINERS = [...POD, "containers"] as const;

describe("a pod of the local cloud", () => {
  for (const [title, { expected, ...situation }] of Object.entries(CASES)) {
    it(`is refused as on a cluster when it ${title}`, async () => {
      assert.deepEqual(await refusal(situation), expected);
    });
  }

  it("starts in a cluster of the stack that has the driver and the agent", async () => {
    const plant: Plant = (draft) => ownCluster(podIdentityAgent(draft));
    assert.equal(await refusal({ plant }), undefined);
    assert.equal(await refusal({ plant, variant: "Pod Identity and the add-on" }), undefined);
  });

  it("needs no agent add-on on EKS Auto Mode", async () => {
    const plant: Plant = (draft) =>
      draft.add("aws:eks/cluster:Cluster", "prod", {
        name: "prod",
        computeConfig: { enabled: true },
      });
    assert.equal(await refusal({ plant }), undefined);
  });

  it("needs no agent for IRSA", async () => {
    assert.equal(await refusal({ plant: ownCluster, variant: "IRSA and Helm" }), undefined);
  });

  it("needs nothing of the stack's in a cluster that exists", async () => {
    const plant: Plant = (draft) => draft.remove("secrets-release");
    assert.equal(await refusal({ plant }), undefined);
  });
});
