import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

/** The part of the SDK that finds what a dependency on a resource comes to. */
interface DependsOn {
  getAllTransitivelyReferencedResourceURNs?: Find;
}

type Find = (
  resources: Iterable<Resource>,
  exclude: ReadonlySet<Resource>,
) => Promise<ReadonlySet<string>>;

/** What the SDK keeps of each resource for itself. */
interface Resource {
  readonly urn: pulumi.Output<string>;
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<Resource>;
}

/**
 * Has a dependency on a component without children be one on the component itself: offline a chart or a
 * file renders nothing, and what waits for all that is in it would seem to wait for nothing. Returns how to
 * undo it.
 */
export function dependOnEmptyComponents(): () => void {
  const sdk = dependsOnOfSdk();
  const { getAllTransitivelyReferencedResourceURNs: find } = sdk;
  if (find === undefined) return () => undefined;
  sdk.getAllTransitivelyReferencedResourceURNs = async (resources, exclude) => {
    const given = [...resources];
    const urns = await find(given, exclude);
    const empty = await emptyComponents(given, exclude);
    const more = await Promise.all(empty.map(({ urn }) => urnOf(urn)));
    return new Set([...urns, ...more]);
  };
  return () => void (sdk.getAllTransitivelyReferencedResourceURNs = find);
}

/** An older SDK keeps it elsewhere. */
function dependsOnOfSdk(): DependsOn {
  try {
    return createRequire(__filename)("@pulumi/pulumi/runtime/dependsOn") as DependsOn;
  } catch {
    return {};
  }
}

async function emptyComponents(
  resources: Iterable<Resource>,
  exclude: ReadonlySet<Resource>,
  seen = new Set<Resource>(),
): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  for (const resource of resources) {
    if (seen.has(resource) || exclude.has(resource)) continue;
    seen.add(resource);
    if (!isComponent(resource)) continue;
    await resource.__data;
    const children = resource.__childResources ?? new Set();
    if (children.size === 0) found.push(resource);
    found.push(...(await emptyComponents(children, exclude, seen)));
  }
  return found;
}

const urnOf = (urn: pulumi.Output<string>): Promise<string> =>
  (urn as unknown as { promise(): Promise<string> }).promise();

const isComponent = (resource: Resource): boolean => pulumi.ComponentResource.isInstance(resource);
