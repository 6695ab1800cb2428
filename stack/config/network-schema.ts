import { z } from "zod";
import { VPC_PREFIXES } from "../subnet-plan";
import { cidrBlock, stringMatching, subnetIds, vpcId, wholeNumber } from "./values";

const NewNetwork = z
  .strictObject({
    create: z.strictObject({
      cidr: cidrBlock(VPC_PREFIXES.largest, VPC_PREFIXES.smallest)
        .default("10.20.0.0/16")
        .describe(
          "Addresses of the VPC, /16 to /24; apart from `cluster.create.serviceCidr`. " +
            "Changing it replaces the VPC and everything in it, the databases included.",
        ),
      availabilityZones: wholeNumber(2, 4)
        .default(2)
        .describe(
          "Zones that get a public, a private and a database subnet, 2 to 4: RDS and EKS refuse " +
            "one. The region must have as many. Adding one moves nothing.",
        ),
      natGateways: z
        .enum(["single", "perZone", "none"])
        .default("single")
        .describe(
          "How private subnets reach the internet: one NAT gateway for all (cheapest, and a zone's " +
            "failure cuts off all), one per zone, or none. With `none`, interface endpoints for the " +
            "AWS services that nodes, pods and driver need take their place, and every image must " +
            "come from a registry that is reachable without the internet.",
        ),
    }),
  })
  .meta({ title: "A new network" });

const ExistingNetwork = z
  .strictObject({
    vpcId: vpcId().describe("The VPC that holds the subnets."),
    databaseSubnetIds: subnetIds().describe(
      "Subnets of the databases, in at least two availability zones. Moving a database to other " +
        "subnets interrupts it.",
    ),
    privateSubnetIds: subnetIds()
      .optional()
      .meta({
        description:
          "Subnets of a new cluster's nodes and pods, in at least two availability zones, with a " +
          "way to the internet or to the AWS services. Required with `cluster.create`.",
        whenAbsent: "none: an existing cluster has subnets of its own",
      }),
    secretsManagerEndpointId: stringMatching(
      /^vpce-/,
      'must be the id of a VPC endpoint ("vpce-…")',
    )
      .optional()
      .meta({
        description:
          "The interface endpoint of Secrets Manager in the VPC, with private DNS, which admits HTTPS " +
          "from the database subnets. Required with a `user` of an app where there are no " +
          "`privateSubnetIds`: the functions that rotate are then in the database subnets.",
        whenAbsent: "none: functions are in the private subnets, which have a way out",
      }),
  })
  .meta({ title: "An existing network" });

/** The network: a new one, or the ids of one that exists. */
export const NetworkSchema = z
  .union([NewNetwork, ExistingNetwork])
  .describe("The network of the databases, and of a new cluster.");

export type NetworkConfig = z.output<typeof NetworkSchema>;
export type NewNetworkConfig = z.output<typeof NewNetwork>["create"];
