import {
  asRecord,
  type Check,
  checks,
  distinct,
  isThere,
  oneAmong,
  recordsAt,
  requires,
} from "./checks";
import { VOLUME_ITEMS } from "./pod-values";
import { quantityOf } from "./quantity";
import type { Properties } from "../model";
import { inputValuesAt } from "../paths";
import { UNKNOWN } from "../../wire/unknown";

// What the API server demands of a pod template's values together, whichever kind holds it.
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
/** Where a pod has its containers. */
const CONTAINER_LISTS = ["containers", "initContainers"];

const ofContainer = (container: string): readonly Check[] => [
  requires(
    `${container}.name`,
    `${container}.image`,
    `${container}.ports[].containerPort`,
    `${container}.env[].name`,
    `${container}.env[].valueFrom?.secretKeyRef?.name`,
    `${container}.env[].valueFrom?.secretKeyRef?.key`,
    `${container}.env[].valueFrom?.configMapKeyRef?.name`,
    `${container}.env[].valueFrom?.configMapKeyRef?.key`,
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
  distinct(`${container}.ports`, "name"),
  distinct(`${container}.volumeMounts`, "mountPath"),
  requestsWithinLimits(`${container}.resources`),
];

/** What must agree within a pod template at a path. */
export function podTemplateCheck(template: string): Check {
  const spec = `${template}.spec`;
  return checks(
    requires(
      `${spec}.containers`,
      `${spec}.securityContext?.seccompProfile?.type`,
      `${spec}.topologySpreadConstraints[].maxSkew`,
      `${spec}.topologySpreadConstraints[].topologyKey`,
      `${spec}.topologySpreadConstraints[].whenUnsatisfiable`,
      `${spec}.volumes[].name`,
      `${spec}.volumes[].configMap?.name`,
      `${spec}.volumes[].secret?.secretName`,
      `${spec}.volumes[].csi?.driver`,
      ...VOLUME_ITEMS.flatMap((items) => [`${spec}.${items}.key`, `${spec}.${items}.path`]),
    ),
    distinct(`${spec}.containers`, "name"),
    distinct(`${spec}.volumes`, "name"),
    oneVolumeSource(`${spec}.volumes[]`),
    ...CONTAINER_LISTS.flatMap((list) => ofContainer(`${spec}.${list}[]`)),
    mountsOfVolumes(spec),
  );
}

/** A volume without a source is an empty directory, and none has two. */
const oneVolumeSource =
  (path: string): Check =>
  (inputs) =>
    recordsAt(inputs, path)
      .filter(({ record }) => sourcesOf(record).length > 1)
      .map(
        ({ path: volume, record }) =>
          `${volume} has ${sourcesOf(record).join(" and ")}, and must have one source`,
      );

const sourcesOf = (volume: Properties): readonly string[] =>
  Object.keys(volume).filter((key) => key !== "name" && isThere(volume[key]));

const mountsOfVolumes =
  (spec: string): Check =>
  (inputs) => {
    const [volumes] = inputValuesAt(inputs, `${spec}.volumes`);
    if (volumes?.value === UNKNOWN) return [];
    const items = inputValuesAt(inputs, `${spec}.volumes[]`);
    const known = inputValuesAt(inputs, `${spec}.volumes[].name`).map(({ value }) => value);
    if ([...items.map(({ value }) => value), ...known].includes(UNKNOWN)) return [];
    return CONTAINER_LISTS.flatMap((list) =>
      inputValuesAt(inputs, `${spec}.${list}[].volumeMounts[].name`)
        .filter(({ value }) => isThere(value) && !known.includes(value))
        .map(({ path }) => `${path} must name a volume of the pod`),
    );
  };

/** A request of another resource than these is seldom, and must equal its limit. */
const RESOURCES = ["cpu", "memory", "ephemeral-storage"];

function requestsWithinLimits(path: string): Check {
  return (inputs) =>
    recordsAt(inputs, path).flatMap(({ path: place, record: { requests, limits } }) =>
      RESOURCES.filter((name) => {
        const least = quantityOf(asRecord(requests)[name]);
        const most = quantityOf(asRecord(limits)[name]);
        return least !== undefined && most !== undefined && least > most;
      }).map((name) => `${place}.requests.${name} must not exceed ${place}.limits.${name}`),
    );
}
