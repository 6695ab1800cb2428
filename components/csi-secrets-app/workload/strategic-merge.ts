import { isRecord } from "../../shared/checks";

type Values = Readonly<Record<string, unknown>>;

/** Says in an object what becomes of the one it is merged with: `delete`, `replace` or `merge`. */
export const DIRECTIVE = "$patch";

/** A merge key, and what the API server takes where it is left out. */
type MergeKey = readonly [name: string, whenAbsent?: string];

/**
 * Lists that are merged item by item, by the fields that tell their items apart. Every other list is
 * replaced as a whole, `tolerations` and `command` among them. None of these names means two things
 * in a Deployment.
 *
 * @see https://github.com/kubernetes/api/blob/v0.34.0/core/v1/types.go `patchMergeKey`
 */
const MERGE_KEYS: Readonly<Record<string, readonly MergeKey[]>> = {
  containers: [["name"]],
  initContainers: [["name"]],
  ephemeralContainers: [["name"]],
  volumes: [["name"]],
  imagePullSecrets: [["name"]],
  schedulingGates: [["name"]],
  resourceClaims: [["name"]],
  hostAliases: [["ip"]],
  topologySpreadConstraints: [["topologyKey"], ["whenUnsatisfiable"]],
  env: [["name"]],
  ports: [["containerPort"], ["protocol", "TCP"]],
  volumeMounts: [["mountPath"]],
  volumeDevices: [["devicePath"]],
};

/** The fields by which the items of a list are merged; `undefined` where it is replaced as a whole. */
export const mergeKeysOf = (list: string): readonly string[] | undefined =>
  Object.hasOwn(MERGE_KEYS, list) ? MERGE_KEYS[list]?.map(([name]) => name) : undefined;

/**
 * A Deployment, or a part of it, with a partial one merged into it strategically: objects by their
 * fields, the lists of `MERGE_KEYS` by their items, where new ones come last; `null` removes a field
 * and `$patch` an object or an item. What is known late is one value, as a number is.
 *
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
export function strategicMerge(base: Values, overlay: Values): Values {
  const { [DIRECTIVE]: directive, ...fields } = overlay;
  const result: Record<string, unknown> = directive === "replace" ? {} : { ...base };
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null || isDeletion(value)) {
      Reflect.deleteProperty(result, name);
      continue;
    }
    const before = Object.hasOwn(result, name) ? result[name] : undefined;
    result[name] = merged(name, before, value);
  }
  return result;
}

const isDeletion = (value: unknown): boolean => isRecord(value) && value[DIRECTIVE] === "delete";

function merged(name: string, before: unknown, value: unknown): unknown {
  if (isRecord(value)) return strategicMerge(isRecord(before) ? before : {}, value);
  const keys = MERGE_KEYS[name];
  return Array.isArray(value) && keys !== undefined && Object.hasOwn(MERGE_KEYS, name)
    ? mergedList(keys, Array.isArray(before) ? before : [], value)
    : value;
}

/** An item that is nothing but `$patch: replace` has the others replace the list. */
function mergedList(
  keys: readonly MergeKey[],
  before: readonly unknown[],
  overlay: readonly unknown[],
): readonly unknown[] {
  const replacesAll = overlay.some(isReplacementOfAll);
  const result: unknown[] = replacesAll ? [] : [...before];
  for (const item of overlay) {
    if (isReplacementOfAll(item)) continue;
    const position = result.findIndex((other) => isSameItem(keys, other, item));
    if (isDeletion(item)) {
      if (position >= 0) result.splice(position, 1);
      continue;
    }
    if (!isRecord(item)) {
      result.push(item);
      continue;
    }
    const other = result[position];
    const mergedItem = strategicMerge(isRecord(other) ? other : {}, item);
    result.splice(position < 0 ? result.length : position, 1, mergedItem);
  }
  return result;
}

const isReplacementOfAll = (item: unknown): boolean =>
  isRecord(item) && item[DIRECTIVE] === "replace" && Object.keys(item).length === 1;

const isSameItem = (keys: readonly MergeKey[], one: unknown, other: unknown): boolean =>
  isRecord(one) &&
  isRecord(other) &&
  keys.every(([name, whenAbsent]) => (one[name] ?? whenAbsent) === (other[name] ?? whenAbsent));
