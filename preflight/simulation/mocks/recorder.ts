import { fileURLToPath } from "node:url";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../models/model";
import { isResourceReference } from "../wire/envelopes";
import { mapParts } from "../wire/map-parts";
import { UNKNOWN } from "../wire/unknown";
import type { CloudMocks } from "./mocks";
import { without } from "./without";

/** Where a resource is declared: absolute path, line and column from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One resource as the program registered it. Secrets stay in their envelopes. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for component resources. */
  readonly custom: boolean;
  /** A component whose children are made inside its provider, unseen from here. */
  readonly remote: boolean;
  readonly parent: string | undefined;
  /** URNs from `dependsOn` and from every input, as the engine gets them. */
  readonly dependsOn: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly provider: string;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Where the program declares it, or the component that makes it; absent where the SDK does not say. */
  readonly source?: SourceLocation;
  readonly retainOnDelete: boolean;
  /** Earlier URNs, types and names of the resource. */
  readonly aliases: readonly string[];
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Files and texts that it is made of and that are not at hand. @default none */
  readonly unread?: readonly string[];
}

/** A resource that is there already, which the program only reads: by `get` of its class. */
export interface ReadResource extends Pick<Registration, "urn" | "type" | "name" | "provider"> {
  readonly id: string;
}

type Callback<T> = (error: unknown, response?: T) => void;

/** The part of the mock monitor that recording hooks into; the SDK does not export its type. */
interface Monitor {
  newUrn(parent: string | undefined, type: string, name: string): string;
  registerResource(
    request: proto.RegisterResourceRequest,
    callback: Callback<proto.RegisterResourceResponse>,
  ): void;
  registerResourceOutputs(
    request: proto.RegisterResourceOutputsRequest,
    callback: Callback<unknown>,
  ): void;
  readResource(
    request: proto.ReadResourceRequest,
    callback: Callback<proto.ReadResourceResponse>,
  ): void;
  /** What `getResource` and the registration of outputs look up. */
  readonly resources: Map<string, { urn: string; id: string | null; state: Properties }>;
}

export interface Recorder {
  readonly registrations: readonly Registration[];
  /** Resources whose URN another one has already. An engine refuses them. */
  readonly duplicates: readonly Registration[];
  readonly reads: readonly ReadResource[];
  stackOutputs(): Properties;
}

const STACK = "pulumi:pulumi:Stack";

/**
 * Registers resources in the monitor's place and records them. The mocks themselves are told neither
 * parent nor dependencies, and the monitor translates each resource four times on its way through
 * them, which the mocks of the local cloud do not need: they take secrets in envelopes and give them
 * so.
 */
export function record(
  target: unknown,
  mocks: CloudMocks,
  options: { readonly keepDuplicates: boolean },
): Recorder {
  const monitor = target as Monitor;
  giveEngineUrns(monitor);
  const registrations: Registration[] = [];
  const sources = new Map<string, SourceLocation>();
  const duplicates: Registration[] = [];
  const reads: ReadResource[] = [];
  let stackUrn: string | undefined;
  let stackOutputs: Properties = {};

  monitor.registerResource = (request, callback) => {
    try {
      const { id, ...made } = register(request, monitor, mocks);
      const { urn, type, outputs, parent = "" } = made;
      const source = sourceOf(request) ?? sources.get(parent);
      if (source !== undefined) sources.set(urn, source);
      const registration = { ...made, ...(source !== undefined && { source }) };
      const isDuplicate = monitor.resources.has(urn);
      if (isDuplicate && !options.keepDuplicates) throw new Error(duplicateMessage(made));
      monitor.resources.set(urn, { urn, id: id ?? null, state: outputs });
      if (type === STACK) stackUrn = urn;
      else if (isDuplicate) duplicates.push(registration);
      else registrations.push(registration);
      const response = new proto.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(id ?? "");
      response.setObject(structOf(outputs));
      callback(null, response);
    } catch (error) {
      callback(error);
    }
  };

  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    if (request.getUrn() === stackUrn) stackOutputs = request.getOutputs()?.toJavaScript() ?? {};
    registerOutputs(request, callback);
  };

  const read = monitor.readResource.bind(monitor);
  monitor.readResource = (request, callback) => {
    const [type, name, id] = [request.getType(), request.getName(), request.getId()];
    const urn = monitor.newUrn(request.getParent(), type, name);
    reads.push({ urn, type, name, id, provider: request.getProvider() });
    read(request, callback);
  };

  return { registrations, duplicates, reads, stackOutputs: () => stackOutputs };
}

/**
 * A message that is never put on a wire: the SDK reads these values as they are, in place of a message that
 * is made of them only to be taken apart again.
 */
function structOf(values: Properties): Struct {
  const struct = new Struct();
  struct.toJavaScript = () => values as Record<string, JavaScriptValue>;
  return struct;
}

/** In the engine's words, which name the URN only. */
const duplicateMessage = ({ urn, type, name }: Registration): string =>
  `Duplicate resource URN '${urn}': the program declares ${type} "${name}" twice; ` +
  "give one of the two another name";

/**
 * The mock monitor names only the nearest parent's type in a URN. The engine names every ancestor's
 * but the stack's.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
function giveEngineUrns(monitor: Monitor): void {
  const original = monitor.newUrn.bind(monitor);
  monitor.newUrn = (parent, type, name) => {
    const ancestry = parent?.split("::")[2];
    const qualified = !ancestry || ancestry === STACK ? type : `${ancestry}$${type}`;
    return original(undefined, qualified, name);
  };
}

/** As the SDK tells it to the engine. */
function sourceOf(request: proto.RegisterResourceRequest): SourceLocation | undefined {
  const position = request.getSourceposition();
  if (!position?.getUri().startsWith("file:")) return undefined;
  const [file, line, column] = [position.getUri(), position.getLine(), position.getColumn()];
  return { file: fileURLToPath(file), line, column };
}

function register(
  request: proto.RegisterResourceRequest,
  monitor: Monitor,
  mocks: CloudMocks,
): Registration & { readonly id: string | undefined } {
  const [type, name, custom] = [request.getType(), request.getName(), request.getCustom()];
  const given: Properties = request.getObject()?.toJavaScript() ?? {};
  const inputs = type.startsWith("aws:") ? (withIds(given) as Properties) : given;
  const provider = request.getProvider();
  const { id, state } = mocks.newResource({ type, name, custom, inputs, provider });
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    propertyDependencies[key] = [...value.getUrnsList()].sort();
  });
  return {
    id,
    urn: monitor.newUrn(request.getParent(), type, name),
    type,
    name,
    custom,
    remote: request.getRemote(),
    parent: request.getParent() || undefined,
    dependsOn: [...new Set(request.getDependenciesList())].sort(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    provider,
    ignoreChanges: request.getIgnorechangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete() ?? false,
    aliases: request.getAliasesList().map(aliasOf),
    inputs,
    // As it would travel to the program: a property without a value is none.
    outputs: without(state, undefined) as Properties,
  };
}

/** A provider that takes no resources gets the id of one in its place, as the engine sends it. */
function withIds(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return isResourceReference(value) ? (value.id ?? UNKNOWN) : mapParts(value, withIds);
}

function aliasOf(alias: Alias): string {
  const spec = alias.getSpec();
  return spec === undefined ? alias.getUrn() : `${spec.getType()} ${spec.getName()}`.trim();
}
