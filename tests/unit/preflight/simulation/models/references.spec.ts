import * as assert from "node:assert/strict";
import { RESOURCES } from "../../../../../preflight/simulation/models";
import type { Reference } from "../../../../../preflight/simulation/models/model";

const REFERENCES = Object.entries(RESOURCES)
  .filter(([type]) => type.startsWith("aws:"))
  .flatMap(([type, { references = {} }]) =>
    Object.entries(references).map(([path, reference]) => ({ type, path, reference })),
  );

const short = (type: string): string => type.slice(type.lastIndexOf(":") + 1);

const referenceOf = (type: string, path: string): Reference => {
  const reference = RESOURCES[type]?.references?.[path];
  assert.ok(reference, `${type} names nothing by ${path}`);
  return reference;
};

/** What AWS refuses to delete as long as something names it so. */
const HELD = [
  "Cluster by NodeGroup.clusterName",
  "ClusterParameterGroup by Cluster.dbClusterParameterGroupName",
  "Eip by NatGateway.allocationId",
  "EventRule by EventTarget.rule",
  "ParameterGroup by ClusterInstance.dbParameterGroupName",
  "ParameterGroup by Instance.parameterGroupName",
  "Policy by RolePolicyAttachment.policyArn",
  "Role by RolePolicy.role",
  "Role by RolePolicyAttachment.role",
  "RouteTable by RouteTableAssociation.routeTableId",
  "SecurityGroup by Cluster.vpcConfig.securityGroupIds[]",
  "SecurityGroup by Cluster.vpcSecurityGroupIds[]",
  "SecurityGroup by Function.vpcConfig.securityGroupIds[]",
  "SecurityGroup by Instance.vpcSecurityGroupIds[]",
  "SecurityGroup by Proxy.vpcSecurityGroupIds[]",
  "SecurityGroup by SecurityGroup.egress[].securityGroups[]",
  "SecurityGroup by SecurityGroup.ingress[].securityGroups[]",
  "SecurityGroup by SecurityGroupEgressRule.referencedSecurityGroupId",
  "SecurityGroup by SecurityGroupIngressRule.referencedSecurityGroupId",
  "SecurityGroup by VpcEndpoint.securityGroupIds[]",
  "Subnet by Cluster.vpcConfig.subnetIds[]",
  "Subnet by Function.vpcConfig.subnetIds[]",
  "Subnet by NatGateway.subnetId",
  "Subnet by NodeGroup.subnetIds[]",
  "Subnet by VpcEndpoint.subnetIds[]",
  "SubnetGroup by Cluster.dbSubnetGroupName",
  "SubnetGroup by ClusterInstance.dbSubnetGroupName",
  "SubnetGroup by Instance.dbSubnetGroupName",
  "Vpc by InternetGateway.vpcId",
  "Vpc by NatGateway.vpcId",
  "Vpc by RouteTable.vpcId",
  "Vpc by SecurityGroup.vpcId",
  "Vpc by Subnet.vpcId",
  "Vpc by VpcEndpoint.vpcId",
];

describe("what resources of AWS name", () => {
  it("is of a type that the local cloud knows", () => {
    const unknown = REFERENCES.filter(({ reference }) => !(reference.to in RESOURCES));
    assert.deepEqual(unknown, []);
  });

  it("can be deleted all the same, but for these", () => {
    const held = REFERENCES.filter(({ reference }) => reference.holds !== undefined).map(
      ({ type, path, reference }) => `${short(reference.to)} by ${short(type)}.${path}`,
    );
    assert.deepEqual(held.sort(), HELD);
  });

  it("is kept in use where AWS documents how it is deleted", () => {
    const sources = REFERENCES.flatMap(({ reference }) => reference.holds ?? []);
    const others = sources.filter(
      (source) =>
        !/^https:\/\/docs\.aws\.amazon\.com\/.+\/API_(Delete|Release)\w+\.html$/.test(source),
    );
    assert.deepEqual(others, []);
  });

  it("may be a parameter group or a subnet group that every account has", () => {
    const instance = "aws:rds/instance:Instance";
    const { builtIn: parameters } = referenceOf(instance, "parameterGroupName");
    const { builtIn: subnets } = referenceOf(instance, "dbSubnetGroupName");
    const groups = ["default.postgres17", "defaults", "orders"];
    assert.deepEqual(
      groups.map((name) => parameters?.(name)),
      [true, false, false],
    );
    assert.deepEqual(
      ["default", "orders"].map((name) => subnets?.(name)),
      [true, false],
    );
  });

  it("may be a key of an AWS service, by its alias", () => {
    const { builtIn } = referenceOf("aws:secretsmanager/secret:Secret", "kmsKeyId");
    const arn = "arn:aws:kms:eu-central-1:123456789012";
    const keys = ["alias/aws/rds", `${arn}:alias/aws/rds`, "alias/orders", `${arn}:key/aws/1`];
    assert.deepEqual(
      keys.map((key) => builtIn?.(key)),
      [true, true, false, false],
    );
  });

  it("may be a policy that AWS manages, in any partition", () => {
    const { builtIn } = referenceOf(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "policyArn",
    );
    const policies = [
      "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
      "arn:aws-us-gov:iam::aws:policy/AmazonEKSClusterPolicy",
      "arn:aws:iam::123456789012:policy/read",
    ];
    assert.deepEqual(
      policies.map((policy) => builtIn?.(policy)),
      [true, true, false],
    );
  });

  it("may be a security group of another account", () => {
    const { builtIn } = referenceOf(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "referencedSecurityGroupId",
    );
    const groups = ["123456789012/sg-1", "sg-1"];
    assert.deepEqual(
      groups.map((group) => builtIn?.(group)),
      [true, false],
    );
  });

  it("may be the way within the network", () => {
    const { builtIn } = referenceOf("aws:ec2/route:Route", "gatewayId");
    assert.deepEqual(
      ["local", "igw-1"].map((gateway) => builtIn?.(gateway)),
      [true, false],
    );
  });

  it("is an access entry by its cluster and its principal", () => {
    const { id } = referenceOf(
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "principalArn",
    );
    assert.equal(
      id?.("arn:aws:iam::1:role/a", { clusterName: "main" }),
      "main:arn:aws:iam::1:role/a",
    );
  });
});
