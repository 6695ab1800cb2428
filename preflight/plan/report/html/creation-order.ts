import type { PlannedResource } from "../../inventory";
import { byEach } from "./resource-index";

export interface CreationOrder {
  /** What can be created at the same time, first step first. */
  readonly steps: readonly (readonly PlannedResource[])[];
  /** One of the longest ways through, a resource for every step. */
  readonly criticalPath: readonly PlannedResource[];
}

/**
 * The order that dependencies and parents leave. A component takes no step of its own: nothing is
 * created for it.
 */
export function creationOrder(resources: readonly PlannedResource[]): CreationOrder {
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const before = (resource: PlannedResource): readonly PlannedResource[] =>
    [
      ...new Set([
        ...resource.dependsOn,
        ...(resource.parent === undefined ? [] : [resource.parent]),
      ]),
    ].flatMap((urn) => byUrn.get(urn) ?? []);
  const placed = new Map<PlannedResource, Placed>();
  for (const resource of inOrder(resources, before)) {
    const slowest = before(resource)
      .map((each) => placed.get(each))
      .reduce((worst, each) => ((each?.step ?? 0) > (worst?.step ?? 0) ? each : worst), undefined);
    const takesStep = resource.custom || resource.remote;
    placed.set(resource, {
      resource,
      after: slowest,
      step: (slowest?.step ?? 0) + (takesStep ? 1 : 0),
    });
  }

  const created = [...placed.values()].filter(({ resource }) => resource.custom || resource.remote);
  const count = created.reduce((most, { step }) => Math.max(most, step), 0);
  const steps: PlannedResource[][] = Array.from({ length: count }, () => []);
  for (const { resource, step } of created) steps[step - 1]?.push(resource);
  const last = created.find(({ step }) => step === count);
  return { steps, criticalPath: wayTo(last) };
}

interface Placed {
  readonly resource: PlannedResource;
  readonly step: number;
  /** The slowest of what it waits for. */
  readonly after: Placed | undefined;
}

function wayTo(last: Placed | undefined): readonly PlannedResource[] {
  const way: PlannedResource[] = [];
  for (let each = last; each !== undefined; each = each.after) {
    if (each.resource.custom || each.resource.remote) way.unshift(each.resource);
  }
  return way;
}

/** Each after what it waits for. Not recursive: a chain may be longer than the call stack. */
function inOrder(
  resources: readonly PlannedResource[],
  before: (resource: PlannedResource) => readonly PlannedResource[],
): readonly PlannedResource[] {
  const waiting = new Map(resources.map((each) => [each, before(each).length]));
  const after = byEach(resources, before);
  const order = resources.filter((each) => waiting.get(each) === 0);
  // The list grows while it is walked.
  for (const each of order) {
    for (const next of after.get(each) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
}
