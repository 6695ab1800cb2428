import { BlockList, isIPv4 } from "node:net";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { nameOf as nameIn } from "../../preflight/simulation/wire/urn";
import { listOf, recordOf } from "../../preflight/simulation/wire/values";
import { type CloudObject, type CloudStore, inputsOf, outputsOf } from "../server/store";

/** Where a network interface is, as far as security groups ask. */
interface Location {
  readonly groups: readonly string[];
  /** Blocks that its address is in; `undefined` where they are not known. */
  readonly blocks: readonly string[] | undefined;
}

type Direction = "ingress" | "egress";

interface Rule {
  readonly group: string;
  readonly covers: (port: number) => boolean;
  readonly groups: readonly string[];
  readonly blocks: readonly string[];
  /** Whether it names what is not looked into: prefix lists. */
  readonly isOpen: boolean;
}

const HTTPS = 443;
const EVERYWHERE = "0.0.0.0/0";

/** The network of a stack, as a function in it sees it. What is outside the stack is assumed to let it through. */
export class StackNetwork {
  readonly #store: CloudStore;

  constructor(store: CloudStore) {
    this.#store = store;
  }

  /**
   * What keeps a function from its database, by the security groups of the stack; `undefined` where
   * nothing does.
   */
  databaseBlock(called: CloudObject, instance: CloudObject): string | undefined {
    const { vpcSecurityGroupIds, dbSubnetGroupName, port, publiclyAccessible } =
      propertiesOf(instance);
    const own = this.#locationOf(called);
    if (own === undefined) {
      return publiclyAccessible === true
        ? undefined
        : "the function is in no VPC, and the database has no public address";
    }
    const subnetGroup = this.#all(TYPES.subnetGroup).find(({ name }) => name === dbSubnetGroupName);
    const subnets = subnetGroup && texts(subnetGroup.subnetIds);
    const database = { groups: texts(vpcSecurityGroupIds), blocks: this.#blocksOf(subnets) };
    return this.#blockBetween(own, database, Number(port));
  }

  /**
   * What keeps a function from Secrets Manager: an interface endpoint with private DNS in its VPC, or a
   * route to a NAT gateway, and security groups that let it through.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-function-network-access.html
   */
  secretsManagerBlock(called: CloudObject): string | undefined {
    const own = this.#locationOf(called);
    if (own === undefined) return undefined;
    for (const id of subnetsOf(called)) {
      const subnet = this.#store.get(TYPES.subnet, id);
      if (subnet === undefined) continue;
      const endpoint = this.#endpointIn(text(propertiesOf(subnet).vpcId));
      const block =
        endpoint === undefined
          ? (this.#routeBlock(subnet) ?? this.#egressBlock(own))
          : this.#blockBetween(own, endpoint, HTTPS);
      if (block !== undefined) return block;
    }
    return undefined;
  }

  #all(type: string): readonly Properties[] {
    return this.#store.all(type).map(propertiesOf);
  }

  /** `undefined` for a function in no VPC, which reaches the internet. */
  #locationOf(called: CloudObject): Location | undefined {
    const subnets = subnetsOf(called);
    const { securityGroupIds } = recordOf(propertiesOf(called).vpcConfig);
    return subnets.length === 0
      ? undefined
      : { groups: texts(securityGroupIds), blocks: this.#blocksOf(subnets) };
  }

  #blocksOf(subnets: readonly string[] | undefined): readonly string[] | undefined {
    const blocks = subnets?.map((id) => {
      const subnet = this.#store.get(TYPES.subnet, id);
      return subnet && propertiesOf(subnet).cidrBlock;
    });
    return blocks?.every((block) => typeof block === "string") ? blocks : undefined;
  }

  /** The interface endpoint of a VPC for Secrets Manager that the service's own name leads to. */
  #endpointIn(vpcId: string): Location | undefined {
    const found = this.#all(TYPES.vpcEndpoint).find(
      (endpoint) =>
        endpoint.vpcId === vpcId &&
        endpoint.vpcEndpointType === "Interface" &&
        text(endpoint.serviceName).endsWith(".secretsmanager") &&
        endpoint.privateDnsEnabled === true,
    );
    return (
      found && {
        groups: texts(found.securityGroupIds),
        blocks: this.#blocksOf(texts(found.subnetIds)),
      }
    );
  }

  #routeBlock(subnet: CloudObject): string | undefined {
    const outward = this.#routesOf(subnet).filter(
      ({ destinationCidrBlock, cidrBlock }) => (destinationCidrBlock ?? cidrBlock) === EVERYWHERE,
    );
    const isInternet = (route: Properties): boolean => text(route.gatewayId).startsWith("igw-");
    if (outward.some((route) => !isInternet(route))) return undefined;
    const name = nameOf(subnet);
    const remedy = "it takes a NAT gateway, or an interface endpoint with private DNS in the VPC";
    return outward.length > 0
      ? `${name} leads to an internet gateway, and a function has no public address: ${remedy}`
      : `no route leads from ${name} to Secrets Manager: ${remedy}`;
  }

  #routesOf(subnet: CloudObject): readonly Properties[] {
    const vpc = this.#store.get(TYPES.vpc, text(propertiesOf(subnet).vpcId));
    const associated = this.#all("aws:ec2/routeTableAssociation:RouteTableAssociation").find(
      ({ subnetId }) => subnetId === subnet.id,
    );
    const table = text(associated?.routeTableId ?? (vpc && propertiesOf(vpc).mainRouteTableId));
    const inline = this.#store.get(TYPES.routeTable, table);
    return [
      ...(inline === undefined ? [] : listOf(propertiesOf(inline).routes).map(recordOf)),
      ...this.#all("aws:ec2/route:Route").filter(({ routeTableId }) => routeTableId === table),
    ];
  }

  #blockBetween(from: Location, to: Location, port: number): string | undefined {
    const [own, others] = [from, to].map(({ groups }) => this.#namesOf(groups));
    if (!this.#lets("egress", from.groups, to, port)) {
      return `no egress rule of ${own} lets it to tcp ${port} of ${others}`;
    }
    return this.#lets("ingress", to.groups, from, port)
      ? undefined
      : `no ingress rule of ${others} lets ${own} to tcp ${port}`;
  }

  /** To the addresses of the service, of which nothing is known but that they are outside. */
  #egressBlock({ groups }: Location): string | undefined {
    return this.#lets("egress", groups, { groups: [], blocks: undefined }, HTTPS)
      ? undefined
      : `no egress rule of ${this.#namesOf(groups)} lets it to tcp ${HTTPS} outside`;
  }

  /** Whether one of the groups has a rule for a peer; of a group outside the stack that is assumed. */
  #lets(direction: Direction, groups: readonly string[], peer: Location, port: number): boolean {
    if (groups.length === 0) return true;
    if (groups.some((group) => this.#store.get(TYPES.securityGroup, group) === undefined)) {
      return true;
    }
    return this.#rulesOf(direction).some(
      (rule) =>
        groups.includes(rule.group) &&
        rule.covers(port) &&
        (rule.isOpen ||
          rule.groups.some((each) => peer.groups.includes(each)) ||
          rule.blocks.some((block) => peer.blocks?.some((its) => overlap(block, its)) ?? true)),
    );
  }

  /** Inline rules of groups, and the two kinds of rule resources. */
  #rulesOf(direction: Direction): readonly Rule[] {
    const kind = direction === "ingress" ? "Ingress" : "Egress";
    const resources = [
      ...this.#all(`aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`),
      ...this.#all("aws:ec2/securityGroupRule:SecurityGroupRule").filter(
        ({ type }) => (type === "egress" ? "egress" : "ingress") === direction,
      ),
    ];
    return [
      ...this.#store
        .all(TYPES.securityGroup)
        .flatMap((group) =>
          listOf(propertiesOf(group)[direction]).map((rule) => ruleOf(group.id, rule)),
        ),
      ...resources.map((rule) => ruleOf(text(rule.securityGroupId), rule)),
    ];
  }

  #namesOf(groups: readonly string[]): string {
    const names = groups.map((id) => {
      const group = this.#store.get(TYPES.securityGroup, id);
      return group === undefined ? id : nameOf(group);
    });
    return names.join(", ");
  }
}

const subnetsOf = (called: CloudObject): readonly string[] =>
  texts(recordOf(propertiesOf(called).vpcConfig).subnetIds);

function ruleOf(group: string, of: unknown): Rule {
  const rule = recordOf(of);
  const protocol = text(rule.ipProtocol ?? rule.protocol, "-1").toLowerCase();
  const isAll = ["-1", "all"].includes(protocol);
  const [from, to] = [Number(rule.fromPort), Number(rule.toPort)];
  return {
    group,
    covers: (port) => isAll || (["tcp", "6"].includes(protocol) && from <= port && port <= to),
    groups: [
      ...texts([rule.referencedSecurityGroupId, rule.sourceSecurityGroupId]),
      ...texts(rule.securityGroups),
      ...(rule.self === true ? [group] : []),
    ],
    blocks: [...texts([rule.cidrIpv4]), ...texts(rule.cidrBlocks)],
    isOpen: rule.prefixListId !== undefined || listOf(rule.prefixListIds).length > 0,
  };
}

/** Whether two blocks of IPv4 addresses have some in common: one of them is in the other. */
const overlap = (a: string, b: string): boolean => holdsStart(a, b) || holdsStart(b, a);

function holdsStart(block: string, of: string): boolean {
  const [network = "", length] = block.split("/");
  const [start = ""] = of.split("/");
  if (!isIPv4(network) || !isIPv4(start)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length ?? 32));
  return list.check(start);
}

const propertiesOf = (object: CloudObject): Properties => ({
  ...inputsOf(object),
  ...outputsOf(object),
});

const texts = (values: unknown): readonly string[] =>
  listOf(values).filter((value): value is string => typeof value === "string");

/** By its name in the program. */
const nameOf = ({ urn, id }: CloudObject): string => `${nameIn(urn)} (${id})`;
