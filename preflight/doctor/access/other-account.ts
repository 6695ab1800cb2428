import { accountOfArn, type Facts, type Mount, type MountedObject, readsAs } from "../facts";

/** A secret, or the key of one, in an account that the role of the pods is not in. */
export interface ForeignRead {
  readonly what: string;
  readonly account: string;
  /** The account of the role. */
  readonly own: string;
}

/** What an object of a mount reads across accounts, as far as the program writes the accounts down. */
export function foreignReads(
  mount: Mount,
  object: MountedObject,
  facts: Facts,
): readonly ForeignRead[] {
  const own = accountOfRole(mount, facts);
  return own === undefined
    ? []
    : foreignParts(object, facts.context.accountId)
        .filter(({ account }) => account !== own)
        .map((part) => ({ ...part, own }));
}

/** The account of the role that the pods take, as far as the program writes it down. */
function accountOfRole({ workload, mode }: Mount, facts: Facts): string | undefined {
  const link = facts.accounts.link(workload, workload.serviceAccount, mode);
  // A role of the program is in the program's account, and its ARN here is in a stand-in.
  const { role, roleArn } = link === undefined ? {} : readsAs(link);
  return role === undefined && roleArn !== undefined ? accountOfArn(roleArn) : facts.ownAccount;
}

function foreignParts(
  { descriptor, secret }: MountedObject,
  standIn: string,
): readonly { readonly what: string; readonly account: string }[] {
  const named =
    secret === undefined
      ? { what: `the secret ${descriptor.objectName}`, arn: descriptor.objectName }
      : { what: `the key of the secret ${secret.name}`, arn: secret.kmsKeyArn ?? "" };
  // ARNs in the stand-in account are of this program.
  const account = accountOfArn(named.arn);
  return account === undefined || account === standIn ? [] : [{ what: named.what, account }];
}
