import { type Case, empty, required } from "./cases";

const POD = "spec.template.spec";
const APP = `${POD}.containers[0]`;
const INIT = `${POD}.initContainers[0]`;
const PROJECTED = `${POD}.volumes[6].projected.sources`;
const EQUAL = `${APP}.resources.requests must equal the limits, but for cpu, memory, ephemeral-storage`;
const MISMATCH = "spec.template.metadata.labels: `selector` does not match template `labels`";

export const DEPLOYMENT: readonly Case[] = [
  required("spec.selector"),
  required("spec.selector.matchExpressions[0].key"),
  required("spec.selector.matchExpressions[0].operator"),
  empty("spec.selector.matchExpressions[1].values", []),
  [
    { "spec.selector.matchExpressions[0].values": ["web"] },
    "spec.selector.matchExpressions[0].values must be absent where " +
      "spec.selector.matchExpressions[0].operator is Exists",
  ],
  ...[
    { key: "tier", operator: "DoesNotExist" },
    { key: "other", operator: "Exists" },
    { key: "tier", operator: "NotIn", values: ["db", "web"] },
    { key: "tier", operator: "In", values: ["db"] },
    { key: "other", operator: "In", values: ["db"] },
  ].map((expression): Case => [{ "spec.selector.matchExpressions[0]": expression }, MISMATCH]),
  ...[
    { "spec.minReadySeconds": 600 },
    { "spec.minReadySeconds": 600, "spec.progressDeadlineSeconds": undefined },
    { "spec.progressDeadlineSeconds": 0 },
  ].map((changes): Case => [
    changes,
    "spec.progressDeadlineSeconds must be more than minReadySeconds",
  ]),
  ...[undefined, {}, { nameservers: [] }].map((dnsConfig): Case => [
    { [`${POD}.dnsPolicy`]: "None", [`${POD}.dnsConfig`]: dnsConfig },
    `${POD}.dnsConfig.nameservers must not be empty where dnsPolicy is None`,
  ]),
  required(`${APP}.env[3].valueFrom.fieldRef.fieldPath`),
  empty(`${APP}.env[3].valueFrom.fieldRef.fieldPath`, ""),
  required(`${APP}.env[5].valueFrom.resourceFieldRef.resource`),
  required(`${APP}.envFrom[0].secretRef.name`),
  empty(`${APP}.envFrom[1].configMapRef.name`, ""),
  [
    { [`${APP}.envFrom[1]`]: {} },
    `${APP}.envFrom[1] must have exactly one of secretRef, configMapRef`,
  ],
  [
    { [`${APP}.envFrom[1].secretRef`]: { name: "api" } },
    `${APP}.envFrom[1] must have exactly one of secretRef, configMapRef`,
  ],
  [
    { [`${INIT}.restartPolicy`]: undefined },
    ...["readinessProbe", "livenessProbe", "startupProbe"].map(
      (probe) => `${INIT}.${probe} must be absent where ${INIT}.restartPolicy is not Always`,
    ),
  ],
  [
    { [`${POD}.initContainers[4].lifecycle`]: { preStop: { sleep: { seconds: 1 } } } },
    `${POD}.initContainers[4].lifecycle must be absent where ` +
      `${POD}.initContainers[4].restartPolicy is not Always`,
  ],
  [
    { [`${POD}.initContainers[4].name`]: "init-b" },
    `${POD}.initContainers[4].name must be unique in the list`,
  ],
  [{ [`${APP}.args[1]`]: null }, `${APP}.args[1] must not be null`],
  [{ [`${POD}.containers[4]`]: null }, `${POD}.containers[4] must not be null`],
  [{ "spec.selector": {} }, "spec.selector must not be empty"],
  [{ "spec.selector": { matchLabels: {} } }, "spec.selector must not be empty"],
  [{ "spec.selector.matchLabels.tier": "db" }, MISMATCH],
  [{ "spec.selector.matchLabels.other": "web" }, MISMATCH],
  [{ "spec.template.metadata.labels": undefined }, MISMATCH],
  [
    { "spec.strategy.type": "Recreate" },
    "spec.strategy.rollingUpdate must be absent where spec.strategy.type is Recreate",
  ],
  [
    { "spec.strategy.rollingUpdate.maxSurge": "0%" },
    "spec.strategy.rollingUpdate.maxUnavailable must not be 0 where maxSurge is 0",
  ],
  [{ "spec.template": undefined }, `${POD}.containers: Required value`, MISMATCH],
  [{ spec: undefined }, "spec.selector: Required value", `${POD}.containers: Required value`],
  empty(`${POD}.containers`, []),
  ...["name", "image"].flatMap((key) => [required(`${APP}.${key}`), empty(`${INIT}.${key}`, "")]),
  required(`${APP}.ports[0].containerPort`),
  required(`${APP}.env[0].name`),
  required(`${APP}.env[1].valueFrom.secretKeyRef.name`),
  required(`${APP}.env[1].valueFrom.secretKeyRef.key`),
  required(`${APP}.env[2].valueFrom.configMapKeyRef.name`),
  required(`${INIT}.env[2].valueFrom.configMapKeyRef.key`),
  [{ [`${APP}.env[1].value`]: "text" }, `${APP}.env[1] must have at most one of value, valueFrom`],
  [
    { [`${APP}.env[1].valueFrom.configMapKeyRef`]: { name: "a", key: "b" } },
    `${APP}.env[1].valueFrom must have exactly one of ` +
      "fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef",
  ],
  [
    { [`${APP}.env[1].valueFrom`]: {} },
    `${APP}.env[1].valueFrom must have exactly one of ` +
      "fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef",
  ],
  [{ [`${APP}.ports[1].name`]: "http" }, `${APP}.ports[1].name must be unique in the list`],
  required(`${APP}.volumeMounts[0].name`),
  required(`${APP}.volumeMounts[0].mountPath`),
  [
    { [`${APP}.volumeMounts[0].name`]: "secret5" },
    `${APP}.volumeMounts[0].name must name a volume of the pod`,
  ],
  [
    { [`${INIT}.volumeMounts[1].mountPath`]: "/mnt/secrets" },
    `${INIT}.volumeMounts[1].mountPath must be unique in the list`,
  ],
  [
    { [`${APP}.resources.requests.cpu`]: "1501m" },
    `${APP}.resources.requests.cpu must not exceed ${APP}.resources.limits.cpu`,
  ],
  [
    { [`${INIT}.resources.limits.memory`]: "1Gi" },
    `${INIT}.resources.requests.memory must not exceed ${INIT}.resources.limits.memory`,
  ],
  [{ [`${APP}.resources.requests.example%com/gpu`]: "3" }, EQUAL],
  [{ [`${APP}.resources.limits.example%com/gpu`]: undefined }, EQUAL],
  [{ [`${APP}.resources.requests.hugepages-2Mi`]: "4Mi" }, EQUAL],
  [
    {
      [`${APP}.resources.requests.example%com/gpu`]: "0.5",
      [`${APP}.resources.limits.example%com/gpu`]: 0.5,
    },
    `${APP}.resources.requests must be whole numbers of extended resources`,
    `${APP}.resources.limits must be whole numbers of extended resources`,
  ],
  required(`${APP}.securityContext.seccompProfile.type`),
  required(`${POD}.securityContext.seccompProfile.type`),
  required(`${APP}.readinessProbe.httpGet.port`),
  required(`${APP}.livenessProbe.tcpSocket.port`),
  required(`${APP}.startupProbe.grpc.port`),
  [
    { [`${APP}.readinessProbe.httpGet`]: undefined, [`${APP}.readinessProbe.exec`]: {} },
    `${APP}.readinessProbe.exec.command: Required value`,
  ],
  [
    { [`${APP}.livenessProbe.tcpSocket`]: undefined },
    `${APP}.livenessProbe must have exactly one of exec, httpGet, tcpSocket, grpc`,
  ],
  [
    { [`${APP}.startupProbe.tcpSocket`]: { port: 1 } },
    `${APP}.startupProbe must have exactly one of exec, httpGet, tcpSocket, grpc`,
  ],
  ...["maxSkew", "topologyKey", "whenUnsatisfiable"].map((key) =>
    required(`${POD}.topologySpreadConstraints[0].${key}`),
  ),
  ...["key", "operator"].map((key) =>
    required(`${POD}.topologySpreadConstraints[0].labelSelector.matchExpressions[0].${key}`),
  ),
  required(`${POD}.volumes[4].name`),
  required(`${POD}.volumes[0].csi.driver`),
  required(`${POD}.volumes[1].configMap.name`),
  required(`${POD}.volumes[2].secret.secretName`),
  ...[
    "volumes[1].configMap",
    "volumes[2].secret",
    "volumes[6].projected.sources[0].configMap",
    "volumes[6].projected.sources[1].secret",
  ].flatMap((source) => [
    required(`${POD}.${source}.items[0].key`),
    empty(`${POD}.${source}.items[0].path`, ""),
  ]),
  [
    { [`${POD}.volumes[3].hostPath`]: { path: "/" } },
    `${POD}.volumes[3] has emptyDir and hostPath, and must have one source`,
  ],
  required(`${PROJECTED}[0].configMap.name`),
  empty(`${PROJECTED}[1].secret.name`, ""),
  required(`${PROJECTED}[2].serviceAccountToken.path`),
  required(`${PROJECTED}[3].downwardAPI.items[1].resourceFieldRef.containerName`),
  [
    { [`${PROJECTED}[3].downwardAPI.items[0].fieldRef`]: undefined },
    `${PROJECTED}[3].downwardAPI.items[0] must have exactly one of fieldRef, resourceFieldRef`,
  ],
  [
    { [`${PROJECTED}[0].secret`]: { name: "api" } },
    `${PROJECTED}[0] must have at most one of configMap, secret, downwardAPI, ` +
      "serviceAccountToken, clusterTrustBundle, podCertificate",
  ],
  [
    { [`${PROJECTED}[1].secret.items[0].path`]: "tls/ca..pem" },
    `${PROJECTED}[1].secret.items[0].path must be unique in the volume`,
  ],
  [
    { [`${PROJECTED}[2].serviceAccountToken.path`]: "tls/other.pem" },
    `${PROJECTED}[2].serviceAccountToken.path must be unique in the volume`,
  ],
  required(`${POD}.volumes[5].downwardAPI.items[0].fieldRef.fieldPath`),
  [{ [`${POD}.volumes[4].name`]: "work" }, `${POD}.volumes[4].name must be unique in the list`],
  [
    { [`${POD}.containers[1].name`]: "app" },
    `${POD}.containers[1].name must be unique in the list`,
  ],
];
