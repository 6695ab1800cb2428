import type { Registration } from "../mocks/recorder";
import { isRecord, type Properties } from "../models/model";
import { unwrapSecrets } from "../wire/envelopes";
import { HOLE, isUnknownText } from "../wire/unknown";
import { at, listOf, recordOf, textOf } from "../wire/values";
import { decodeManifest, decodeYaml, objectsOf } from "./decode";
import { assetSource, filesMatching, fileSource, type Source } from "./files";
import { kustomize, type Kustomized } from "./kustomize";

const CONFIG_GROUP = "kubernetes:yaml/v2:ConfigGroup";
const CONFIG_FILE = "kubernetes:yaml/v2:ConfigFile";
const DIRECTORY = "kubernetes:kustomize/v2:Directory";
/** Registers its children itself; only what it does not read has to be found out. */
const OLD_DIRECTORY = "kubernetes:kustomize:Directory";
const HELM = /^kubernetes:helm\.sh\/v\d:(?:Release|Chart)$/;

const NOTHING: Kustomized = { objects: [], unread: [] };
const LATE = "a text that is known only after the update";

/**
 * The registrations of a program, and the Kubernetes objects that stand in YAML behind them: their
 * providers read it only where a cluster is. Values of Helm from files are put into `values`. Files
 * are read relative to the working directory; what is not at hand is named in `unread`.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configgroup/
 */
export const withManifests = (registrations: readonly Registration[]): readonly Registration[] =>
  registrations.flatMap((registration) => {
    if (HELM.test(registration.type)) return [withValues(registration)];
    const { objects, unread } = manifestsOf(registration);
    const component = unread.length === 0 ? registration : { ...registration, unread };
    return [component, ...objects.map((object) => childOf(registration, object))];
  });

function manifestsOf({ type, inputs }: Registration): Kustomized {
  const given = unwrapSecrets(inputs) as Properties;
  switch (type) {
    case CONFIG_GROUP:
      return together([
        ...textsIn(given.yaml).map((text) => decoded({ text })),
        ...textsIn(given.files).flatMap((pattern) => filesMatching(pattern).map(fileManifests)),
        // One object may stand without a list.
        ...(given.objs === undefined ? [] : [objectManifests(given.objs)]),
      ]);
    case CONFIG_FILE:
      return together(textsIn(given.file).map(fileManifests));
    case DIRECTORY:
      return together(textsIn(given.directory).map((folder) => kustomize(folder)));
    case OLD_DIRECTORY:
      return {
        ...together(textsIn(given.directory).map((folder) => kustomize(folder))),
        objects: [],
      };
    default:
      return NOTHING;
  }
}

const together = (parts: readonly Kustomized[]): Kustomized => ({
  objects: parts.flatMap(({ objects }) => objects),
  unread: parts.flatMap(({ unread }) => unread),
});

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? listOf(value) : [value]).filter((text) => typeof text === "string");

const fileManifests = (file: string): Kustomized =>
  isUnknownText(file) ? { objects: [], unread: [LATE] } : decoded(fileSource(file), file);

function decoded(source: Source, name = "a YAML text"): Kustomized {
  if ("unread" in source) return { objects: [], unread: [source.unread] };
  // A text with a hole in it can be read all the same.
  if (isUnknownText(source.text) && !source.text.includes(HOLE)) {
    return { objects: [], unread: [LATE] };
  }
  try {
    return { objects: decodeManifest(source.text), unread: [] };
  } catch {
    return { objects: [], unread: [name] };
  }
}

function objectManifests(objs: unknown): Kustomized {
  const items = Array.isArray(objs) ? listOf(objs) : [objs];
  const objects = items.flatMap(objectsOf);
  return { objects, unread: items.every(isRecord) ? [] : [LATE] };
}

/** The object as the provider would register it below its component. */
function childOf(parent: Registration, object: Properties): Registration {
  const { metadata } = object;
  const [name = "", namespace] = ["name", "namespace"].map((key) => textOf(at(metadata, key)));
  const type = `kubernetes:${groupOf(String(object.apiVersion))}:${String(object.kind)}`;
  const label = [parent.name, [namespace, name].filter((part) => part !== undefined).join("/")];
  const [prefix = "", project = "", ancestry = ""] = parent.urn.split("::");
  const given = Object.values(parent.propertyDependencies).flat();
  const dependencies = [...new Set(given)].sort();
  return {
    ...parent,
    urn: `${prefix}::${project}::${ancestry}$${type}::${label.join(":")}`,
    type,
    name,
    custom: true,
    remote: false,
    parent: parent.urn,
    propertyDependencies: Object.fromEntries(Object.keys(object).map((key) => [key, dependencies])),
    inputs: object,
    outputs: object,
  };
}

/** `v1` is the group `core`. */
const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;

/** @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/ */
function withValues(registration: Registration): Registration {
  const { valueYamlFiles: given, ...others } = registration.outputs;
  if (given === undefined) return registration;
  const valueYamlFiles = unwrapSecrets(given);
  const unread: string[] = [];
  let values: Properties = {};
  const files = Array.isArray(valueYamlFiles) ? listOf(valueYamlFiles) : [valueYamlFiles];
  for (const file of files) {
    const source = assetSource(file);
    try {
      if ("unread" in source) unread.push(source.unread);
      else values = merged(values, recordOf(decodeYaml(source.text)[0]));
    } catch {
      unread.push("a file of values that is no YAML");
    }
  }
  if (unread.length > 0) return { ...registration, unread };
  const outputs = { ...others, values: merged(values, recordOf(unwrapSecrets(others.values))) };
  return { ...registration, outputs };
}

/** Helm merges maps; everything else takes the place of what was there. */
const merged = (under: Properties, over: Properties): Properties => {
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isRecord(below) && isRecord(value) ? merged(below, value) : value;
  }
  return result;
};
