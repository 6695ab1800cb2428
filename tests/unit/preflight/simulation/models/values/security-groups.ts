import { type Examples, type TypeExamples, LONG, LONG_SHOWN } from "./examples";

/** Both directions have the same rules. */
const RULE: TypeExamples = {
  good: {
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: "5432",
    referencedSecurityGroupId: "sg-2",
    description: "PostgreSQL from jobs",
  },
  accepted: [
    { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
    { referencedSecurityGroupId: undefined, cidrIpv6: "2001:db8::/32" },
    { ipProtocol: "-1", fromPort: undefined, toPort: undefined },
    { ipProtocol: "icmp", fromPort: -1, toPort: -1 },
  ],
  refused: {
    ipProtocol: [
      [
        { ipProtocol: "http" },
        "ipProtocol 'http' must be tcp, udp, icmp, icmpv6, the number of a protocol, or -1 for all",
      ],
      [
        { ipProtocol: "256" },
        "ipProtocol '256' must be tcp, udp, icmp, icmpv6, the number of a protocol, or -1 for all",
      ],
    ],
    fromPort: [
      [{ fromPort: -2 }, "fromPort '-2' must be a whole number from -1 to 65535"],
      [{ fromPort: "a" }, "fromPort 'a' must be a whole number from -1 to 65535"],
    ],
    toPort: [
      [{ toPort: 65536 }, "toPort '65536' must be a whole number from -1 to 65535"],
      [{ toPort: 5432.5 }, "toPort '5432.5' must be a whole number from -1 to 65535"],
    ],
    cidrIpv4: [
      [
        { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0" },
        "cidrIpv4 '10.0.0.0' must be a block of IPv4 addresses, such as 10.0.0.0/16",
      ],
      [
        { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/33" },
        "cidrIpv4 '10.0.0.0/33' must be a block of IPv4 addresses, such as 10.0.0.0/16",
      ],
      [
        { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.1/16" },
        "cidrIpv4 '10.0.0.1/16' must be written by the first address of its block",
      ],
      [
        { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.256/32" },
        "cidrIpv4 '10.0.0.256/32' must be a block of IPv4 addresses, such as 10.0.0.0/16",
      ],
    ],
    cidrIpv6: [
      [
        { referencedSecurityGroupId: undefined, cidrIpv6: "10.0.0.0/16" },
        "cidrIpv6 '10.0.0.0/16' must be a block of IPv6 addresses, such as 2001:db8::/32",
      ],
      [
        { referencedSecurityGroupId: undefined, cidrIpv6: "2001:db8::/129" },
        "cidrIpv6 '2001:db8::/129' must be a block of IPv6 addresses, such as 2001:db8::/32",
      ],
    ],
    description: [
      [
        { description: "from <jobs>" },
        "description 'from <jobs>' must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
      ],
      [
        {
          description: LONG,
        },
        `description ${LONG_SHOWN} must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
      ],
    ],
  },
  together: [
    [
      { cidrIpv4: "10.0.0.0/16" },
      [
        "needs exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId; got cidrIpv4 and referencedSecurityGroupId",
      ],
    ],
    [
      { referencedSecurityGroupId: undefined },
      [
        "needs exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId; got none",
      ],
    ],
    [{ toPort: undefined }, ["needs fromPort and toPort for TCP and UDP"]],
    [{ ipProtocol: "UDP", fromPort: 5433 }, ["fromPort must not be above toPort"]],
  ],
};

/** What is refused of the rules that stand in the group itself. */
const inlineRules = (list: "ingress" | "egress"): TypeExamples["refused"] => ({
  [`${list}[].protocol`]: [
    [
      { [list]: [{ protocol: "http", fromPort: 1, toPort: 1 }] },
      `${list}[0].protocol 'http' must be tcp, udp, icmp, icmpv6, the number of a protocol, or -1 for all`,
    ],
  ],
  [`${list}[].fromPort`]: [
    [
      { [list]: [{ protocol: "tcp", fromPort: 70000, toPort: 1 }] },
      `${list}[0].fromPort '70000' must be a whole number from -1 to 65535`,
    ],
  ],
  [`${list}[].toPort`]: [
    [
      { [list]: [{ protocol: "tcp", fromPort: 1, toPort: -2 }] },
      `${list}[0].toPort '-2' must be a whole number from -1 to 65535`,
    ],
  ],
  [`${list}[].cidrBlocks[]`]: [
    [
      {
        [list]: [{ protocol: "tcp", fromPort: 1, toPort: 1, cidrBlocks: ["10.0.0.0/8/8"] }],
      },
      `${list}[0].cidrBlocks[0] '10.0.0.0/8/8' must be a block of IPv4 addresses, such as 10.0.0.0/16`,
    ],
  ],
  [`${list}[].ipv6CidrBlocks[]`]: [
    [
      {
        [list]: [{ protocol: "tcp", fromPort: 1, toPort: 1, ipv6CidrBlocks: ["::"] }],
      },
      `${list}[0].ipv6CidrBlocks[0] '::' must be a block of IPv6 addresses, such as 2001:db8::/32`,
    ],
  ],
  [`${list}[].description`]: [
    [
      { [list]: [{ protocol: "tcp", fromPort: 1, toPort: 1, description: "é" }] },
      `${list}[0].description 'é' must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
    ],
  ],
});

export const securityGroupExamples: Examples = {
  "aws:ec2/securityGroup:SecurityGroup": {
    together: [[{ namePrefix: "db-" }, ["name and namePrefix cannot be combined"]]],
    good: {
      name: "database",
      description: "PostgreSQL database orders",
      ingress: [
        {
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: ["10.0.0.0/16"],
          ipv6CidrBlocks: ["::/0"],
          description: "HTTPS",
        },
      ],
      egress: [
        {
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: ["10.0.0.0/16"],
          ipv6CidrBlocks: ["::/0"],
          description: "HTTPS",
        },
      ],
    },
    refused: {
      name: [
        [{ name: "sg-database" }, "name 'sg-database' must not begin with sg-"],
        [
          { name: "a~b" },
          "name 'a~b' must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        ],
      ],
      description: [
        [
          { description: "<a>" },
          "description '<a>' must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        ],
        [
          {
            description: LONG,
          },
          `description ${LONG_SHOWN} must have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
        ],
      ],
      ...inlineRules("ingress"),
      ...inlineRules("egress"),
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": RULE,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": RULE,
};
