import { type Case, empty, required } from "./cases";

const POD = "spec.template.spec";
const APP = `${POD}.containers[0]`;
const INIT = `${POD}.initContainers[0]`;
const MISMATCH = "spec.template.metadata.labels: `selector` does not match template `labels`";

export const DEPLOYMENT: readonly Case[] = [
  required("spec.selector"),
  required("spec.selector.matchExpressions[0].key"),
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
  required(`${POD}.volumes[4].name`),
  required(`${POD}.volumes[0].csi.driver`),
  required(`${POD}.volumes[1].configMap.name`),
  required(`${POD}.volumes[2].secret.secretName`),
  ...[
    "volumes[1].configMap",
    "volumes[2].secret",
    "volumes[5].projected.sources[0].configMap",
    "volumes[5].projected.sources[1].secret",
  ].flatMap((source) => [
    required(`${POD}.${source}.items[0].key`),
    empty(`${POD}.${source}.items[0].path`, ""),
  ]),
  [
    { [`${POD}.volumes[3].hostPath`]: { path: "/" } },
    `${POD}.volumes[3] has emptyDir and hostPath, and must have one source`,
  ],
  [{ [`${POD}.volumes[4].name`]: "work" }, `${POD}.volumes[4].name must be unique in the list`],
  [
    { [`${POD}.containers[1].name`]: "app" },
    `${POD}.containers[1].name must be unique in the list`,
  ],
];
