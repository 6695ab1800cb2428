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

/**
 * What keeps a function from its database, by the security groups of the stack; `undefined` where
 * nothing does. What is outside the stack is assumed to let it through.
 */
export function databaseBlock(
  called: CloudObject,
  instance: CloudObject,
  store: CloudStore,
): string | undefined {
  const { vpcSecurityGroupIds, dbSubnetGroupName, port, publiclyAccessible } =
    propertiesOf(instance);
  const own = locationOf(called, store);
  if (own === undefined) {
    return publiclyAccessible === true
      ? undefined
      : "the function is in no VPC, and the database has no public address";
  }
  const subnetGroup = store
    .all(TYPES.subnetGroup)
    .find((group) => propertiesOf(group).name === dbSubnetGroupName);
  const subnets = subnetGroup && texts(propertiesOf(subnetGroup).subnetIds);
  const database = { groups: texts(vpcSecurityGroupIds), blocks: blocksOf(subnets, store) };
  return blockBetween(own, database, Number(port), store);
}

/**
 * What keeps a function from Secrets Manager: an interface endpoint with private DNS in its VPC, or a
 * route to a NAT gateway, and security groups that let it through.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-function-network-access.html
 */
export function secretsManagerBlock(called: CloudObject, store: CloudStore): string | undefined {
  const own = locationOf(called, store);
  if (own === undefined) return undefined;
  for (const id of subnetsOf(called)) {
    const subnet = store.get(TYPES.subnet, id);
    if (subnet === undefined) continue;
    const endpoint = endpointIn(text(propertiesOf(subnet).vpcId), store);
    const block =
      endpoint === undefined
        ? (routeBlock(subnet, store) ?? egressBlock(own, store))
        : blockBetween(own, endpoint, HTTPS, store);
    if (block !== undefined) return block;
  }
  return undefined;
}

/** `undefined` for a function in no VPC, which reaches the internet. */
function locationOf(called: CloudObject, store: CloudStore): Location | undefined {
  const subnets = subnetsOf(called);
  const { securityGroupIds } = recordOf(propertiesOf(called).vpcConfig);
  return subnets.length === 0
    ? undefined
    : { groups: texts(securityGroupIds), blocks: blocksOf(subnets, store) };
}

const subnetsOf = (called: CloudObject): readonly string[] =>
  texts(recordOf(propertiesOf(called).vpcConfig).subnetIds);

function blocksOf(
  subnets: readonly string[] | undefined,
  store: CloudStore,
): readonly string[] | undefined {
  const blocks = subnets?.map((id) => {
    const subnet = store.get(TYPES.subnet, id);
    return subnet && propertiesOf(subnet).cidrBlock;
  });
  return blocks?.every((block) => typeof block === "string") ? blocks : undefined;
}

/** The interface endpoint of a VPC for Secrets Manager that the service's own name leads to. */
function endpointIn(vpcId: string, store: CloudStore): Location | undefined {
  const [found] = store
    .all(TYPES.vpcEndpoint)
    .map(propertiesOf)
    .filter((endpoint) => endpoint.vpcId === vpcId && endpoint.vpcEndpointType === "Interface")
    .filter(({ serviceName }) => text(serviceName).endsWith(".secretsmanager"))
    .filter(({ privateDnsEnabled }) => privateDnsEnabled === true);
  return found === undefined
    ? undefined
    : {
        groups: texts(found.securityGroupIds),
        blocks: blocksOf(texts(found.subnetIds), store),
      };
}

function routeBlock(subnet: CloudObject, store: CloudStore): string | undefined {
  const routes = routesOf(subnet, store);
  const outward = routes.filter(
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

function routesOf(subnet: CloudObject, store: CloudStore): readonly Properties[] {
  const vpc = store.get(TYPES.vpc, text(propertiesOf(subnet).vpcId));
  const associated = store
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .map(propertiesOf)
    .find(({ subnetId }) => subnetId === subnet.id);
  const table = text(associated?.routeTableId ?? (vpc && propertiesOf(vpc).mainRouteTableId));
  const inline = store.get(TYPES.routeTable, table);
  return [
    ...(inline === undefined ? [] : listOf(propertiesOf(inline).routes).map(recordOf)),
    ...store
      .all("aws:ec2/route:Route")
      .map(propertiesOf)
      .filter(({ routeTableId }) => routeTableId === table),
  ];
}

function blockBetween(
  from: Location,
  to: Location,
  port: number,
  store: CloudStore,
): string | undefined {
  const names = (groups: readonly string[]): string => namesOf(groups, store);
  if (!lets("egress", from.groups, to, port, store)) {
    return `no egress rule of ${names(from.groups)} lets it to tcp ${port} of ${names(to.groups)}`;
  }
  return lets("ingress", to.groups, from, port, store)
    ? undefined
    : `no ingress rule of ${names(to.groups)} lets ${names(from.groups)} to tcp ${port}`;
}

/** To the addresses of the service, of which nothing is known but that they are outside. */
const egressBlock = ({ groups }: Location, store: CloudStore): string | undefined =>
  lets("egress", groups, { groups: [], blocks: undefined }, HTTPS, store)
    ? undefined
    : `no egress rule of ${namesOf(groups, store)} lets it to tcp ${HTTPS} outside`;

/** Whether one of the groups has a rule for a peer; of a group outside the stack that is assumed. */
function lets(
  direction: Direction,
  groups: readonly string[],
  peer: Location,
  port: number,
  store: CloudStore,
): boolean {
  if (groups.length === 0) return true;
  if (groups.some((group) => store.get(TYPES.securityGroup, group) === undefined)) return true;
  return rulesOf(direction, store).some(
    (rule) =>
      groups.includes(rule.group) &&
      rule.covers(port) &&
      (rule.isOpen ||
        rule.groups.some((each) => peer.groups.includes(each)) ||
        rule.blocks.some((block) => peer.blocks?.some((its) => overlap(block, its)) ?? true)),
  );
}

/** Inline rules of groups, and the two kinds of rule resources. */
function rulesOf(direction: Direction, store: CloudStore): readonly Rule[] {
  const kind = direction === "ingress" ? "Ingress" : "Egress";
  return [
    ...store
      .all(TYPES.securityGroup)
      .flatMap((group) =>
        listOf(propertiesOf(group)[direction]).map((rule) => ruleOf(group.id, rule)),
      ),
    ...[
      ...store.all(`aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`).map(propertiesOf),
      ...store
        .all("aws:ec2/securityGroupRule:SecurityGroupRule")
        .map(propertiesOf)
        .filter(({ type }) => (type === "egress" ? "egress" : "ingress") === direction),
    ].map((rule) => ruleOf(text(rule.securityGroupId), rule)),
  ];
}

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

const namesOf = (groups: readonly string[], store: CloudStore): string =>
  groups
    .map((id) => {
      const group = store.get(TYPES.securityGroup, id);
      return group === undefined ? id : nameOf(group);
    })
    .join(", ");

/** By its name in the program. */
const nameOf = ({ urn, id }: CloudObject): string => `${nameIn(urn)} (${id})`;
