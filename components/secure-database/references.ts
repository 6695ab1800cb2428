/** Rules for the ids of things that exist outside the component. */

/**
 * Ids that are not known yet count as well: two that turn out to be one are refused when they are.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function subnetIdsProblem(subnetIds: readonly unknown[]): string | undefined {
  const different = new Set(subnetIds).size;
  if (different >= 2) return undefined;
  return (
    "must hold at least two different subnets, in at least two availability zones, also for one " +
    `instance; got ${different}; add a subnet in another zone`
  );
}

export const subnetIdProblem = (id: string): string | undefined =>
  id.startsWith("subnet-") ? undefined : 'must be the id of a subnet ("subnet-…")';

export const vpcIdProblem = (id: string): string | undefined =>
  id.startsWith("vpc-") ? undefined : 'must be the id of a VPC ("vpc-…")';

/** The id may carry the number of another account, whose VPC is peered. */
export const securityGroupIdProblem = (id: string): string | undefined =>
  /^(\d{12}\/)?sg-/.test(id)
    ? undefined
    : 'must be the id of a security group ("sg-…"), because address ranges cannot be admitted; ' +
      "give the client a security group and pass its id";

/** Without a client, nobody could connect. */
export const clientsProblem = (names: readonly string[]): string | undefined =>
  names.length > 0
    ? undefined
    : "must name at least one security group, or nobody could connect; for pods pass the " +
      "cluster's: { cluster: securityGroupId }";

export const snapshotIdentifierProblem = (identifier: string): string | undefined =>
  identifier !== ""
    ? undefined
    : "must be the identifier or the ARN of a DB snapshot; leave 'restoreFrom' out for an empty " +
      "database";
