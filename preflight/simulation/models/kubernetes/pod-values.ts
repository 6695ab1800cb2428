import { type Rules, under } from "./checks";
import * as names from "./names";
import { quantity } from "./quantity";
import { oneOf } from "../value-rules";

// What the API server demands of each value of a pod template, whichever kind holds it.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go

const metadataRules: Rules = {
  "labels{key}": names.qualifiedName,
  "labels{}": names.labelValue,
  "annotations{key}": names.annotationKey,
  "annotations{}": names.text,
};

const identityRules: Rules = {
  runAsUser: names.whole(0),
  runAsGroup: names.whole(0),
  "seccompProfile.type": oneOf("RuntimeDefault", "Unconfined", "Localhost"),
};

const probeRules: Rules = {
  initialDelaySeconds: names.whole(0),
  timeoutSeconds: names.whole(0),
  periodSeconds: names.whole(0),
  successThreshold: names.whole(0),
  failureThreshold: names.whole(0),
  "httpGet.port": names.port,
  "httpGet.scheme": oneOf("HTTP", "HTTPS"),
  "tcpSocket.port": names.port,
  "grpc.port": names.portNumber,
};

// A probe that decides over a restart asks for one success alone.
const decidingProbeRules: Rules = { ...probeRules, successThreshold: names.whole(0, 1) };

const containerRules: Rules = {
  name: names.dnsLabel,
  image: names.text,
  imagePullPolicy: oneOf("Always", "IfNotPresent", "Never"),
  "command[]": names.text,
  "args[]": names.text,
  "ports[].name": names.portName,
  "ports[].containerPort": names.portNumber,
  "ports[].hostPort": names.whole(0, 65_535),
  "ports[].protocol": oneOf("TCP", "UDP", "SCTP"),
  "env[].name": names.environmentName,
  "env[].value": names.text,
  "env[].valueFrom.secretKeyRef.name": names.dnsSubdomain,
  "env[].valueFrom.secretKeyRef.key": names.dataKey,
  "env[].valueFrom.configMapKeyRef.name": names.dnsSubdomain,
  "env[].valueFrom.configMapKeyRef.key": names.dataKey,
  "volumeMounts[].subPath": names.pathInVolume,
  "envFrom[].secretRef.name": names.dnsSubdomain,
  "envFrom[].configMapRef.name": names.dnsSubdomain,
  "resources.requests{key}": names.qualifiedName,
  "resources.requests{}": quantity,
  "resources.limits{key}": names.qualifiedName,
  "resources.limits{}": quantity,
  ...under("securityContext", identityRules),
  ...under("readinessProbe", probeRules),
  ...under("livenessProbe", decidingProbeRules),
  ...under("startupProbe", decidingProbeRules),
};

/** Where a pod chooses files of what a volume is made of, and how they are called. */
export const VOLUME_ITEMS = [
  "volumes[].configMap.items[]",
  "volumes[].secret.items[]",
  "volumes[].projected.sources[].configMap.items[]",
  "volumes[].projected.sources[].secret.items[]",
];

/** The rules of a pod template's values, by their paths in it. */
export const podTemplateRules: Rules = {
  ...under("metadata", metadataRules),
  ...under("spec", {
    serviceAccountName: names.dnsSubdomain,
    restartPolicy: oneOf("Always"),
    dnsPolicy: oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    ...under("securityContext", identityRules),
    "securityContext.fsGroup": names.whole(0),
    "securityContext.supplementalGroups[]": names.whole(0),
    "topologySpreadConstraints[].maxSkew": names.whole(1),
    "topologySpreadConstraints[].topologyKey": names.qualifiedName,
    "topologySpreadConstraints[].whenUnsatisfiable": oneOf("DoNotSchedule", "ScheduleAnyway"),
    "volumes[].name": names.dnsLabel,
    "volumes[].configMap.defaultMode": names.fileMode,
    "volumes[].secret.defaultMode": names.fileMode,
    ...Object.fromEntries(VOLUME_ITEMS.map((items) => [`${items}.path`, names.fileInVolume])),
    "volumes[].csi.volumeAttributes{}": names.text,
    "volumes[].emptyDir.sizeLimit": quantity,
    ...under("containers[]", containerRules),
    ...under("initContainers[]", containerRules),
  }),
};
