import {
  type Refused,
  whole,
  oneOf,
  type Examples,
  under,
  alongWith,
  text,
  subdomain,
  label,
  key,
  labelValue,
  dataKey,
  portName,
  portNumber,
  port,
  natural,
  quantity,
  protocol,
} from "./forms";

export const labels: Examples = {
  "labels{key}": key,
  "labels{}": labelValue,
  "annotations{key}": key.filter(([value]) => value !== "A.com/b"),
  "annotations{}": text,
};
export const metadata = (name: readonly Refused[]): Examples =>
  under("metadata", { name, ...labels });
export const namespaced = (name = subdomain): Examples => ({
  ...metadata(name),
  "metadata.namespace": label,
});

const descending: readonly Refused[] = ["/etc", "..", "../../../escaped", "a/../b", "a/.."].map(
  (path) => [path, "must be a relative path without '..' in it"],
);
const fileInVolume: readonly Refused[] = [...descending, ["..data", "must not start with '..'"]];

const identity: Examples = {
  runAsUser: natural,
  runAsGroup: natural,
  "seccompProfile.type": [["Default", oneOf("RuntimeDefault", "Unconfined", "Localhost")]],
};
const probe = (successThreshold: readonly Refused[]): Examples => ({
  initialDelaySeconds: natural,
  timeoutSeconds: natural,
  periodSeconds: natural,
  successThreshold,
  failureThreshold: natural,
  "httpGet.port": port,
  "httpGet.scheme": [["ftp", oneOf("HTTP", "HTTPS")]],
  "tcpSocket.port": port,
  "grpc.port": portNumber.slice(1),
});

export const selector: Examples = {
  "matchExpressions[].key": key.slice(0, 1),
  "matchExpressions[].operator": [["Equals", oneOf("In", "NotIn", "Exists", "DoesNotExist")]],
};
export const matchLabels = (...also: readonly string[]): Examples => ({
  "selector.matchLabels{key}": alongWith(key, ...also),
  "selector.matchLabels{}": alongWith(labelValue, ...also),
});

const container = (limits: readonly Refused[]): Examples => ({
  name: label,
  image: text,
  imagePullPolicy: [["Sometimes", oneOf("Always", "IfNotPresent", "Never")]],
  "command[]": text,
  "args[]": text,
  "ports[].name": portName,
  "ports[].containerPort": portNumber,
  "ports[].hostPort": [[-1, whole(0, 65_535)]],
  "ports[].protocol": protocol,
  "env[].name": [
    ["A=B", "must be printable ASCII characters without '='"],
    ["Ä", "must be printable ASCII characters without '='"],
  ],
  "env[].value": text,
  "env[].valueFrom.secretKeyRef.name": subdomain,
  "env[].valueFrom.secretKeyRef.key": dataKey,
  "env[].valueFrom.configMapKeyRef.name": subdomain,
  "env[].valueFrom.configMapKeyRef.key": dataKey,
  "volumeMounts[].subPath": descending,
  "envFrom[].secretRef.name": subdomain,
  "envFrom[].configMapRef.name": subdomain,
  "resources.requests{key}": key,
  "resources.requests{}": quantity,
  "resources.limits{key}": key,
  "resources.limits{}": limits,
  ...under("securityContext", identity),
  ...under("readinessProbe", probe(natural)),
  ...under("livenessProbe", probe([[2, whole(0, 1)]])),
  ...under("startupProbe", probe([[2, whole(0, 1)]])),
});

export const MISMATCH =
  "spec.template.metadata.labels: `selector` does not match template `labels`";
const unmounted = (list: string): readonly string[] =>
  [0, 1].map(
    (mount) =>
      `spec.template.spec.${list}[0].volumeMounts[${mount}].name must name a volume of the pod`,
  );

export const pod: Examples = {
  ...under("metadata", {
    ...labels,
    "labels{key}": alongWith(key, MISMATCH),
    "labels{}": alongWith(labelValue, MISMATCH),
  }),
  ...under("spec", {
    serviceAccountName: subdomain,
    restartPolicy: [["Never", oneOf("Always")]],
    dnsPolicy: [["Cluster", oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")]],
    ...under("securityContext", identity),
    "securityContext.fsGroup": natural,
    "securityContext.supplementalGroups[]": natural,
    "topologySpreadConstraints[].maxSkew": [[0, whole(1)]],
    "topologySpreadConstraints[].topologyKey": key.slice(0, 1),
    "topologySpreadConstraints[].whenUnsatisfiable": [
      ["Ignore", oneOf("DoNotSchedule", "ScheduleAnyway")],
    ],
    "volumes[].name": alongWith(label, ...unmounted("containers"), ...unmounted("initContainers")),
    "volumes[].configMap.defaultMode": [[0o1000, whole(0, 0o777)]],
    "volumes[].secret.defaultMode": [[0o1000, whole(0, 0o777)]],
    "volumes[].configMap.items[].path": fileInVolume,
    "volumes[].secret.items[].path": fileInVolume,
    "volumes[].projected.sources[].configMap.items[].path": fileInVolume,
    "volumes[].projected.sources[].secret.items[].path": fileInVolume,
    "volumes[].csi.volumeAttributes{}": text,
    "volumes[].emptyDir.sizeLimit": quantity,
    ...under("containers[]", container(quantity.slice(0, 2))),
    ...under("initContainers[]", container(quantity.slice(0, 2))),
  }),
};
