import {
  type Check,
  checks,
  distinct,
  isThere,
  oneAmong,
  recordsAt,
  requires,
  type Rules,
  under,
} from "./checks";
import { fieldRules, variableFieldCheck } from "./fields";
import * as names from "./names";
import { resourceRules, resourcesCheck } from "./resources";
import { oneOf } from "../value-rules";
import { UNKNOWN } from "../../wire/unknown";

// What the API server demands of each container of a pod.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go

const PROBES = ["readinessProbe", "livenessProbe", "startupProbe"];
const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"];
const VALUE_SOURCES = [
  "fieldRef",
  "resourceFieldRef",
  "configMapKeyRef",
  "secretKeyRef",
  "fileKeyRef",
];

/** Whom a process runs as; of a container or of all of a pod. */
export const identityRules: Rules = {
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

/** The rules of a container's values. */
export const containerRules: Rules = {
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
  ...under("env[].valueFrom", fieldRules("variable")),
  "envFrom[].prefix": names.environmentName,
  "envFrom[].secretRef.name": names.namePrefix,
  "envFrom[].configMapRef.name": names.namePrefix,
  "volumeMounts[].subPath": names.pathInVolume,
  ...under("resources", resourceRules),
  ...under("securityContext", identityRules),
  ...under("readinessProbe", probeRules),
  ...under("livenessProbe", decidingProbeRules),
  ...under("startupProbe", decidingProbeRules),
};

/** What must agree within each container at a path. */
export const containerCheck = (container: string): Check =>
  checks(
    requires(
      `${container}.name`,
      `${container}.image`,
      `${container}.ports[].containerPort`,
      `${container}.env[].name`,
      ...["secretKeyRef", "configMapKeyRef"].flatMap((source) => [
        `${container}.env[].valueFrom?.${source}?.name`,
        `${container}.env[].valueFrom?.${source}?.key`,
      ]),
      `${container}.envFrom[].secretRef?.name`,
      `${container}.envFrom[].configMapRef?.name`,
      `${container}.volumeMounts[].name`,
      `${container}.volumeMounts[].mountPath`,
      `${container}.securityContext?.seccompProfile?.type`,
      ...PROBES.flatMap((probe) => [
        `${container}.${probe}?.exec?.command`,
        `${container}.${probe}?.httpGet?.port`,
        `${container}.${probe}?.tcpSocket?.port`,
        `${container}.${probe}?.grpc?.port`,
      ]),
    ),
    ...PROBES.map((probe) => oneAmong(`${container}.${probe}`, HANDLERS)),
    oneAmong(`${container}.env[]`, ["value", "valueFrom"], 0),
    oneAmong(`${container}.env[].valueFrom`, VALUE_SOURCES),
    variableFieldCheck(`${container}.env[].valueFrom?`),
    oneAmong(`${container}.envFrom[]`, ["secretRef", "configMapRef"]),
    distinct(`${container}.ports`, "name"),
    distinct(`${container}.volumeMounts`, "mountPath"),
    resourcesCheck(`${container}.resources`),
  );

/** What only a sidecar has: an init container that runs as long as the pod. */
const OF_SIDECARS = [...PROBES, "lifecycle"];

/**
 * An init container runs to its end, so that nothing is to be probed, unless it is a sidecar.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export const initContainerCheck =
  (container: string): Check =>
  (inputs) =>
    recordsAt(inputs, container)
      .filter(({ record }) => record.restartPolicy !== "Always" && record.restartPolicy !== UNKNOWN)
      .flatMap(({ path, record }) =>
        OF_SIDECARS.filter((property) => isThere(record[property])).map(
          (property) =>
            `${path}.${property} must be absent where ${path}.restartPolicy is not Always`,
        ),
      );
