import { atMostOne, AWS_SCHEMAS, exactlyOne, holds, names, TYPES } from "./common";
import { IPV6_BLOCK, ipv4Block } from "./values";
import { ec2 } from "./ec2";
import { POLICY } from "./iam-values";
import { among } from "../among";
import type { CitedModel, Properties } from "../model";
import { UNKNOWN } from "../../wire/unknown";
import { oneOf } from "../value-rules";

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const NETWORK_BLOCK = ipv4Block(16, 28);

const DESTINATIONS = [
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
  "destinationPrefixListId",
];
const TARGETS = [
  ...["gatewayId", "natGatewayId", "vpcEndpointId", "networkInterfaceId", "transitGatewayId"],
  ...["vpcPeeringConnectionId", "egressOnlyGatewayId", "carrierGatewayId", "localGatewayId"],
  ...["coreNetworkArn", "odbNetworkArn"],
];

const needsOneOf = (inputs: Properties, ...names: readonly string[]): readonly string[] =>
  among(inputs, names).possibly.length > 0 ? [] : [`needs one of ${names.join(", ")}`];

/** A gateway of a whole region creates addresses and subnets of its own. */
function natErrors(inputs: Properties): readonly string[] {
  const { availabilityMode, connectivityType } = inputs;
  if (availabilityMode === "regional") return [];
  if (availabilityMode === UNKNOWN || connectivityType === UNKNOWN) return [];
  const isPrivate = connectivityType === "private";
  const needed = isPrivate ? ["subnetId"] : ["subnetId", "allocationId"];
  const missing = needed.filter((name) => inputs[name] === undefined);
  const { certainly } = among(inputs, ["allocationId"]);
  return [
    ...(missing.length > 0
      ? [`a ${isPrivate ? "private" : "public"} gateway needs ${missing.join(", ")}`]
      : []),
    ...(isPrivate && certainly.length > 0 ? ["allocationId is for a public gateway"] : []),
  ];
}

/** Facts about `aws.ec2` and `aws.vpc`. */
export const networkModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.vpc]: ec2("vpc", "vpc", "vpc_", {
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    values: { cidrBlock: NETWORK_BLOCK, instanceTenancy: oneOf("default", "dedicated") },
    check: (inputs) => [
      ...needsOneOf(inputs, "cidrBlock", "ipv4IpamPoolId"),
      ...atMostOne(inputs, "cidrBlock", "ipv4NetmaskLength"),
    ],
    creates: {
      mainRouteTableId: { type: TYPES.routeTable },
      defaultSecurityGroupId: { type: TYPES.securityGroup },
    },
    extra: (r) => ({
      mainRouteTableId: r.identifier("rtb"),
      defaultSecurityGroupId: r.identifier("sg"),
    }),
  }),
  [TYPES.subnet]: ec2("subnet", "subnet", "vpc_subnet", {
    required: ["vpcId"],
    replaceOn: [
      ...["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native"],
      ...["ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength"],
      "outpostArn",
    ],
    values: { cidrBlock: NETWORK_BLOCK },
    references: { vpcId: holds("vpc") },
    check: (inputs) => [
      ...needsOneOf(inputs, "cidrBlock", "ipv4IpamPoolId", "ipv6Native"),
      ...atMostOne(inputs, "availabilityZone", "availabilityZoneId"),
    ],
  }),
  [TYPES.internetGateway]: ec2("igw", "internet-gateway", "vpc_internet_gateway", {
    references: { vpcId: holds("vpc") },
  }),
  [TYPES.address]: ec2("eipalloc", "elastic-ip", "ec2_eip", {
    replaceOn: ["domain", "address", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    values: { domain: oneOf("vpc", "standard") },
    extra: (r) => ({ allocationId: r.identifier("eipalloc"), publicIp: "203.0.113.10" }),
  }),
  [TYPES.natGateway]: ec2("nat", "natgateway", "vpc_nat_gateway", {
    replaceOn: [
      ...["subnetId", "allocationId", "connectivityType", "privateIp"],
      ...["availabilityMode", "vpcId"],
    ],
    values: {
      connectivityType: oneOf("public", "private"),
      availabilityMode: oneOf("zonal", "regional"),
    },
    references: {
      subnetId: holds("subnet"),
      allocationId: holds("address"),
      vpcId: holds("vpc"),
    },
    check: natErrors,
  }),
  [TYPES.routeTable]: ec2("rtb", "route-table", "vpc_route_table", {
    required: ["vpcId"],
    replaceOn: ["vpcId"],
    references: { vpcId: holds("vpc") },
  }),
  "aws:ec2/route:Route": {
    required: ["routeTableId"],
    replaceOn: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    values: { destinationCidrBlock: ipv4Block(), destinationIpv6CidrBlock: IPV6_BLOCK },
    // A route goes with its table, and stays behind as a black hole where its target goes.
    references: {
      routeTableId: names("routeTable"),
      gatewayId: { ...names("internetGateway"), builtIn: (value) => value === "local" },
      natGatewayId: names("natGateway"),
      vpcEndpointId: names("vpcEndpoint"),
    },
    check: (inputs) => [...exactlyOne(inputs, ...DESTINATIONS), ...exactlyOne(inputs, ...TARGETS)],
    computed: (r) => ({ id: r.identifier("r-rtb"), state: "active", origin: "CreateRoute" }),
    source: `${AWS_SCHEMAS}/ec2/vpc_route.go`,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    required: ["routeTableId"],
    replaceOn: ["subnetId", "gatewayId"],
    references: {
      routeTableId: holds("routeTable"),
      subnetId: names("subnet"),
      gatewayId: names("internetGateway"),
    },
    check: (inputs) => exactlyOne(inputs, "subnetId", "gatewayId"),
    computed: (r) => ({ id: r.identifier("rtbassoc") }),
    source: `${AWS_SCHEMAS}/ec2/vpc_route_table_association.go`,
  },
  [TYPES.vpcEndpoint]: ec2("vpce", "vpc-endpoint", "vpc_endpoint", {
    required: ["vpcId"],
    replaceOn: [
      "vpcId",
      "serviceName",
      "serviceRegion",
      "serviceNetworkArn",
      "resourceConfigurationArn",
      "vpcEndpointType",
      // `privateDnsEnabled` is updated in place for endpoints of the type Interface.
      "dnsOptions.privateDnsPreference",
      "dnsOptions.privateDnsSpecifiedDomains",
    ],
    values: {
      vpcEndpointType: oneOf(
        ...["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
      ),
      ipAddressType: oneOf("ipv4", "dualstack", "ipv6"),
      policy: POLICY,
    },
    references: {
      vpcId: holds("vpc"),
      "subnetIds[]": holds("subnet"),
      "securityGroupIds[]": holds("securityGroup"),
      "routeTableIds[]": names("routeTable"),
    },
    check: (inputs) =>
      exactlyOne(inputs, "serviceName", "serviceNetworkArn", "resourceConfigurationArn"),
    extra: () => ({ state: "available" }),
  }),
};
