import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkConfig, NewNetworkConfig } from "./config/network-schema";
import { planSubnets } from "./subnet-plan";

/** What the rest of the program needs of a network. */
export interface NetworkInfo {
  readonly vpcId: pulumi.Input<string>;
  readonly databaseSubnetIds: pulumi.Input<string>[];
  /** Subnets of a new cluster's nodes and pods; an existing cluster has its own. */
  readonly privateSubnetIds: pulumi.Input<string>[];
  /** Subnets of functions, with a way to Secrets Manager. */
  readonly functionSubnetIds: pulumi.Input<string>[];
  /** A private subnet's routes out of the VPC: nodes that start before them cannot pull images. */
  readonly egress: pulumi.Resource[];
}

/** The network of the config: a new one, or the ids of an existing one. */
export function network(config: NetworkConfig, context: Context): NetworkInfo {
  if ("create" in config) return new Network("network", { ...config.create, ...context });
  const { vpcId, databaseSubnetIds, privateSubnetIds = [] } = config;
  const functionSubnetIds = config.privateSubnetIds ?? databaseSubnetIds;
  return { vpcId, databaseSubnetIds, privateSubnetIds, functionSubnetIds, egress: [] };
}

export interface Context {
  readonly region: string;
  /** Tags of every AWS resource. */
  readonly tags?: Readonly<Record<string, string>>;
}

type NetworkArgs = NewNetworkConfig & Context;

/** AWS services that nodes, pods and the driver call, and must reach without a route to the internet. */
const SERVICES = [
  "secretsmanager",
  "sts",
  "eks-auth",
  "ecr.api",
  "ecr.dkr",
  "logs",
  "ec2",
] as const;

/**
 * A VPC with public, private and database subnets in each zone, of raw `aws.ec2` resources: the
 * offline plan shows every one of them. Database subnets have no route out of the VPC.
 */
class Network extends pulumi.ComponentResource implements NetworkInfo {
  readonly vpcId: pulumi.Output<string>;
  readonly databaseSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly functionSubnetIds: pulumi.Output<string>[];
  readonly egress: pulumi.Resource[];
  readonly #tags: Readonly<Record<string, string>>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("eks-db-secrets:stack:Network", name, {}, opts);
    this.#tags = args.tags ?? {};
    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      {
        cidrBlock: args.cidr,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: this.tag(name),
      },
      { parent: this },
    );
    const zones = this.zones(name, vpc, args);
    const gateways = this.publicRoutes(name, vpc, zones, args);
    this.egress = [
      ...zones.map((zone, index) =>
        this.associate(`${name}-private-${index + 1}`, zone.privateRoutes, zone.private),
      ),
      ...(args.natGateways === "none"
        ? this.endpoints(name, vpc, zones, args)
        : this.privateRoutes(name, zones, gateways)),
    ];

    this.vpcId = vpc.id;
    this.databaseSubnetIds = zones.map(({ database }) => database.id);
    this.privateSubnetIds = zones.map(({ private: subnet }) => subnet.id);
    this.functionSubnetIds = this.privateSubnetIds;
    this.registerOutputs({
      vpcId: this.vpcId,
      databaseSubnetIds: this.databaseSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
    });
  }

  private zones(name: string, vpc: aws.ec2.Vpc, { cidr, availabilityZones }: NetworkArgs): Zone[] {
    const names = aws.getAvailabilityZonesOutput(
      { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
      { parent: this },
    ).names;
    return planSubnets(cidr, availabilityZones).map((blocks, index) => {
      const zone = index + 1;
      const availabilityZone = names.apply((known) => zoneName(known, index));
      const subnet = (kind: keyof typeof blocks, tags: Record<string, string> = {}) =>
        new aws.ec2.Subnet(
          `${name}-${kind}-${zone}`,
          {
            vpcId: vpc.id,
            availabilityZone,
            cidrBlock: blocks[kind],
            tags: { ...this.tag(`${name}-${kind}-${zone}`), ...tags },
          },
          // A zone that AWS opens later may come first in the list; no subnet moves for that.
          { parent: this, ignoreChanges: ["availabilityZone"] },
        );
      // Load balancer controllers find their subnets by these tags.
      return {
        public: subnet("public", { "kubernetes.io/role/elb": "1" }),
        private: subnet("private", { "kubernetes.io/role/internal-elb": "1" }),
        database: subnet("database"),
        privateRoutes: this.routeTable(`${name}-private-${zone}`, vpc),
      };
    });
  }

  /** The internet gateway for the public subnets, and the NAT gateways in them. */
  private publicRoutes(
    name: string,
    vpc: aws.ec2.Vpc,
    zones: readonly Zone[],
    { natGateways }: NetworkArgs,
  ): aws.ec2.NatGateway[] {
    const internet = new aws.ec2.InternetGateway(
      `${name}-internet`,
      { vpcId: vpc.id, tags: this.tag(name) },
      { parent: this },
    );
    const table = this.routeTable(`${name}-public`, vpc);
    const route = new aws.ec2.Route(
      `${name}-public-internet`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
      { parent: this },
    );
    zones.forEach((zone, index) =>
      this.associate(`${name}-public-${index + 1}`, table, zone.public),
    );

    const count = { single: 1, perZone: zones.length, none: 0 }[natGateways];
    return zones.slice(0, count).map((zone, index) => {
      const address = new aws.ec2.Eip(
        `${name}-nat-${index + 1}-address`,
        { domain: "vpc", tags: this.tag(`${name}-nat-${index + 1}`) },
        { parent: this, dependsOn: internet },
      );
      return new aws.ec2.NatGateway(
        `${name}-nat-${index + 1}`,
        {
          allocationId: address.id,
          subnetId: zone.public.id,
          tags: this.tag(`${name}-nat-${index + 1}`),
        },
        { parent: this, dependsOn: route },
      );
    });
  }

  /** Private subnets go out through their own zone's gateway, or through the only one. */
  private privateRoutes(
    name: string,
    zones: readonly Zone[],
    gateways: readonly aws.ec2.NatGateway[],
  ): aws.ec2.Route[] {
    return zones.map(
      ({ privateRoutes }, index) =>
        new aws.ec2.Route(
          `${name}-private-${index + 1}-nat`,
          {
            routeTableId: privateRoutes.id,
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: (gateways[index] ?? gateways[0])?.id,
          },
          { parent: this },
        ),
    );
  }

  /** Without NAT: an endpoint per AWS service in the private subnets, and the free one for S3. */
  private endpoints(
    name: string,
    vpc: aws.ec2.Vpc,
    zones: readonly Zone[],
    { cidr, region }: NetworkArgs,
  ): aws.ec2.VpcEndpoint[] {
    const group = new aws.ec2.SecurityGroup(
      `${name}-endpoints`,
      {
        description: "HTTPS to the AWS services",
        vpcId: vpc.id,
        tags: this.tag(`${name}-endpoints`),
      },
      { parent: this },
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-endpoints-https`,
      {
        securityGroupId: group.id,
        cidrIpv4: cidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: "HTTPS from the VPC",
      },
      { parent: this },
    );
    const services = SERVICES.map(
      (service) =>
        new aws.ec2.VpcEndpoint(
          `${name}-${service.replace(".", "-")}`,
          {
            vpcId: vpc.id,
            serviceName: `com.amazonaws.${region}.${service}`,
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: zones.map(({ private: subnet }) => subnet.id),
            securityGroupIds: [group.id],
            tags: this.tag(`${name}-${service}`),
          },
          { parent: this },
        ),
    );
    // ECR keeps image layers in S3.
    const s3 = new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: zones.map(({ privateRoutes }) => privateRoutes.id),
        tags: this.tag(`${name}-s3`),
      },
      { parent: this },
    );
    return [...services, s3];
  }

  private routeTable(name: string, vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
    return new aws.ec2.RouteTable(
      `${name}-routes`,
      { vpcId: vpc.id, tags: this.tag(name) },
      { parent: this },
    );
  }

  private tag(name: string): Record<string, string> {
    return { ...this.#tags, Name: name };
  }

  private associate(
    name: string,
    table: aws.ec2.RouteTable,
    subnet: aws.ec2.Subnet,
  ): aws.ec2.RouteTableAssociation {
    return new aws.ec2.RouteTableAssociation(
      `${name}-association`,
      { routeTableId: table.id, subnetId: subnet.id },
      { parent: this },
    );
  }
}

interface Zone {
  readonly public: aws.ec2.Subnet;
  readonly private: aws.ec2.Subnet;
  readonly database: aws.ec2.Subnet;
  readonly privateRoutes: aws.ec2.RouteTable;
}

function zoneName(names: readonly string[], index: number): string {
  const name = names[index];
  if (name !== undefined) return name;
  throw new pulumi.RunError(
    `network.create.availabilityZones asks for ${index + 1} zones or more, and the region has ` +
      `${names.length}: ${names.join(", ")}`,
  );
}
