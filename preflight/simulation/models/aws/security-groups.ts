import { exactlyOne, holds, names, TYPES } from "./common";
import { GROUP_NAME, GROUP_TEXT, IPV6_BLOCK, ipv4Block } from "./values";
import { ec2 } from "./ec2";
import {
  type CitedModel,
  type Properties,
  type Reference,
  type ResourceModel,
  text,
} from "../model";
import { between, form, wholeNumber } from "../value-rules";

/** -1 stands for all types of ICMP, too. */
const PORT = between(-1, 65_535);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
const PROTOCOL = form(
  /^(-1|all|tcp|udp|icmp|icmpv6|ah|esp|\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/i,
  "be tcp, udp, icmp, icmpv6, the number of a protocol, or -1 for all",
);

/** The group that a rule lets in; ACCOUNT/GROUP is one of another account. */
const peer: Reference = { ...holds("securityGroup"), builtIn: (value) => value.includes("/") };

/** What a rule of TCP or UDP must say of its ports. */
function portErrors({ ipProtocol, fromPort, toPort }: Properties): readonly string[] {
  if (!/^(tcp|udp|6|17)$/i.test(text(ipProtocol))) return [];
  if (fromPort === undefined || toPort === undefined) {
    return ["needs fromPort and toPort for TCP and UDP"];
  }
  return wholeNumber(fromPort) > wholeNumber(toPort) ? ["fromPort must not be above toPort"] : [];
}

/** The provider cannot change what kind of source or destination a rule names, only which. */
const RULE: ResourceModel = {
  required: ["ipProtocol", "securityGroupId"],
  replaceOn: ["securityGroupId"],
  replaceOnRemoval: ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"],
  values: {
    ipProtocol: PROTOCOL,
    fromPort: PORT,
    toPort: PORT,
    cidrIpv4: ipv4Block(),
    cidrIpv6: IPV6_BLOCK,
    description: GROUP_TEXT,
  },
  // A rule goes with its own group, and keeps the group that it lets in.
  references: { securityGroupId: names("securityGroup"), referencedSecurityGroupId: peer },
  check: (inputs) => [
    ...exactlyOne(inputs, "cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"),
    ...portErrors(inputs),
  ],
};

/** Rules that are declared in their group. */
const inlineValues = (direction: string) => ({
  [`${direction}[].protocol`]: PROTOCOL,
  [`${direction}[].fromPort`]: PORT,
  [`${direction}[].toPort`]: PORT,
  [`${direction}[].cidrBlocks[]`]: ipv4Block(),
  [`${direction}[].ipv6CidrBlocks[]`]: IPV6_BLOCK,
  [`${direction}[].description`]: GROUP_TEXT,
});

/** Facts about security groups and their rules as `@pulumi/aws` reports them. */
export const securityGroupModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.securityGroup]: ec2("sg", "security-group", "vpc_security_group", {
    autoName: { property: "name", maxLength: 255 },
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    values: {
      name: GROUP_NAME,
      description: GROUP_TEXT,
      ...inlineValues("ingress"),
      ...inlineValues("egress"),
    },
    references: {
      vpcId: holds("vpc"),
      "ingress[].securityGroups[]": peer,
      "egress[].securityGroups[]": peer,
    },
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
