import { holdsEnvelope, isSecretEnvelope, unwrapSecrets } from "../wire/envelopes";

/** A value inside a resource's inputs. */
export interface InputValue {
  /** In the engine's syntax, e.g. `spec.containers[0].image`. */
  readonly path: string;
  readonly value: unknown;
  /** Whether it is in a secret envelope, or inside a value that is, or holds one. */
  readonly secret: boolean;
}

/**
 * The values under a path whose steps are parted by dots, with `[]` for every item of a list, e.g.
 * `spec.containers[].image`; `{}` stands for every value of a map and `{key}` for every key, e.g.
 * `metadata.labels{}`. What is absent is left out; envelopes are opened.
 */
export function inputValuesAt(inputs: unknown, path: string): readonly InputValue[] {
  let found: readonly InputValue[] = [opened({ path: "", value: inputs, secret: false })];
  for (const step of stepsOf(path)) {
    const inner = found.flatMap((value) => within(value, step));
    if (inner.length === 0) return [];
    found = inner;
  }
  return found.map(openedInside);
}

/** Steps of paths, which are few and asked for with every resource. */
const known = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (steps === undefined) {
    steps = path.replaceAll(/(?=\[\]|\{)/g, ".").split(".");
    known.set(path, steps);
  }
  return steps;
}

function within({ path, value, secret }: InputValue, step: string): readonly InputValue[] {
  if (typeof value !== "object" || value === null) return [];
  const at = (inner: string, item: unknown): readonly InputValue[] =>
    item === undefined || item === null ? [] : [opened({ path: inner, value: item, secret })];
  switch (step) {
    case "[]":
      if (!Array.isArray(value)) return [];
      return value.flatMap((item: unknown, index) => at(`${path}[${index}]`, item));
    case "{}":
    case "{key}":
      return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
        // The keys of a secret map may tell as much as its values.
        at(`${path}[${secret ? "…" : JSON.stringify(key)}]`, step === "{}" ? item : key),
      );
    default:
      return at(
        path === "" ? step : `${path}.${step}`,
        (value as Readonly<Record<string, unknown>>)[step],
      );
  }
}

function opened({ path, value, secret }: InputValue): InputValue {
  return isSecretEnvelope(value)
    ? { path, value: value.value, secret: true }
    : { path, value, secret };
}

const openedInside = (found: InputValue): InputValue =>
  holdsEnvelope(found.value)
    ? { ...found, value: unwrapSecrets(found.value), secret: true }
    : found;
