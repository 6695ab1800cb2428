import { decodeYaml } from "../../simulation/manifests/decode";
import type { Registration } from "../../simulation/mocks/run";
import { at, textOf } from "../../simulation/wire/values";
import { eksNameOf } from "./eks";
import { type Clusters, opened, openedWithHoles } from "./location";
import type { References } from "./references";

/** An add-on of EKS that the program installs. */
export interface Addon {
  readonly urn: string;
  readonly name: string;
  readonly cluster: number;
  /** `undefined` where it is known only after the update. */
  readonly addonName: string | undefined;
  readonly version: string | undefined;
  /** Its configuration, parsed; `undefined` where that is not known. */
  readonly configuration: unknown;
  /** Whether its configuration is a text that is known and neither JSON nor YAML. */
  readonly isMalformed: boolean;
}

const ADDON = "aws:eks/addon:Addon";
/** Of `@pulumi/eks`; the engine also tells of the add-on inside of it. */
const COMPONENT = "eks:index:Addon";

export function addonsOf(
  registrations: readonly Registration[],
  clusters: Clusters,
  references: References,
): readonly Addon[] {
  const withChild = new Set(
    registrations.filter(({ type }) => type === ADDON).map(({ parent }) => parent),
  );
  return registrations
    .filter(({ type, urn }) => type === ADDON || (type === COMPONENT && !withChild.has(urn)))
    .map((registration) => {
      const { urn, name } = registration;
      const { addonName, addonVersion, clusterName, cluster } = opened(registration);
      const component = references.find(textOf(at(cluster, "urn")) ?? "");
      const ofCluster = component === undefined ? textOf(clusterName) : eksNameOf(component);
      return {
        ...{ urn, name },
        cluster: clusters.numberOfName(ofCluster ?? ""),
        addonName: textOf(addonName),
        version: textOf(addonVersion),
        ...configurationOf(openedWithHoles(registration).configurationValues),
      };
    });
}

/** Whether an add-on is installed in a cluster, or one that may turn out to be it. */
export const mayHaveAddon = (addons: readonly Addon[], cluster: number, wanted: string): boolean =>
  addons.some(
    ({ addonName = wanted, ...each }) => each.cluster === cluster && addonName === wanted,
  );

/** Text in JSON or YAML, which JSON is; the component takes an object. */
function configurationOf(given: unknown): Pick<Addon, "configuration" | "isMalformed"> {
  if (typeof given !== "string") return { configuration: given ?? {}, isMalformed: false };
  try {
    return { configuration: decodeYaml(given)[0] ?? {}, isMalformed: false };
  } catch {
    return { configuration: undefined, isMalformed: textOf(given) !== undefined };
  }
}
