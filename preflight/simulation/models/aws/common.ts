import { among } from "../among";
import type { Properties, Reference, ResourceRequest } from "../model";

/** Where the schemas of the AWS provider's resources are, a folder for each service. */
export const AWS_SCHEMAS =
  "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/** The ARN of something in the request's account and region. */
export const arn = ({ account }: ResourceRequest, service: string, path: string): string =>
  `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${path}`;

/** Types that other resources name. */
export const TYPES = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  routeTable: "aws:ec2/routeTable:RouteTable",
  internetGateway: "aws:ec2/internetGateway:InternetGateway",
  natGateway: "aws:ec2/natGateway:NatGateway",
  vpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  address: "aws:ec2/eip:Eip",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  role: "aws:iam/role:Role",
  policy: "aws:iam/policy:Policy",
  key: "aws:kms/key:Key",
  cluster: "aws:eks/cluster:Cluster",
  accessEntry: "aws:eks/accessEntry:AccessEntry",
  instance: "aws:rds/instance:Instance",
  subnetGroup: "aws:rds/subnetGroup:SubnetGroup",
  parameterGroup: "aws:rds/parameterGroup:ParameterGroup",
  databaseCluster: "aws:rds/cluster:Cluster",
  clusterInstance: "aws:rds/clusterInstance:ClusterInstance",
  clusterParameterGroup: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  proxy: "aws:rds/proxy:Proxy",
  secret: "aws:secretsmanager/secret:Secret",
  function: "aws:lambda/function:Function",
  eventRule: "aws:cloudwatch/eventRule:EventRule",
} as const;

/** Names something that must be there. */
export const names = (kind: keyof typeof TYPES): Reference => ({ to: TYPES[kind] });

const EC2_ACTIONS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const IAM_ACTIONS = "https://docs.aws.amazon.com/IAM/latest/APIReference";
const RDS_ACTIONS = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";

/** Where AWS says that it does not delete what is in use. */
const KEPT_IN_USE = {
  vpc: `${EC2_ACTIONS}/API_DeleteVpc.html`,
  subnet: `${EC2_ACTIONS}/API_DeleteSubnet.html`,
  securityGroup: `${EC2_ACTIONS}/API_DeleteSecurityGroup.html`,
  routeTable: `${EC2_ACTIONS}/API_DeleteRouteTable.html`,
  address: `${EC2_ACTIONS}/API_ReleaseAddress.html`,
  role: `${IAM_ACTIONS}/API_DeleteRole.html`,
  policy: `${IAM_ACTIONS}/API_DeletePolicy.html`,
  cluster: "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteCluster.html",
  subnetGroup: `${RDS_ACTIONS}/API_DeleteDBSubnetGroup.html`,
  parameterGroup: `${RDS_ACTIONS}/API_DeleteDBParameterGroup.html`,
  eventRule: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html",
  clusterParameterGroup: `${RDS_ACTIONS}/API_DeleteDBClusterParameterGroup.html`,
} as const;

/** The same, and AWS refuses to delete it as long as it is named here. */
export const holds = (kind: keyof typeof KEPT_IN_USE): Reference => ({
  ...names(kind),
  holds: KEPT_IN_USE[kind],
});

/** A key by its id or ARN. Each account has the keys of AWS's services, under these aliases. */
export const namesKey: Reference = {
  ...names("key"),
  builtIn: (value) => /(^|:)alias\/aws\//.test(value),
};

/** A policy by its ARN. Those that AWS manages are in every account. */
export const namesPolicy: Reference = {
  ...names("policy"),
  builtIn: (value) => /^arn:aws[a-z-]*:iam::aws:policy\//.test(value),
};

/** An error where more than one of the inputs is given, whatever its value. */
export function atMostOne(inputs: Properties, ...properties: readonly string[]): readonly string[] {
  const { certainly } = among(inputs, properties);
  return certainly.length > 1 ? [`${certainly.join(" and ")} cannot be combined`] : [];
}

/** An error where an input is given without another one that it needs. */
export const needs = (inputs: Properties, property: string, other: string): readonly string[] =>
  among(inputs, [property]).certainly.length > 0 && inputs[other] === undefined
    ? [`${property} needs ${other}`]
    : [];

/** An error unless exactly one of the inputs is given. */
export function exactlyOne(
  inputs: Properties,
  ...properties: readonly string[]
): readonly string[] {
  const { possibly, certainly } = among(inputs, properties);
  if (possibly.length > 0 && certainly.length <= 1) return [];
  const got = possibly.length === 0 ? "none" : certainly.join(" and ");
  return [`needs exactly one of ${properties.join(", ")}; got ${got}`];
}
