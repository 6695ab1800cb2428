import { type Check, checks, oneAmong, requires, type Rules } from "./checks";
import * as names from "./names";
import type { ValueRule } from "../value-rules";

// Fields of its own pod that a variable or a file is filled from.
// https://kubernetes.io/docs/concepts/workloads/pods/downward-api/

const METADATA = ["metadata.name", "metadata.namespace", "metadata.uid"];
const FIELDS = {
  variable: [
    ...METADATA,
    ...["spec.nodeName", "spec.host", "spec.serviceAccountName"],
    ...["status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"],
  ],
  volume: [...METADATA, "metadata.labels", "metadata.annotations"],
};

const ONE_OF_A_MAP = /^metadata\.(labels|annotations)\['(.*)'\]$/;

const fieldPath =
  (fields: readonly string[]): ValueRule =>
  (value) => {
    const [, map, key] = ONE_OF_A_MAP.exec(String(value)) ?? [];
    const isKey = map === "labels" ? names.qualifiedName : names.annotationKey;
    const isField = key === undefined ? fields.includes(String(value)) : !isKey(key);
    return isField
      ? undefined
      : `must be one of ${fields.join(", ")}, metadata.labels['KEY'], metadata.annotations['KEY']`;
  };

const resource: ValueRule = (value) =>
  /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(String(value))
    ? undefined
    : "must be a limit or request of the container, such as limits.memory";

/** The rules of what fills a variable or a file from the pod's fields. */
export const fieldRules = (filled: keyof typeof FIELDS): Rules => ({
  "fieldRef.fieldPath": fieldPath(FIELDS[filled]),
  "resourceFieldRef.resource": resource,
});

const needed = (path: string): Check =>
  requires(`${path}.fieldRef?.fieldPath`, `${path}.resourceFieldRef?.resource`);

/** What must be there where a variable is filled from a field. */
export const variableFieldCheck = needed;

/** What must agree where a file is filled from a field. */
export const fieldCheck = (items: string): Check =>
  checks(
    oneAmong(items, ["fieldRef", "resourceFieldRef"]),
    needed(items),
    requires(`${items}.resourceFieldRef?.containerName`),
  );
