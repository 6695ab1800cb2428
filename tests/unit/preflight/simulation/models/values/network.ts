import { type Examples, TRUST } from "./examples";

export const networkExamples: Examples = {
  "aws:ec2/vpc:Vpc": {
    good: { cidrBlock: "10.0.0.0/16", instanceTenancy: "default" },
    accepted: [{ cidrBlock: undefined, ipv4IpamPoolId: "pool", ipv4NetmaskLength: 16 }],
    refused: {
      cidrBlock: [
        [{ cidrBlock: "10.0.0.0/8" }, "cidrBlock '10.0.0.0/8' must be a block from /16 to /28"],
        [{ cidrBlock: "10.0.0.0/29" }, "cidrBlock '10.0.0.0/29' must be a block from /16 to /28"],
        [
          { cidrBlock: "10.0.1.0/16" },
          "cidrBlock '10.0.1.0/16' must be written by the first address of its block",
        ],
      ],
      instanceTenancy: [
        [{ instanceTenancy: "host" }, "instanceTenancy 'host' must be one of default, dedicated"],
      ],
    },
    together: [
      [{ cidrBlock: undefined }, ["needs one of cidrBlock, ipv4IpamPoolId"]],
      [{ ipv4NetmaskLength: 16 }, ["cidrBlock and ipv4NetmaskLength cannot be combined"]],
    ],
  },
  "aws:ec2/subnet:Subnet": {
    good: { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone: "eu-central-1a" },
    accepted: [{ cidrBlock: undefined, ipv6Native: true }],
    refused: {
      cidrBlock: [
        [
          { cidrBlock: "10.0.1.0" },
          "cidrBlock '10.0.1.0' must be a block of IPv4 addresses, such as 10.0.0.0/16",
        ],
      ],
    },
    together: [
      [{ cidrBlock: undefined }, ["needs one of cidrBlock, ipv4IpamPoolId, ipv6Native"]],
      [
        { availabilityZoneId: "euc1-az2" },
        ["availabilityZone and availabilityZoneId cannot be combined"],
      ],
    ],
  },
  "aws:ec2/eip:Eip": {
    good: { domain: "vpc" },
    refused: {
      domain: [[{ domain: "classic" }, "domain 'classic' must be one of vpc, standard"]],
    },
  },
  "aws:ec2/natGateway:NatGateway": {
    good: {
      subnetId: "subnet-a",
      allocationId: "eipalloc-1",
      connectivityType: "public",
      availabilityMode: "zonal",
    },
    accepted: [
      { connectivityType: "private", allocationId: undefined },
      { availabilityMode: "regional", subnetId: undefined, allocationId: undefined },
    ],
    refused: {
      connectivityType: [
        [{ connectivityType: "open" }, "connectivityType 'open' must be one of public, private"],
      ],
      availabilityMode: [
        [{ availabilityMode: "zone" }, "availabilityMode 'zone' must be one of zonal, regional"],
      ],
    },
    together: [
      [
        { allocationId: undefined, subnetId: undefined },
        ["a public gateway needs subnetId, allocationId"],
      ],
      [{ connectivityType: "private" }, ["allocationId is for a public gateway"]],
      [
        { connectivityType: "private", allocationId: undefined, subnetId: undefined },
        ["a private gateway needs subnetId"],
      ],
    ],
  },
  "aws:ec2/route:Route": {
    good: { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
    accepted: [{ destinationCidrBlock: undefined, destinationIpv6CidrBlock: "::/0" }],
    refused: {
      destinationCidrBlock: [
        [
          { destinationCidrBlock: "0.0.0.0" },
          "destinationCidrBlock '0.0.0.0' must be a block of IPv4 addresses, such as 10.0.0.0/16",
        ],
      ],
      destinationIpv6CidrBlock: [
        [
          { destinationCidrBlock: undefined, destinationIpv6CidrBlock: "0.0.0.0/0" },
          "destinationIpv6CidrBlock '0.0.0.0/0' must be a block of IPv6 addresses, such as 2001:db8::/32",
        ],
      ],
    },
    together: [
      [
        { destinationCidrBlock: undefined },
        [
          "needs exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId; got none",
        ],
      ],
      [
        { natGatewayId: "nat-1" },
        [
          "needs exactly one of gatewayId, natGatewayId, vpcEndpointId, networkInterfaceId, transitGatewayId, vpcPeeringConnectionId, egressOnlyGatewayId, carrierGatewayId, localGatewayId, coreNetworkArn, odbNetworkArn; got gatewayId and natGatewayId",
        ],
      ],
    ],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    good: { routeTableId: "rtb-1", subnetId: "subnet-a" },
    refused: {},
    together: [
      [
        { gatewayId: "igw-1" },
        ["needs exactly one of subnetId, gatewayId; got subnetId and gatewayId"],
      ],
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    good: {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.s3",
      vpcEndpointType: "Gateway",
      ipAddressType: "dualstack",
      policy: TRUST,
    },
    refused: {
      vpcEndpointType: [
        [
          { vpcEndpointType: "gateway" },
          "vpcEndpointType 'gateway' must be one of Interface, Gateway, GatewayLoadBalancer, Resource, ServiceNetwork",
        ],
      ],
      ipAddressType: [
        [{ ipAddressType: "IPv4" }, "ipAddressType 'IPv4' must be one of ipv4, dualstack, ipv6"],
      ],
      policy: [[{ policy: "*" }, "policy '*' must be JSON, and does not parse"]],
    },
    together: [
      [
        { serviceName: undefined },
        ["needs exactly one of serviceName, serviceNetworkArn, resourceConfigurationArn; got none"],
      ],
    ],
  },
};
