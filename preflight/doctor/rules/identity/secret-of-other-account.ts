import { foreignReads } from "../../access";
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
          foreignReads(mount, object, facts).map(({ what, account, own }) => ({
            urn: mount.providerClass.urn,
            message: `${mount.providerClass.label} reads ${what}, which is in the account ${account}, with a role of the account ${own}`,
          })),
        ),
      ),
    ),
};
