import type { EngineResource } from "../engine/resource";
import type { AnalyzedResource, Provider } from "./protocol/requests";

/** A resource of a stack, with the inputs that came before, one resource at a time. */
export function resourceOf(resource: AnalyzedResource, inputs?: unknown): EngineResource {
  const { urn, type, options, provider, properties, propertyDependencies } = resource;
  const parent = resource.parent || options.parent;
  const { protect, deleteBeforeReplace, ignoreChanges, aliases } = options;
  return {
    ...{ urn, type, outputs: properties },
    // Components have no provider; providers have none themselves.
    custom: provider !== undefined || type.startsWith("pulumi:providers:"),
    ...(parent && { parent }),
    ...(provider !== undefined && { provider: provider.urn }),
    ...{ protect, deleteBeforeReplace, ignoreChanges, aliases, retainOnDelete: false },
    dependencies: resource.dependencies,
    propertyDependencies: Object.fromEntries(propertyDependencies),
    inputs: inputs ?? properties,
  };
}

/** The provider that a resource has, as a resource: a state without one of its own still tells of it. */
export const providerResource = ({ urn, type, properties }: Provider): EngineResource => ({
  ...{ urn, type, custom: true },
  ...{ protect: false, retainOnDelete: false, deleteBeforeReplace: false },
  ...{ ignoreChanges: [], aliases: [], dependencies: [], propertyDependencies: {} },
  ...{ inputs: properties, outputs: properties },
});
