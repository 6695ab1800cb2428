import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import type { References } from "./references";

/** A rule that lets addresses, rather than a security group, reach the database. */
export interface Opening {
  readonly urn: string;
  readonly addresses: string;
}

interface PortRange extends Opening {
  readonly from: number;
  readonly to: number;
}

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/**
 * Finds the rules of security groups that let addresses reach a port of a database or proxy: inline
 * ones, and the two kinds of rule resources. A group is known by its id, or where that is not known, by
 * its URN.
 */
export function openingsOf(
  registrations: readonly Registration[],
  references: References,
): (guarded: Registration, port: number) => readonly Opening[] {
  const openings = new Map<string, PortRange[]>();
  const keyByUrn = new Map<string, string>();
  const add = (group: string | undefined, ranges: readonly PortRange[]): void => {
    if (group !== undefined) openings.set(group, [...(openings.get(group) ?? []), ...ranges]);
  };
  for (const registration of registrations) {
    if (registration.type !== GROUP) continue;
    const properties = opened(registration);
    const key = textOf(properties.id) ?? registration.urn;
    keyByUrn.set(registration.urn, key);
    for (const rule of listOf(properties.ingress)) add(key, rangesOf(registration.urn, rule));
  }
  for (const registration of registrations) {
    const inbound =
      registration.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" ||
      (registration.type === "aws:ec2/securityGroupRule:SecurityGroupRule" &&
        registration.inputs.type === "ingress");
    if (!inbound) continue;
    const properties = opened(registration);
    const [urn = ""] = references.behind(registration, "securityGroupId", GROUP);
    const key = keyByUrn.get(urn);
    // A group without an id is the one that the rule refers to, whatever its id is there.
    const group = key === urn ? key : (textOf(properties.securityGroupId) ?? key);
    add(group, rangesOf(registration.urn, properties));
  }
  return (guarded, port) =>
    groupsOf(guarded, references)
      .flatMap((group) => openings.get(group) ?? [])
      .filter(({ from, to }) => from <= port && port <= to);
}

/** Security groups: their ids, and the URNs of those of the program that went into them. */
const groupsOf = (registration: Registration, references: References): readonly string[] => {
  const ids = listOf(opened(registration).vpcSecurityGroupIds).flatMap((id) => textOf(id) ?? []);
  return [...ids, ...references.behind(registration, "vpcSecurityGroupIds", GROUP)];
};

/** Nothing for a rule that names security groups or prefix lists only. */
function rangesOf(urn: string, rule: unknown): readonly PortRange[] {
  const single = ["cidrIpv4", "cidrIpv6"].map((property) => at(rule, property));
  const lists = ["cidrBlocks", "ipv6CidrBlocks"].flatMap((list) => listOf(at(rule, list)));
  const addresses = [...single, ...lists].filter((address) => address !== undefined);
  if (addresses.length === 0) return [];
  const everyPort = ["-1", "all", -1].includes(
    (at(rule, "ipProtocol") ?? at(rule, "protocol")) as string,
  );
  const port = (property: string, otherwise: number): number => {
    const value = at(rule, property);
    return everyPort || typeof value !== "number" ? otherwise : value;
  };
  return [
    {
      urn,
      addresses: addresses.map((address) => textOf(address) ?? "unknown addresses").join(", "),
      from: port("fromPort", 0),
      to: port("toPort", 65535),
    },
  ];
}
