import { arn, AWS_SCHEMAS } from "./aws";
import type { CitedModel, ResourceModel, ResourceRequest } from "./model";

/**
 * An EC2 resource whose id carries a prefix and whose ARN is made of kind and id; `schema` is the
 * provider's file about it.
 */
const ec2 = (
  prefix: string,
  kind: string,
  schema: string,
  more: ResourceModel & { extra?: (r: ResourceRequest) => Record<string, unknown> } = {},
): CitedModel => {
  const { extra, ...model } = more;
  return {
    ...model,
    source: `${AWS_SCHEMAS}/ec2/${schema}.go`,
    computed: (request) => {
      const id = request.identifier(prefix);
      return { id, arn: arn(request, "ec2", `${kind}/${id}`), ...extra?.(request) };
    },
  };
};

/** The provider cannot change what kind of source or destination a rule names, only which. */
const RULE: ResourceModel = {
  required: ["ipProtocol", "securityGroupId"],
  replaceOn: ["securityGroupId"],
  replaceOnRemoval: ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"],
};

/** Facts about `aws.ec2` and `aws.vpc`. */
export const networkModels: Readonly<Record<string, CitedModel>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", "vpc_", {
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    extra: (r) => ({
      mainRouteTableId: r.identifier("rtb"),
      defaultSecurityGroupId: r.identifier("sg"),
    }),
  }),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", "vpc_subnet", {
    required: ["vpcId"],
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native"],
  }),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway", "vpc_internet_gateway"),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", "ec2_eip", {
    replaceOn: ["domain", "address", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    extra: (r) => ({ allocationId: r.identifier("eipalloc"), publicIp: "203.0.113.10" }),
  }),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", "vpc_nat_gateway", {
    replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp"],
  }),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", "vpc_route_table", {
    required: ["vpcId"],
    replaceOn: ["vpcId"],
  }),
  "aws:ec2/route:Route": {
    required: ["routeTableId"],
    replaceOn: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    computed: (r) => ({ id: r.identifier("r-rtb"), state: "active", origin: "CreateRoute" }),
    source: `${AWS_SCHEMAS}/ec2/vpc_route.go`,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    required: ["routeTableId"],
    replaceOn: ["subnetId", "gatewayId"],
    computed: (r) => ({ id: r.identifier("rtbassoc") }),
    source: `${AWS_SCHEMAS}/ec2/vpc_route_table_association.go`,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint", "vpc_endpoint", {
    required: ["vpcId"],
    replaceOn: [
      "vpcId",
      "serviceName",
      "serviceRegion",
      "serviceNetworkArn",
      "resourceConfigurationArn",
      "vpcEndpointType",
    ],
    extra: () => ({ state: "available" }),
  }),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group", "vpc_security_group", {
    autoName: { property: "name", maxLength: 255 },
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    extra: (r) => ({ ownerId: r.account.accountId }),
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2(
    "sgr",
    "security-group-rule",
    "vpc_security_group_ingress_rule",
    RULE,
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2(
    "sgr",
    "security-group-rule",
    "vpc_security_group_egress_rule",
    RULE,
  ),
};
