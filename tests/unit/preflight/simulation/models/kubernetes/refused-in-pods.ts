import {
  type Refused,
  SUBDOMAIN,
  characters,
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

const FIELDS =
  "metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.host, " +
  "spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, " +
  "metadata.labels['KEY'], metadata.annotations['KEY']";
const RESOURCE = "must be a limit or request of the container, such as limits.memory";
const RESOURCES =
  "must be one of cpu, memory, ephemeral-storage, or an extended resource such as example.com/gpu";

const filesOfFields: Examples = {
  "items[].path": fileInVolume,
  "items[].fieldRef.fieldPath": [
    [
      "spec.nodeName",
      "must be one of metadata.name, metadata.namespace, metadata.uid, metadata.labels, " +
        "metadata.annotations, metadata.labels['KEY'], metadata.annotations['KEY']",
    ],
  ],
  "items[].resourceFieldRef.resource": [["memory", RESOURCE]],
};

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

/** With the errors that follow where the selector has to match. */
export const selector = (...also: readonly string[]): Examples => ({
  "matchExpressions[].key": alongWith(key.slice(0, 1), ...also),
  "matchExpressions[].operator": [["Equals", oneOf("In", "NotIn", "Exists", "DoesNotExist")]],
  "matchExpressions[].values[]": alongWith(labelValue.slice(0, 1), ...also),
});
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
  "env[].valueFrom.fieldRef.fieldPath": [
    "spec.name",
    "metadata.labels",
    "metadata.labels['a b']",
  ].map((path) => [path, `must be one of ${FIELDS}`]),
  "env[].valueFrom.resourceFieldRef.resource": [["memory", RESOURCE]],
  "envFrom[].prefix": [["A=", "must be printable ASCII characters without '='"]],
  "envFrom[].secretRef.name": subdomain,
  "envFrom[].configMapRef.name": subdomain,
  "resources.requests{key}": [...key, ["gpu", RESOURCES]],
  "resources.requests{}": quantity,
  "resources.limits{key}": [...key, ["gpu", RESOURCES]],
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

/** With what is wrong as well where labels have to match a selector. */
const pod = (restartPolicy: readonly Refused[], ...also: readonly string[]): Examples => ({
  ...under("metadata", {
    ...labels,
    "labels{key}": alongWith(key, ...also),
    "labels{}": alongWith(labelValue, ...also),
  }),
  ...under("spec", {
    serviceAccountName: subdomain,
    restartPolicy,
    dnsPolicy: [["Cluster", oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")]],
    ...under("securityContext", identity),
    "securityContext.fsGroup": natural,
    "securityContext.supplementalGroups[]": natural,
    "topologySpreadConstraints[].maxSkew": [[0, whole(1)]],
    "topologySpreadConstraints[].topologyKey": text,
    "topologySpreadConstraints[].whenUnsatisfiable": [
      ["Ignore", oneOf("DoNotSchedule", "ScheduleAnyway")],
    ],
    ...under("topologySpreadConstraints[].labelSelector", selector()),
    ...under("topologySpreadConstraints[]", {
      "labelSelector.matchLabels{key}": key,
      "labelSelector.matchLabels{}": labelValue,
    }),
    "volumes[].name": alongWith(label, ...unmounted("containers"), ...unmounted("initContainers")),
    "volumes[].configMap.defaultMode": [[0o1000, whole(0, 0o777)]],
    "volumes[].secret.defaultMode": [[0o1000, whole(0, 0o777)]],
    "volumes[].configMap.items[].path": fileInVolume,
    "volumes[].secret.items[].path": fileInVolume,
    "volumes[].projected.sources[].configMap.items[].path": fileInVolume,
    "volumes[].projected.sources[].secret.items[].path": fileInVolume,
    ...under("volumes[].downwardAPI", filesOfFields),
    ...under("volumes[].projected.sources[].downwardAPI", filesOfFields),
    "volumes[].projected.sources[].serviceAccountToken.path": fileInVolume,
    "volumes[].projected.sources[].serviceAccountToken.expirationSeconds": [
      [599, whole(600, 4_294_967_296)],
    ],
    "volumes[].csi.driver": [
      ["a_b", SUBDOMAIN.replace("lower-case ", "")],
      ["a".repeat(64), characters(1, 63)],
    ],
    "volumes[].csi.volumeAttributes{}": text,
    "volumes[].emptyDir.sizeLimit": quantity,
    ...under("containers[]", container(quantity.slice(0, 2))),
    ...under("initContainers[]", container(quantity.slice(0, 2))),
    "initContainers[].restartPolicy": alongWith(
      [["Sometimes", oneOf("Always", "Never", "OnFailure")]],
      ...["readinessProbe", "livenessProbe", "startupProbe"].map(
        (probe) =>
          `spec.template.spec.initContainers[0].${probe} must be absent where ` +
          "spec.template.spec.initContainers[0].restartPolicy is not Always",
      ),
    ),
  }),
});

export const lastingPod = pod([["Never", oneOf("Always")]], MISMATCH);
export const endingPod = pod([["Always", oneOf("Never", "OnFailure")]]);
