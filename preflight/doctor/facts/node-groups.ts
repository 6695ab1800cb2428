import type { Registration } from "../../simulation/mocks/run";
import { holdsUnknown } from "../../simulation/wire/unknown";
import { at, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import type { References } from "./references";

/** Managed nodes of a cluster, and whether their metadata service answers to pods. */
export interface NodeGroup {
  /** The launch template of the program that decides it, or the group. */
  readonly urn: string;
  readonly name: string;
  /** Why pods get the node's credentials; `undefined` where they do not, or where it is not known. */
  readonly exposure: string | undefined;
}

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const COMPONENT = "eks:index:ManagedNodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export function nodeGroupsOf(
  registrations: readonly Registration[],
  references: References,
): readonly NodeGroup[] {
  return registrations
    .filter(({ type }) => type === GROUP || type === COMPONENT)
    .map((group) => {
      const { launchTemplate, ...properties } = opened(group);
      const { urn, name } = group;
      if (launchTemplate === undefined) {
        return { urn, name, exposure: exposureByDefault(group.type, properties) };
      }
      const [found] = references.behind(group, "launchTemplate", TEMPLATE);
      const template = references.find(found ?? "") ?? namedIn(registrations, launchTemplate);
      if (template === undefined) return { urn, name, exposure: undefined };
      return { urn: template.urn, name, exposure: exposureOf(opened(template).metadataOptions) };
    });
}

/** The template of the program that a group names by its id or its name. */
function namedIn(
  registrations: readonly Registration[],
  launchTemplate: unknown,
): Registration | undefined {
  const wanted = (property: string) => textOf(at(launchTemplate, property));
  const [id, name] = [wanted("id"), wanted("name")];
  return registrations.find((each) => {
    if (each.type !== TEMPLATE) return false;
    const properties = opened(each);
    const isSame = (given: string | undefined, own: unknown) =>
      given !== undefined && given === own;
    return isSame(id, properties.id) || isSame(name, properties.name);
  });
}

/**
 * The hop limit holds for answers to signed requests alone; without `required`, any pod may ask unsigned.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
function exposureOf(options: unknown): string | undefined {
  if (holdsUnknown(options)) return undefined;
  if (options === undefined) return "their launch template sets no metadataOptions";
  if (at(options, "httpEndpoint") === "disabled") return undefined;
  if (at(options, "httpTokens") !== "required") {
    return "their metadata service answers to unsigned requests";
  }
  const hops = at(options, "httpPutResponseHopLimit");
  if (hops === undefined) return "their launch template sets no httpPutResponseHopLimit";
  return hops === 1 ? undefined : `their metadata service answers over ${Number(hops)} hops`;
}

/** What EKS, or `@pulumi/eks`, puts into a template of its own; that of newer images lets no pod ask. */
function exposureByDefault(
  type: string,
  { amiType, enableIMDSv2: signed }: Readonly<Record<string, unknown>>,
): string | undefined {
  if (type === COMPONENT && typeof signed === "boolean") {
    return exposureOf({
      httpTokens: signed ? "required" : "optional",
      httpPutResponseHopLimit: 2,
    });
  }
  return textOf(amiType)?.startsWith("AL2_") === true
    ? "the launch template that EKS makes for Amazon Linux 2 answers over 2 hops"
    : undefined;
}
