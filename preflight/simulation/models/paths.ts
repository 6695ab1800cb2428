import { holdsEnvelope, isSecretEnvelope, unwrapSecrets } from "../wire/envelopes";

/** A value inside a resource's inputs. */
export interface InputValue {
  /** In the engine's syntax, e.g. `spec.containers[0].image`. */
  readonly path: string;
  readonly value: unknown;
  /** Whether it is in a secret envelope, or inside a value that is, or holds one. */
  readonly secret: boolean;
}

/** What is done with each value that is found: it, and which of the paths leads to it. */
export type Visit = (index: number, found: InputValue) => void;

/** Paths as a tree of their steps, so that what they share is walked once. */
export interface PathTree {
  readonly step: string;
  /** Which of the paths end here. */
  readonly ends: number[];
  readonly next: PathTree[];
}

/**
 * The values under a path whose steps are parted by dots, with `[]` for every item of a list, e.g.
 * `spec.containers[].image`; `{}` stands for every value of a map and `{key}` for every key, e.g.
 * `metadata.labels{}`. An empty path is the inputs themselves. What is absent is left out; envelopes are
 * opened.
 */
export function inputValuesAt(inputs: unknown, path: string): readonly InputValue[] {
  return valuesAt(inputs, path).map(openedInside);
}

/** As `inputValuesAt`, but for envelopes that the values hold. */
export function valuesAt(inputs: unknown, path: string): readonly InputValue[] {
  const found: InputValue[] = [];
  let tree = known.get(path);
  if (tree === undefined) known.set(path, (tree = pathTree([path])));
  visitValues(inputs, tree, (_index, value) => found.push(value));
  return found;
}

/** Trees of single paths, which are few and asked for with every resource. */
const known = new Map<string, PathTree>();

export function pathTree(paths: readonly string[]): PathTree {
  const root: PathTree = { step: "", ends: [], next: [] };
  for (const [index, path] of paths.entries()) {
    let tree = root;
    for (const step of stepsOf(path)) {
      let next = tree.next.find((each) => each.step === step);
      if (next === undefined) tree.next.push((next = { step, ends: [], next: [] }));
      tree = next;
    }
    tree.ends.push(index);
  }
  return root;
}

const stepsOf = (path: string): readonly string[] =>
  path === "" ? [] : path.replaceAll(/(?=\[\]|\{)/g, ".").split(".");

/** Visits the values under each path of the tree, in one walk through the inputs. */
export function visitValues(inputs: unknown, tree: PathTree, visit: Visit): void {
  walk(tree, "", inputs, false, visit);
}

function walk(
  { ends, next }: PathTree,
  path: string,
  given: unknown,
  inSecret: boolean,
  visit: Visit,
): void {
  const isEnvelope = isSecretEnvelope(given);
  const value = isEnvelope ? given.value : given;
  const secret = inSecret || isEnvelope;
  for (const index of ends) visit(index, { path, value, secret });
  if (typeof value !== "object" || value === null) return;
  for (const tree of next) {
    const { step } = tree;
    if (step === "[]") {
      if (!Array.isArray(value)) continue;
      for (const [index, item] of value.entries()) {
        if (isThere(item)) walk(tree, `${path}[${index}]`, item, secret, visit);
      }
    } else if (step === "{}" || step === "{key}") {
      for (const [key, item] of Object.entries(value)) {
        // The keys of a secret map may tell as much as its values.
        const place = `${path}[${secret ? "…" : JSON.stringify(key)}]`;
        if (step === "{key}") walk(tree, place, key, secret, visit);
        else if (isThere(item)) walk(tree, place, item, secret, visit);
      }
    } else {
      const item = (value as Readonly<Record<string, unknown>>)[step];
      if (isThere(item)) walk(tree, path === "" ? step : `${path}.${step}`, item, secret, visit);
    }
  }
}

const isThere = (item: unknown): boolean => item !== undefined && item !== null;

/** The value with the envelopes that it holds opened. */
export const openedInside = (found: InputValue): InputValue =>
  holdsEnvelope(found.value)
    ? { ...found, value: unwrapSecrets(found.value), secret: true }
    : found;
