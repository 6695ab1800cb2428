import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { StackNetwork } from "../../../../local/functions/network";
import {
  all,
  asItIs,
  changed,
  inStore,
  type Network,
  type Plant,
  rotating,
  without,
} from "./stacks";

/** Ids are the model's. */
const blunt = (block: string | undefined): string | undefined =>
  block?.replaceAll(/ \((?:sg|subnet)-\w+\)/g, "");

const toDatabase = (plant: Plant, program = rotating()): Promise<string | undefined> =>
  inStore(program, plant, ({ called, instance, store }) =>
    blunt(new StackNetwork(store).databaseBlock(called, instance)),
  );

const toSecretsManager = (
  more: (network: Network) => unknown,
  plant: Plant = asItIs,
): Promise<string | undefined> =>
  inStore(rotating(more), plant, ({ called, store }) =>
    blunt(new StackNetwork(store).secretsManagerBlock(called)),
  );

const INGRESS = "SecurityGroupIngressRule::app-rotation-to-database";
const EGRESS = "SecurityGroupEgressRule::app-rotation-to-database";
const NO_INGRESS = "no ingress rule of orders-security-group lets app-rotation to tcp 5432";
const NO_EGRESS = "no egress rule of app-rotation lets it to tcp 5432 of orders-security-group";

describe("the way of a function to its database", () => {
  const known: readonly (readonly [string, Plant, string | undefined])[] = [
    ["is there with the component's rules", asItIs, undefined],
    ["ends without an ingress rule", without(INGRESS), NO_INGRESS],
    ["ends without an egress rule", without(EGRESS), NO_EGRESS],
    ["ends at another port", changed(INGRESS, { fromPort: 5433, toPort: 5433 }), NO_INGRESS],
    ["ends at another protocol", changed(EGRESS, { ipProtocol: "udp" }), NO_EGRESS],
    [
      "ends at another group",
      changed(INGRESS, { referencedSecurityGroupId: "sg-other" }),
      NO_INGRESS,
    ],
    ["is there for every protocol", changed(EGRESS, { ipProtocol: "-1" }), undefined],
    [
      "is there by the block of its subnets",
      changed(INGRESS, { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" }),
      undefined,
    ],
    [
      "ends at a block of others",
      changed(INGRESS, { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.7.0/24" }),
      NO_INGRESS,
    ],
    [
      "is there by a prefix list, which is not looked into",
      changed(INGRESS, { referencedSecurityGroupId: undefined, prefixListId: "pl-1" }),
      undefined,
    ],
    [
      "is there by rules within the group",
      all(
        without(INGRESS),
        changed("SecurityGroup::orders-security-group", {
          ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["10.0.1.7/32"] }],
        }),
      ),
      undefined,
    ],
    ["is assumed where a group is outside", without("SecurityGroup::app-rotation"), undefined],
    [
      "ends without a VPC",
      changed("Function::app-rotation", { vpcConfig: undefined }),
      "the function is in no VPC, and the database has no public address",
    ],
  ];
  for (const [what, plant, expected] of known) {
    it(what, async () => assert.equal(await toDatabase(plant), expected));
  }
});

const REMEDY = "it takes a NAT gateway, or an interface endpoint with private DNS in the VPC";

function routed(target: Partial<aws.ec2.RouteArgs>) {
  return ({ vpcId, subnetIds }: Network): void => {
    const table = new aws.ec2.RouteTable("table", { vpcId });
    subnetIds.forEach((subnetId, index) => {
      new aws.ec2.RouteTableAssociation(`table-${index}`, { routeTableId: table.id, subnetId });
    });
    new aws.ec2.Route("out", {
      ...{ routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target },
    });
  };
}

function endpoint(more: Partial<aws.ec2.VpcEndpointArgs> = {}, cidr = "10.0.0.0/16") {
  return ({ vpcId, subnetIds }: Network): void => {
    const group = new aws.ec2.SecurityGroup("endpoint", {
      vpcId,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidr] }],
    });
    new aws.ec2.VpcEndpoint("secrets", {
      vpcId,
      serviceName: "com.amazonaws.eu-central-1.secretsmanager",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      ...more,
    });
  };
}

describe("the way of a function to Secrets Manager", () => {
  const HTTPS = "SecurityGroupEgressRule::app-rotation-to-secrets-manager";
  const NO_ROUTE = `no route leads from subnet-1 to Secrets Manager: ${REMEDY}`;
  const known: readonly (readonly [
    string,
    (network: Network) => unknown,
    string | undefined,
    Plant?,
  ])[] = [
    ["ends in a network without a way out", () => undefined, NO_ROUTE],
    ["is there by a NAT gateway", routed({ natGatewayId: "nat-1" }), undefined],
    ["is assumed by a transit gateway", routed({ transitGatewayId: "tgw-1" }), undefined],
    [
      "ends at an internet gateway",
      routed({ gatewayId: "igw-1" }),
      `subnet-1 leads to an internet gateway, and a function has no public address: ${REMEDY}`,
    ],
    [
      "ends where its own group lets nothing out",
      routed({ natGatewayId: "nat-1" }),
      "no egress rule of app-rotation lets it to tcp 443 outside",
      without(HTTPS),
    ],
    [
      "is there by routes of the VPC's main table",
      ({ mainRouteTableId }) =>
        new aws.ec2.Route("out", {
          ...{ routeTableId: mainRouteTableId, destinationCidrBlock: "0.0.0.0/0" },
          natGatewayId: "nat-1",
        }),
      undefined,
    ],
    [
      "ends in one subnet, though the table of another has a route",
      ({ vpcId, subnetIds: [subnetId] }) => {
        const routes = [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }];
        const table = new aws.ec2.RouteTable("table", { vpcId, routes });
        return new aws.ec2.RouteTableAssociation("first", { routeTableId: table.id, subnetId });
      },
      `no route leads from subnet-2 to Secrets Manager: ${REMEDY}`,
    ],
    ["is there by an endpoint", endpoint(), undefined],
    ["ends at an endpoint without private DNS", endpoint({ privateDnsEnabled: false }), NO_ROUTE],
    [
      "ends at an endpoint of another service",
      endpoint({ serviceName: "com.amazonaws.eu-central-1.sts" }),
      NO_ROUTE,
    ],
    [
      "ends at an endpoint that lets in others",
      endpoint({}, "10.0.7.0/24"),
      "no ingress rule of endpoint lets app-rotation to tcp 443",
    ],
    [
      "is assumed from subnets outside",
      () => undefined,
      undefined,
      (object) => (object.type === "aws:ec2/subnet:Subnet" ? undefined : object),
    ],
    [
      "needs no route of a function in no VPC",
      () => undefined,
      undefined,
      changed("Function::app-rotation", { vpcConfig: undefined }),
    ],
  ];
  for (const [what, more, expected, plant] of known) {
    it(what, async () => assert.equal(await toSecretsManager(more, plant), expected));
  }
});
