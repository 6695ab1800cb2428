import { stringify } from "yaml";
import { SIGNATURE_KEY } from "../../../simulation/wire/envelopes";
import { isUnknownText } from "../../../simulation/wire/unknown";
import { byText, recordOf } from "../../../simulation/wire/values";
import type { PlannedResource } from "../../inventory";
import { nameOf } from "../../../simulation/wire/urn";

/** Inputs of all resources together, in characters, that are written out one by one. */
const WRITTEN_OUT_UP_TO = 500_000;

/** What is shown of a resource where it is opened. */
export interface ResourceText {
  /** Inputs as YAML; with `like`, those that differ, by their paths. */
  readonly yaml: string;
  readonly like?: SimilarResource;
}

/** Another resource that has the same inputs, with one name in the place of another. */
export interface SimilarResource {
  readonly resource: PlannedResource;
  readonly name: string;
  readonly becomes: string;
}

/**
 * The inputs of each resource that has some, by URN. Where it is too much to write all of them out,
 * those that repeat for each app are told by what differs.
 */
export function resourceTexts(
  resources: readonly PlannedResource[],
  limit = WRITTEN_OUT_UP_TO,
): ReadonlyMap<string, ResourceText> {
  const texts = new Map<string, ResourceText>();
  for (const { urn, inputs } of resources) {
    if (Object.keys(inputs).length > 0) texts.set(urn, { yaml: yamlOf(inputs) });
  }
  const size = [...texts.values()].reduce((sum, { yaml }) => sum + yaml.length, 0);
  return size <= limit ? texts : withSimilarResources(resources, texts);
}

function withSimilarResources(
  resources: readonly PlannedResource[],
  texts: ReadonlyMap<string, ResourceText>,
): ReadonlyMap<string, ResourceText> {
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  // What a component's resources are called after.
  const stem = ({ parent, name }: PlannedResource): string => byUrn.get(parent ?? "")?.name ?? name;
  const firsts = new Map<string, PlannedResource>();
  const lean = new Map<string, ResourceText>();
  for (const resource of resources) {
    const text = texts.get(resource.urn);
    if (text === undefined) continue;
    const first = firsts.get(resource.type);
    if (first === undefined) firsts.set(resource.type, resource);
    const like = first && { resource: first, name: stem(first), becomes: stem(resource) };
    const yaml = like && differences(resource, like);
    lean.set(
      resource.urn,
      like === undefined || yaml === undefined || yaml.length * 2 > text.yaml.length
        ? text
        : { yaml, like },
    );
  }
  return lean;
}

/** What is not the same as in the other resource, a line for each. */
function differences(
  { inputs }: PlannedResource,
  { resource, name, becomes }: SimilarResource,
): string {
  // Within longer words it is not the name.
  const whole = new RegExp(`(?<![A-Za-z0-9])${escapedPattern(name)}(?![A-Za-z0-9])`, "g");
  const renamed = (text: string): string => text.replace(whole, () => becomes);
  const leaves = new Map(leavesOf(inputs));
  const others = new Map(
    leavesOf(resource.inputs).map(([path, leaf]) => [renamed(path), renamed(leaf)]),
  );
  return [...new Set([...leaves.keys(), ...others.keys()])]
    .filter((path) => leaves.get(path) !== others.get(path))
    .map((path) => `${path}: ${leaves.get(path) ?? "not set"}`)
    .join("\n");
}

const escapedPattern = (text: string): string => text.replace(/[^a-z0-9_]/gi, "\\$&");

/** Every plain value in it with the path to it, also within JSON texts. */
function leavesOf(value: unknown, path = ""): readonly (readonly [string, string])[] {
  const inner = typeof value === "string" ? (jsonIn(value) ?? value) : value;
  const isTree = typeof inner === "object" && inner !== null;
  const entries = isTree ? Object.entries(readable(inner) as object) : [];
  return entries.length === 0
    ? [[path, JSON.stringify(readable(inner))]]
    : entries.flatMap(([key, each]) => leavesOf(each, path === "" ? key : `${path}.${key}`));
}

const yamlOf = (inputs: PlannedResource["inputs"]): string =>
  stringify(readable(inputs), { aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd();

/** The value as a person reads it: JSON with line breaks, and words for what is not plain data. */
function readable(value: unknown): unknown {
  if (typeof value === "string") {
    if (isUnknownText(value)) return "[known after the update]";
    const json = jsonIn(value);
    return json === undefined ? value : JSON.stringify(json, null, 2);
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE_KEY in value) return special(recordOf(value));
  return Object.fromEntries(
    Object.entries(value)
      .sort(byText(([key]) => key))
      .map(([key, each]) => [key, readable(each)]),
  );
}

/** A resource, or a file or archive, in the form that the SDK sends it. */
const special = ({ urn }: Readonly<Record<string, unknown>>): string =>
  typeof urn === "string" ? `[resource ${nameOf(urn)}]` : "[file]";

/** An object or a list that a text is the JSON of. */
function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
