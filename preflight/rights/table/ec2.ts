import type { Rows } from "./row";

const TAGS = "CreateTags DeleteTags";

/** Network interfaces that Lambda leaves behind keep a subnet and a security group from being deleted. */
const LEFT_INTERFACES = "DetachNetworkInterface DeleteNetworkInterface";

const GROUP_RULE =
  "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress " +
  "RevokeSecurityGroupIngress RevokeSecurityGroupEgress ModifySecurityGroupRules";

/** AWS numbers what is in a network, so nothing of it has a name before it is there. */
export const EC2_ROWS: Rows = {
  "aws:ec2/vpc:Vpc": [
    {
      write: `ec2: CreateVpc DeleteVpc ModifyVpcAttribute ${TAGS}`,
      read:
        "ec2: DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables " +
        "DescribeSecurityGroups",
    },
  ],
  "aws:ec2/subnet:Subnet": [
    {
      write: `ec2: CreateSubnet DeleteSubnet ModifySubnetAttribute ${LEFT_INTERFACES} ${TAGS}`,
      read: "ec2: DescribeSubnets DescribeNetworkInterfaces",
    },
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    {
      write:
        "ec2: CreateInternetGateway AttachInternetGateway DetachInternetGateway " +
        `DeleteInternetGateway ${TAGS}`,
      read: "ec2: DescribeInternetGateways",
    },
  ],
  "aws:ec2/eip:Eip": [
    {
      write: `ec2: AllocateAddress DisassociateAddress ReleaseAddress ${TAGS}`,
      read: "ec2: DescribeAddresses DescribeAddressesAttribute",
    },
  ],
  "aws:ec2/natGateway:NatGateway": [
    { write: `ec2: CreateNatGateway DeleteNatGateway ${TAGS}`, read: "ec2: DescribeNatGateways" },
  ],
  "aws:ec2/routeTable:RouteTable": [
    {
      write: `ec2: CreateRouteTable DeleteRouteTable DisassociateRouteTable ${TAGS}`,
      read: "ec2: DescribeRouteTables",
    },
    { write: "ec2: CreateRoute ReplaceRoute DeleteRoute", when: "routes" },
  ],
  "aws:ec2/route:Route": [
    { write: "ec2: CreateRoute ReplaceRoute DeleteRoute", read: "ec2: DescribeRouteTables" },
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    {
      write: "ec2: AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable",
      read: "ec2: DescribeRouteTables",
    },
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    {
      write:
        "ec2: CreateSecurityGroup DeleteSecurityGroup AuthorizeSecurityGroupIngress " +
        "AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress " +
        `${LEFT_INTERFACES} ${TAGS}`,
      read: "ec2: DescribeSecurityGroups DescribeSecurityGroupRules DescribeNetworkInterfaces",
    },
  ],
  "aws:ec2/securityGroupRule:SecurityGroupRule": [
    { write: `ec2: ${GROUP_RULE}`, read: "ec2: DescribeSecurityGroups DescribeSecurityGroupRules" },
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    {
      write:
        "ec2: AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress " +
        `ModifySecurityGroupRules ${TAGS}`,
      read: "ec2: DescribeSecurityGroupRules",
    },
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    {
      write:
        "ec2: AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress " +
        `ModifySecurityGroupRules ${TAGS}`,
      read: "ec2: DescribeSecurityGroupRules",
    },
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    {
      write: `ec2: CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints ${TAGS}`,
      read:
        "ec2: DescribeVpcEndpoints DescribePrefixLists DescribeVpcs DescribeSubnets " +
        "DescribeSecurityGroups",
    },
    { write: "route53: AssociateVPCWithHostedZone", when: "privateDnsEnabled" },
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    {
      write:
        "ec2: CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate " +
        `DeleteLaunchTemplate ${TAGS}`,
      read: "ec2: DescribeLaunchTemplates DescribeLaunchTemplateVersions",
    },
  ],
};
