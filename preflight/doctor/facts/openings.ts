import type { Registration } from "../../simulation/mocks/run";
import { isLate, UNKNOWN } from "../../simulation/wire/unknown";
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
 * The rules of a program's security groups about what comes in: inline ones, and the two kinds of rule
 * resources. A group is known by its id, or where that is not known, by its URN.
 */
export class InboundRules {
  readonly #references: References;
  readonly #byGroup: ReadonlyMap<string, readonly InboundRule[]>;

  constructor(registrations: readonly Registration[], references: References) {
    this.#references = references;
    this.#byGroup = inboundRules(registrations, references);
  }

  /** The rules that let addresses reach a port of a database or proxy. */
  openings(guarded: Registration, port: number): readonly Opening[] {
    return groupsOf(guarded, this.#references)
      .flatMap((group) => this.#byGroup.get(group) ?? [])
      .flatMap(({ urn, rule }) => rangesOf(urn, rule))
      .filter(({ from, to }) => from <= port && port <= to);
  }

  /**
   * Whether the security groups of a database are all in the program and none of their rules lets anybody
   * reach a port: no address, no group, no list. What is not known may let somebody in.
   */
  letNobodyReach(guarded: Registration, port: number): boolean {
    const given = listOf(opened(guarded).vpcSecurityGroupIds);
    const groups = groupsOf(guarded, this.#references);
    const known = groups.filter((group) => this.#byGroup.has(group));
    const named = given.filter((id) => textOf(id) !== undefined);
    const isKnown =
      given.length > 0 &&
      named.every((id) => this.#byGroup.has(String(id))) &&
      known.length >= given.length;
    return (
      isKnown &&
      !known
        .flatMap((group) => this.#byGroup.get(group) ?? [])
        .some(({ rule }) => isOpen(rule, port))
    );
  }
}

interface InboundRule {
  readonly urn: string;
  readonly rule: unknown;
}

/** The rules of each security group of the program that are about what comes in. */
function inboundRules(
  registrations: readonly Registration[],
  references: References,
): ReadonlyMap<string, readonly InboundRule[]> {
  const rules = new Map<string, InboundRule[]>();
  const keyByUrn = new Map<string, string>();
  const add = (group: string | undefined, found: readonly InboundRule[]): void => {
    if (group !== undefined) rules.set(group, [...(rules.get(group) ?? []), ...found]);
  };
  for (const registration of registrations) {
    if (registration.type !== GROUP) continue;
    const properties = opened(registration);
    const key = textOf(properties.id) ?? registration.urn;
    keyByUrn.set(registration.urn, key);
    const { urn } = registration;
    const inline = Array.isArray(properties.ingress) ? listOf(properties.ingress) : [];
    const late = isLate(properties.ingress) ? [UNKNOWN] : [];
    add(
      key,
      [...inline, ...late].map((rule) => ({ urn, rule })),
    );
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
    add(group, [{ urn: registration.urn, rule: properties }]);
  }
  return rules;
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
  return [
    {
      urn,
      addresses: addresses.map((address) => textOf(address) ?? "unknown addresses").join(", "),
      ...portsOf(rule),
    },
  ];
}

/** From where to where a rule opens ports; all of them where it does not say. */
function portsOf(rule: unknown): Pick<PortRange, "from" | "to"> {
  const everyPort = ["-1", "all", -1].includes(
    (at(rule, "ipProtocol") ?? at(rule, "protocol")) as string,
  );
  const port = (property: string, otherwise: number): number => {
    const value = at(rule, property);
    return everyPort || typeof value !== "number" ? otherwise : value;
  };
  return { from: port("fromPort", 0), to: port("toPort", 65535) };
}

/** Whom the rule lets in does not matter. */
function isOpen(rule: unknown, port: number): boolean {
  const { from, to } = portsOf(rule);
  return from <= port && port <= to;
}
