import type { Accounts } from "./accounts";
import type { Role } from "./roles";

/** An address that is to lead to a role of the program, and does not: its path differs. */
export interface WrongRoleAddress {
  /** The ServiceAccount or the association. */
  readonly urn: string;
  /** For instance `ServiceAccount orders/orders`. */
  readonly where: string;
  readonly arn: string;
  readonly role: Role;
}

const ROLE_ARN = /^arn:[\w-]+:iam::(?<account>\d{12}):role\/(?:.*\/)?(?<name>[^/]+)$/;

/**
 * Names of roles are unique in an account, so one of the right name under another path is none.
 *
 * @param own numbers that stand for the program's account
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export function wrongRoleAddresses(
  { all, associations }: Pick<Accounts, "all" | "associations">,
  roles: readonly Role[],
  own: readonly string[],
): readonly WrongRoleAddress[] {
  const addresses = [
    ...all.map(({ urn, label, roleArn = "" }) => ({ urn, where: label, arn: roleArn })),
    ...associations.map(({ urn, roleArn, namespace, serviceAccount }) => ({
      ...{ urn, arn: roleArn },
      where: `the association of ${namespace}/${serviceAccount}`,
    })),
  ];
  const right = new Set(roles.map(({ arn }) => arn));
  return addresses.flatMap(({ urn, where, arn }) => {
    const { account, name } = ROLE_ARN.exec(arn)?.groups ?? {};
    if (!own.some((number) => number === account) || right.has(arn)) return [];
    const role = roles.find((each) => each.name === name);
    return role === undefined ? [] : [{ urn, where, arn, role }];
  });
}
