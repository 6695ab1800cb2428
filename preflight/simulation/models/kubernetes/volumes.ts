import {
  type Check,
  checks,
  distinct,
  isThere,
  oneAmong,
  recordsAt,
  requires,
  type Rules,
} from "./checks";
import { fieldCheck, fieldRules } from "./fields";
import * as names from "./names";
import { quantity } from "./quantity";
import type { Properties } from "../model";
import { inputValuesAt } from "../paths";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";

// What the API server demands of a pod's volumes.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go

const SOURCES = "volumes[].projected.sources[]";

/** Where a pod chooses files of what a volume is made of, and how they are called. */
const ITEMS = [
  "volumes[].configMap.items[]",
  "volumes[].secret.items[]",
  `${SOURCES}.configMap.items[]`,
  `${SOURCES}.secret.items[]`,
  `${SOURCES}.downwardAPI.items[]`,
  "volumes[].downwardAPI.items[]",
];

const isOfFields = (items: string): boolean => items.includes("downwardAPI");

/** The kinds of sources that a projected volume may have. */
const PROJECTED = [
  ...["configMap", "secret", "downwardAPI", "serviceAccountToken", "clusterTrustBundle"],
  "podCertificate",
];

/** The rules of the volumes' values, by their paths in a pod. */
export const volumeRules: Rules = {
  "volumes[].name": names.dnsLabel,
  "volumes[].configMap.defaultMode": names.fileMode,
  "volumes[].secret.defaultMode": names.fileMode,
  ...Object.fromEntries(ITEMS.map((items) => [`${items}.path`, names.fileInVolume])),
  ...Object.fromEntries(
    ITEMS.filter(isOfFields).flatMap((items) =>
      Object.entries(fieldRules("volume")).map(([path, rule]) => [`${items}.${path}`, rule]),
    ),
  ),
  [`${SOURCES}.serviceAccountToken.path`]: names.fileInVolume,
  [`${SOURCES}.serviceAccountToken.expirationSeconds`]: names.whole(600, 2 ** 32),
  "volumes[].csi.driver": names.driverName,
  "volumes[].csi.volumeAttributes{}": names.text,
  "volumes[].emptyDir.sizeLimit": quantity,
};

/** What must agree within the volumes of the pod at a path. */
export function volumesCheck(pod: string): Check {
  const needed = [
    "volumes[].name",
    "volumes[].configMap?.name",
    "volumes[].secret?.secretName",
    "volumes[].csi?.driver",
    `${SOURCES}.configMap?.name`,
    `${SOURCES}.secret?.name`,
    `${SOURCES}.serviceAccountToken?.path`,
    ...ITEMS.flatMap((items) =>
      isOfFields(items) ? [`${items}.path`] : [`${items}.key`, `${items}.path`],
    ),
  ];
  return checks(
    requires(...needed.map((path) => `${pod}.${path}`)),
    distinct(`${pod}.volumes`, "name"),
    oneVolumeSource(`${pod}.volumes[]`),
    oneAmong(`${pod}.${SOURCES}`, PROJECTED, 0),
    ...ITEMS.filter(isOfFields).map((items) => fieldCheck(`${pod}.${items}`)),
    distinctFiles(`${pod}.volumes[].projected`),
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

/** No two sources of a projected volume write the same file. */
const distinctFiles =
  (projected: string): Check =>
  (inputs) =>
    recordsAt(inputs, projected).flatMap(({ path: volume, record }) => {
      const seen = new Set<unknown>();
      return recordsAt(record, "sources[]")
        .flatMap(({ path, record: source }) =>
          PROJECTED.flatMap((kind) =>
            [`${kind}.items[].path`, `${kind}.path`].flatMap((file) =>
              inputValuesAt(source, file).map((found) => ({
                ...found,
                path: `${path}.${found.path}`,
              })),
            ),
          ),
        )
        .filter(({ value }) => value !== "" && value !== UNKNOWN && !holdsUnknown(value))
        .filter(({ value }) => seen.size === seen.add(value).size)
        .map(({ path }) => `${volume}.${path} must be unique in the volume`);
    });
