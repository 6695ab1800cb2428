import type { Registration } from "../doctor";
import { fromEngine } from "../simulation/wire/engine";
import { nameOf } from "../simulation/wire/urn";
import { byText, recordOf } from "../simulation/wire/values";

/** A resource as the engine tells of it: at a preview, after an update, or in a state. */
export interface EngineResource {
  readonly urn: string;
  readonly type: string;
  /** Absent for components, and where the engine does not tell it. */
  readonly id?: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly aliases: readonly string[];
  /** URN of its provider; absent for components. */
  readonly provider?: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** As they travel: secrets in envelopes, unknown values as the engine marks them. */
  readonly inputs: unknown;
  readonly outputs: unknown;
}

const STACK = "pulumi:pulumi:Stack";

/** The engine makes these itself, one for each version of an SDK; a program knows nothing of them. */
const isDefaultProvider = (urn: string): boolean =>
  /::pulumi:providers:\w+::default(?:_|$)/.test(urn);

/**
 * The resources as a program registered them, by URN: the engine's order varies, and with it which of
 * several resources a finding names.
 */
export const registrationsOf = (resources: readonly EngineResource[]): readonly Registration[] =>
  resources
    .filter(({ urn, type }) => type !== STACK && !isDefaultProvider(urn))
    .map(registrationOf)
    .sort(byText(({ urn }) => urn));

function registrationOf(resource: EngineResource): Registration {
  const { urn, type, custom, parent, protect, id, provider = "" } = resource;
  const { retainOnDelete, deleteBeforeReplace, ignoreChanges, aliases } = resource;
  const inputs = recordOf(fromEngine(resource.inputs));
  const outputs = recordOf(fromEngine(resource.outputs));
  return {
    ...{ urn, type, custom, protect, retainOnDelete, deleteBeforeReplace, ignoreChanges, aliases },
    name: nameOf(urn),
    // What its provider makes of it is told as well.
    remote: false,
    // The stack is above everything; a program does not say so.
    parent: parent === undefined || parent.includes(`::${STACK}::`) ? undefined : parent,
    dependsOn: [...new Set(resource.dependencies)].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, [...urns].sort()]),
    ),
    provider: provider === "" || isDefaultProvider(provider) ? "" : `${provider}::`,
    inputs,
    outputs: { ...inputs, ...outputs, ...(id !== undefined && { id }) },
  };
}
