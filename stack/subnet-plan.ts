import { formatCidr, parseCidr, part } from "./cidr";

/** The blocks of one availability zone. */
export interface ZoneBlocks {
  readonly private: string;
  readonly public: string;
  readonly database: string;
}

/** A VPC may be /16 to /28, and the smallest subnet, a sixteenth of it, may be /28. */
export const VPC_PREFIXES = { largest: 16, smallest: 24 } as const;

/**
 * Cuts a VPC's block for a number of zones. Pods take addresses of the private subnets, so those get
 * half of it, an eighth per zone; public and database subnets get a sixteenth each. The blocks of a
 * zone do not depend on how many zones there are: adding one moves nothing. There is room for four.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function planSubnets(vpcCidr: string, zones: number): readonly ZoneBlocks[] {
  const vpc = parseCidr(vpcCidr);
  if (vpc === undefined) throw new RangeError(`'${vpcCidr}' is no CIDR block`);
  const half = part(vpc, vpc.prefix + 1, 0);
  const thirdQuarter = part(vpc, vpc.prefix + 2, 2);
  const lastQuarter = part(vpc, vpc.prefix + 2, 3);
  return Array.from({ length: zones }, (_, zone) => ({
    private: formatCidr(part(half, vpc.prefix + 3, zone)),
    public: formatCidr(part(thirdQuarter, vpc.prefix + 4, zone)),
    database: formatCidr(part(lastQuarter, vpc.prefix + 4, zone)),
  }));
}
