import { grouped } from "../doctor/facts/grouped";
import type { Registration } from "../simulation/mocks/run";
import { redact } from "./redact";
import { byText } from "../simulation/wire/values";

/** One resource of the plan, secrets replaced. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; `undefined` for a child of the stack itself. */
  readonly parent: string | undefined;
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  /** False for components, which exist in Pulumi's state only. */
  readonly custom: boolean;
  /** A component whose children are made inside its provider, unseen from here. */
  readonly remote: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface ResourceTree {
  readonly resource: PlannedResource;
  readonly children: readonly ResourceTree[];
  /** Resources below, components not counted. */
  readonly resources: number;
}

export interface Counts {
  /** Resources that a provider makes: no components. */
  readonly resources: number;
  /** Components whose children are all in the plan. */
  readonly components: number;
  /** Components that make more resources than the plan can see. */
  readonly remote: number;
}

/** The registered resources, sorted by URN: the same program gives the same list, byte by byte. */
export function inventory(registrations: readonly Registration[]): readonly PlannedResource[] {
  const urns = new Set(registrations.map(({ urn }) => urn));
  return registrations
    .map(({ urn, type, name, parent, dependsOn, protect, custom, remote, inputs }) => ({
      ...{ urn, type, name, dependsOn, protect, custom, remote },
      parent: parent && urns.has(parent) ? parent : undefined,
      inputs: redact(inputs) as Readonly<Record<string, unknown>>,
    }))
    .sort(byText(({ urn }) => urn));
}

/** The resources as trees of parents and children, components before plain resources. */
export function trees(resources: readonly PlannedResource[]): readonly ResourceTree[] {
  const children = grouped(resources, ({ parent }) => parent);
  const below = (parent: string | undefined): readonly ResourceTree[] =>
    (children.get(parent) ?? [])
      .map((resource) => tree(resource, below(resource.urn)))
      .sort(
        byText(({ resource }) => `${resource.custom ? 1 : 0} ${resource.type} ${resource.name}`),
      );
  return below(undefined);
}

const tree = (resource: PlannedResource, children: readonly ResourceTree[]): ResourceTree => ({
  resource,
  children,
  resources: children.reduce(
    (sum, child) => sum + child.resources + (child.resource.custom ? 1 : 0),
    0,
  ),
});

export function counts(resources: readonly PlannedResource[]): Counts {
  const remote = resources.filter((resource) => resource.remote).length;
  const custom = resources.filter((resource) => resource.custom).length;
  return { resources: custom, components: resources.length - custom - remote, remote };
}
