import { accountOfArn, type Facts, type Mount, type MountedObject } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const secretOfOtherAccount: Rule = {
  id: "secret-of-other-account",
  severity: "note",
  why:
    "Across accounts both sides have to allow the read: the role's own policy, and in the other account the " +
    "secret's resource policy. The default key cannot be used from outside, so the secret also needs a " +
    "key of its own whose key policy lets the role call kms:Decrypt. What the other account allows is " +
    "not in this program.",
  remedy:
    "Let the owner of the secret name the role in the secret's resource policy and in the policy of its KMS " +
    "key; in the role allow secretsmanager:GetSecretValue and kms:Decrypt on both ARNs.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html",
  check: (facts) =>
    distinct(
      facts.mounts.flatMap((mount) =>
        mount.objects.flatMap((object) =>
          foreignParts(object, facts.context.accountId).flatMap(({ what, account }) => {
            const own = accountOfRole(mount, facts);
            if (own === undefined || own === account) return [];
            const message = `${mount.providerClass.label} reads ${what}, which is in the account ${account}, with a role of the account ${own}`;
            return [{ urn: mount.providerClass.urn, message }];
          }),
        ),
      ),
    ),
};

/** The account of the role that the pods take, as far as the program writes it down. */
function accountOfRole({ workload, mode }: Mount, facts: Facts): string | undefined {
  const link = facts.accounts.link(workload, workload.serviceAccount, mode);
  // A role of the program is in the program's account, and its ARN here is in a stand-in.
  return link?.role === undefined && link !== undefined
    ? accountOfArn(link.roleArn)
    : facts.ownAccount;
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
