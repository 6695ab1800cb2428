import { isRecord } from "../../shared/checks";
import { memberPath, type Problem, problem } from "../../shared/problems";

/** An argument that names what belongs to an account. */
interface OfAccount {
  readonly path: string;
  readonly arn: string;
  readonly account: string;
}

/** What belongs to one account with the app's role. */
function ofOneAccount(args: Readonly<Record<string, unknown>>): readonly OfAccount[] {
  const { identity, permissionsBoundary, policyArns } = args;
  const irsa = isRecord(identity) && isRecord(identity.irsa) ? identity.irsa : {};
  const given: readonly (readonly [string, unknown])[] = [
    ["identity.irsa.oidcProviderArn", irsa.oidcProviderArn],
    ["permissionsBoundary", permissionsBoundary],
    ...Object.entries(isRecord(policyArns) ? policyArns : {}).map(
      ([name, arn]) => [memberPath("policyArns", name), arn] as const,
    ),
  ];
  return given.flatMap(([path, arn]) => {
    if (typeof arn !== "string") return [];
    const account = accountOf(arn);
    return account === undefined ? [] : [{ path, arn, account }];
  });
}

/** AWS's own policies are in no account. */
const accountOf = (arn: string): string | undefined => /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1];

/**
 * A role takes policies and issuers of its own account alone. Which that is, is known once AWS is asked; that two
 * of them differ is known before.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_cross-account-resource-access.html
 */
export function accountProblems(args: Readonly<Record<string, unknown>>): readonly Problem[] {
  const [first, ...others] = ofOneAccount(args);
  if (first === undefined) return [];
  const reason =
    `must be in the account of '${first.path}', ${first.account}: the app's role takes policies and issuers ` +
    "of its own account only";
  return others
    .filter(({ account }) => account !== first.account)
    .flatMap(({ path, arn }) => problem(path, arn, () => reason));
}
