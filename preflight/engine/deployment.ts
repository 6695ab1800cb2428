import { at, jsonIn, listOf, recordOf } from "../simulation/wire/values";
import type { EngineResource } from "./resource";

/** A stack as its state has it: what stands, by the last update. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly EngineResource[];
}

/**
 * The deployment in a state, or why it is none: what `pulumi stack export` prints, the file of a stack in a
 * backend of one's own, or what `pulumi preview --json` expects. Encrypted values stay so, and are unknown.
 *
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/
 */
export function deploymentIn(text: string): Deployment | string {
  const document = jsonIn(text);
  if (document === undefined) return "it is no JSON";
  const state = at(document, "deployment") ?? at(document, "checkpoint", "latest");
  const listed = at(state, "resources") ?? plannedIn(document);
  if (listed === undefined) return "it has no deployment";
  const resources = listOf(listed)
    .map(recordOf)
    // What is to be deleted, after its replacement was made, is no longer part of the stack.
    .filter((resource) => resource.delete !== true)
    .flatMap((resource) => (typeof resource.urn === "string" ? [resourceOf(resource)] : []));
  const [first] = resources;
  if (first === undefined) return "its deployment has no resources";
  const [start = "", project = ""] = first.urn.split("::");
  return { project, stack: start.slice("urn:pulumi:".length), resources };
}

/** The resources as they will be, of what `pulumi preview --json` prints. */
function plannedIn(document: unknown): readonly unknown[] | undefined {
  const steps = at(document, "steps");
  return Array.isArray(steps) ? steps.flatMap((step) => at(step, "newState") ?? []) : undefined;
}

function resourceOf(resource: Readonly<Record<string, unknown>>): EngineResource {
  const { urn, id, parent, provider, inputs = {}, outputs = {} } = resource;
  return {
    urn: String(urn),
    type: String(resource.type),
    custom: resource.custom === true,
    ...(typeof id === "string" && id !== "" && { id }),
    ...(typeof parent === "string" && parent !== "" && { parent }),
    // It is the provider's URN and its id.
    ...(typeof provider === "string" && {
      provider: provider.slice(0, provider.lastIndexOf("::")),
    }),
    protect: resource.protect === true,
    retainOnDelete: resource.retainOnDelete === true,
    deleteBeforeReplace: false,
    ignoreChanges: texts(resource.ignoreChanges),
    aliases: texts(resource.aliases),
    dependencies: texts(resource.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(recordOf(resource.propertyDependencies)).map(([key, urns]) => [
        key,
        texts(urns),
      ]),
    ),
    inputs,
    outputs,
  };
}

const texts = (value: unknown): readonly string[] =>
  listOf(value).filter((each) => typeof each === "string");
