import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../preflight/simulation/wire/unknown";
import { at } from "../../preflight/simulation/wire/values";
import {
  isRecord,
  type Properties,
  type ResourceModel,
} from "../../preflight/simulation/models/model";

export interface PropertyChange {
  /** In the engine's syntax, e.g. `spec.template.containers[0].image`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface ResourceDiff {
  readonly changes: readonly PropertyChange[];
  readonly deleteBeforeReplace: boolean;
}

/** As in the AWS provider, this input lists the names that the provider chose. */
export const DEFAULTS = "__defaults";

/**
 * The changes between the recorded and the new inputs of a resource, and whether they replace it. Both
 * sides without secret envelopes.
 */
export function resourceDiff(
  model: ResourceModel,
  olds: Properties,
  news: Properties,
): ResourceDiff {
  const changes = changesBetween("", olds, news)
    .filter(({ path }) => !path.startsWith(DEFAULTS))
    .map((change) => ({ path: change.path, kind: change.kind, replaces: replaces(model, change) }));
  const identity = identifyingProperties(model, news);
  const keepsIdentity = identity.length > 0 && !changes.some(({ path }) => identity.includes(path));
  return {
    changes,
    deleteBeforeReplace:
      changes.some((change) => change.replaces) &&
      (keepsIdentity || model.deleteBeforeReplace === true),
  };
}

/** A name that the program sets is in use until the old resource is deleted. */
function identifyingProperties(model: ResourceModel, news: Properties): readonly string[] {
  if (model.namedBy !== undefined) return model.namedBy;
  if (model.autoName === undefined) return [];
  const defaults = news[DEFAULTS];
  const chosen = Array.isArray(defaults) && defaults.includes(model.autoName.property);
  return chosen ? [] : [model.autoName.property];
}

function replaces(
  { replaceOn = [], replaceOnRemoval = [] }: ResourceModel,
  { path, kind, value }: Change,
): boolean {
  if (kind === "delete" && replaceOnRemoval.includes(path)) return true;
  return replaceOn.some(
    (rule) =>
      path === rule ||
      path.startsWith(`${rule}.`) ||
      path.startsWith(`${rule}[`) ||
      (kind !== "update" && rule.startsWith(`${path}.`) && has(value, rule.slice(path.length + 1))),
  );
}

/** Whether a block that comes or goes as a whole has a member. */
const has = (value: unknown, path: string): boolean => at(value, ...path.split(".")) !== undefined;

interface Change extends Omit<PropertyChange, "replaces"> {
  /** What comes or goes; of an update, nothing. */
  readonly value?: unknown;
}

function changesBetween(path: string, before: unknown, after: unknown): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add", value: after }];
  if (after === undefined) return [{ path, kind: "delete", value: before }];
  if (after !== UNKNOWN && isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => changesBetween(step(path, key), before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      changesBetween(`${path}[${index}]`, before[index], after[index]),
    ).flat();
  }
  return [{ path, kind: "update" }];
}

function step(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
