import { PbfReader } from "pbf";
import { readStruct } from "./struct";

// The messages of the engine, field by field; fields that nobody reads are left out.
// https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto

/** What is said of a resource before it is made. */
export interface ResourceInputs {
  urn: string;
  properties: Readonly<Record<string, unknown>>;
}

/** `AnalyzeRequest` */
export const readResourceInputs = (message: Uint8Array): Readonly<ResourceInputs> =>
  new PbfReader(message).readFields<ResourceInputs>(
    (field, inputs, fields) => {
      if (field === 2) inputs.properties = readStruct(fields);
      if (field === 3) inputs.urn = fields.readString();
    },
    { urn: "", properties: {} },
  );

/** `AnalyzerResource`: a resource after its preview or update. */
export interface AnalyzedResource {
  urn: string;
  type: string;
  properties: Readonly<Record<string, unknown>>;
  options: Readonly<ResourceOptions>;
  /** Absent for components and providers. */
  provider?: Readonly<Provider>;
  parent: string;
  readonly dependencies: string[];
  /** URNs by property. */
  readonly propertyDependencies: Map<string, readonly string[]>;
}

/** `AnalyzerProviderResource` */
export interface Provider {
  urn: string;
  type: string;
  properties: Readonly<Record<string, unknown>>;
}

/** `AnalyzerResourceOptions` */
export interface ResourceOptions {
  protect: boolean;
  deleteBeforeReplace: boolean;
  parent: string;
  readonly ignoreChanges: string[];
  readonly aliases: string[];
}

/** `AnalyzeStackRequest` */
export const readResources = (message: Uint8Array): readonly AnalyzedResource[] =>
  new PbfReader(message).readFields<AnalyzedResource[]>((field, resources, fields) => {
    if (field === 1) resources.push(fields.readMessage(readResourceField, noResource()));
  }, []);

const noResource = (): AnalyzedResource => ({
  ...{ urn: "", type: "", properties: {}, options: noOptions(), parent: "" },
  ...{ dependencies: [], propertyDependencies: new Map() },
});

const noOptions = (): ResourceOptions => ({
  ...{ protect: false, deleteBeforeReplace: false, parent: "", ignoreChanges: [], aliases: [] },
});

function readResourceField(field: number, resource: AnalyzedResource, fields: PbfReader): void {
  if (field === 1) resource.type = fields.readString();
  if (field === 2) resource.properties = readStruct(fields);
  if (field === 3) resource.urn = fields.readString();
  if (field === 5) resource.options = fields.readMessage(readOptionField, noOptions());
  if (field === 6) resource.provider = fields.readMessage(readProviderField, noProvider());
  if (field === 7) resource.parent = fields.readString();
  if (field === 8) resource.dependencies.push(fields.readString());
  if (field === 9) {
    const { key, value } = readEntry(fields, readUrns, []);
    resource.propertyDependencies.set(key, value);
  }
}

function readOptionField(field: number, options: ResourceOptions, fields: PbfReader): void {
  if (field === 1) options.protect = fields.readBoolean();
  if (field === 2) options.ignoreChanges.push(fields.readString());
  if (field === 3) options.deleteBeforeReplace = fields.readBoolean();
  if (field === 6) options.aliases.push(fields.readString());
  if (field === 8) options.parent = fields.readString();
}

const noProvider = (): Provider => ({ urn: "", type: "", properties: {} });

function readProviderField(field: number, provider: Provider, fields: PbfReader): void {
  if (field === 1) provider.type = fields.readString();
  if (field === 2) provider.properties = readStruct(fields);
  if (field === 3) provider.urn = fields.readString();
}

/** `AnalyzerPropertyDependencies` */
const readUrns = (fields: PbfReader): readonly string[] =>
  fields.readMessage<string[]>((field, urns, list) => {
    if (field === 1) urns.push(list.readString());
  }, []);

/** `ConfigureAnalyzerRequest`: enforcement levels, as numbers, by rule. */
export const readEnforcementLevels = (message: Uint8Array): ReadonlyMap<string, number> =>
  new PbfReader(message).readFields<Map<string, number>>((field, levels, fields) => {
    if (field !== 1) return;
    const { key, value } = readEntry(fields, readLevel, 0);
    levels.set(key, value);
  }, new Map());

/** `PolicyConfig` */
const readLevel = (fields: PbfReader): number =>
  fields.readMessage<{ level: number }>(
    (field, config, list) => {
      if (field === 1) config.level = list.readVarint();
    },
    { level: 0 },
  ).level;

/** `AnalyzerStackConfigureRequest`: the configuration of the stack. */
export const readStackConfiguration = (message: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    new PbfReader(message).readFields<Map<string, string>>((field, config, fields) => {
      if (field !== 7) return;
      const { key, value } = readEntry(fields, (entry) => entry.readString(), "");
      config.set(key, value);
    }, new Map()),
  );

/** An entry of a map. */
const readEntry = <T>(
  fields: PbfReader,
  read: (fields: PbfReader) => T,
  absent: T,
): { readonly key: string; readonly value: T } =>
  fields.readMessage<{ key: string; value: T }>(
    (field, entry, list) => {
      if (field === 1) entry.key = list.readString();
      if (field === 2) entry.value = read(list);
    },
    { key: "", value: absent },
  );
