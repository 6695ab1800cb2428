import { ArgError } from "../shared/arg-error";

/** Rules for the ids and ARNs of things that exist outside the component. */

/**
 * Ids that are not known yet count as well: two that turn out to be one are refused when they are.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function checkSubnetIds(component: string, subnetIds: readonly unknown[]): void {
  const different = new Set(subnetIds).size;
  if (different < 2) {
    throw new ArgError(
      component,
      "subnetIds",
      "must hold at least two different subnets, in at least two availability zones, also for " +
        `one instance; got ${different}; add a subnet in another zone`,
    );
  }
  subnetIds.forEach((id, index) => {
    if (typeof id !== "string" || id.startsWith("subnet-")) return;
    throw new ArgError(
      component,
      `subnetIds[${index}]`,
      `must be the id of a subnet ("subnet-…"); got "${id}"`,
    );
  });
}

export function checkVpcId(component: string, vpcId: string): void {
  if (vpcId.startsWith("vpc-")) return;
  throw new ArgError(component, "vpcId", `must be the id of a VPC ("vpc-…"); got "${vpcId}"`);
}

/** The id may carry the number of another account, whose VPC is peered. */
export function checkClient(component: string, client: string, securityGroupId: string): void {
  if (/^(\d{12}\/)?sg-/.test(securityGroupId)) return;
  throw new ArgError(
    component,
    `clients.${client}`,
    `must be the id of a security group ("sg-…"); got "${securityGroupId}"; address ranges ` +
      "cannot be admitted: give the client a security group and pass its id",
  );
}

/** RDS reports the key's ARN, so that any other way to name it would be a change for ever. */
export function checkKmsKeyArn(component: string, kmsKeyArn: string): void {
  if (/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]+$/.test(kmsKeyArn)) return;
  throw new ArgError(
    component,
    "kmsKeyArn",
    'must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an alias; ' +
      `got "${kmsKeyArn}"`,
  );
}

export function checkSnapshotIdentifier(component: string, snapshotIdentifier: string): void {
  if (snapshotIdentifier !== "") return;
  throw new ArgError(
    component,
    "restoreFrom.snapshotIdentifier",
    "must be the identifier or the ARN of a DB snapshot; got \"\"; leave 'restoreFrom' out for " +
      "an empty database",
  );
}
