import type { ResourceModel, ResourceRequest } from "./model";

const arn = ({ account }: ResourceRequest, service: string, path: string): string =>
  `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${path}`;

/** An EC2 resource whose id carries a prefix and whose ARN is made of kind and id. */
const ec2 = (
  prefix: string,
  kind: string,
  more: Partial<ResourceModel> & { extra?: (r: ResourceRequest) => Record<string, unknown> } = {},
): ResourceModel => {
  const { extra, ...model } = more;
  return {
    ...model,
    computed: (request) => {
      const id = request.identifier(prefix);
      return { id, arn: arn(request, "ec2", `${kind}/${id}`), ...extra?.(request) };
    },
  };
};

/** Facts about `aws.ec2` and `aws.vpc`: https://www.pulumi.com/registry/packages/aws/api-docs/ec2/ */
export const networkModels: Readonly<Record<string, ResourceModel>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", {
    replaceOn: ["cidrBlock"],
    extra: (r) => ({
      mainRouteTableId: r.identifier("rtb"),
      defaultSecurityGroupId: r.identifier("sg"),
    }),
  }),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", {
    required: ["vpcId"],
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone"],
  }),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", {
    extra: (r) => ({ allocationId: r.identifier("eipalloc"), publicIp: "203.0.113.10" }),
  }),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", {
    required: ["subnetId"],
    replaceOn: ["subnetId", "allocationId"],
  }),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", {
    required: ["vpcId"],
    replaceOn: ["vpcId"],
  }),
  "aws:ec2/route:Route": {
    required: ["routeTableId"],
    replaceOn: ["routeTableId", "destinationCidrBlock"],
    computed: (r) => ({ id: r.identifier("r-rtb"), state: "active", origin: "CreateRoute" }),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    required: ["routeTableId"],
    replaceOn: ["subnetId", "gatewayId"],
    computed: (r) => ({ id: r.identifier("rtbassoc") }),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint", {
    required: ["vpcId", "serviceName"],
    replaceOn: ["vpcId", "serviceName", "vpcEndpointType"],
    extra: () => ({ state: "available" }),
  }),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group", {
    autoName: { property: "name", maxLength: 255 },
    replaceOn: ["name", "description", "vpcId"],
    extra: (r) => ({ ownerId: r.account.accountId }),
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule", {
    required: ["ipProtocol", "securityGroupId"],
    replaceOn: ["securityGroupId"],
  }),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule", {
    required: ["ipProtocol", "securityGroupId"],
    replaceOn: ["securityGroupId"],
  }),
};
