import { like, type Statement } from "../../iam";
import { mountAccess } from "../../access";
import { readsAs } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const resourceWildcard: Rule = {
  id: "resource-wildcard",
  severity: "warning",
  why:
    "A wildcard in the name of the secret gives the pods every secret that happens to match, " +
    "also those made later.",
  remedy: "Name the secret's full ARN, or NAME-?????? where only the name is known.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ link }) => {
        const role = link && readsAs(link).role;
        if (role === undefined) return [];
        const { identity, urn, name } = role;
        return identity.filter(readsMany).map(({ label }) => ({
          urn,
          message: `the role ${name} may read more secrets than one by ${label}`,
        }));
      }),
    ),
};

function readsMany({ effect, actions, resources, conditions }: Statement): boolean {
  if (effect !== "Allow") return false;
  // Tags pick the secrets then, in the place of names.
  if (conditions.some(({ key }) => RESOURCE_TAG.test(key))) return false;
  const named = actions.patterns.some((action) => like(action.toLowerCase(), READ) === true);
  if (named === actions.negated) return false;
  if (resources === undefined) return false;
  if (resources.negated) return true;
  return resources.patterns
    .filter(
      (pattern) => pattern === "*" || /^[^:]*:[^:]*:(?:secretsmanager|\*)(?::|$)/.test(pattern),
    )
    .some((pattern) => /[*?]/.test(nameIn(pattern)));
}

/**
 * The name in an ARN, without the six characters that Secrets Manager adds: a wildcard before it is
 * that of a region or an account.
 */
const nameIn = (pattern: string): string =>
  (/^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(pattern)?.[1] ?? pattern).replace(
    /-\?{6}$/,
    "",
  );

const READ = "secretsmanager:getsecretvalue";
const RESOURCE_TAG = /^(?:aws|secretsmanager):resourcetag\//i;
