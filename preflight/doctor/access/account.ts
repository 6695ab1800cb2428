import type { Role } from "../facts";
import { accountOf, type Decision, type Statement } from "../iam";

/** Rewrites the number of an account in a text. */
export type Rename = (text: string) => string;

const UNCHANGED: Rename = (text) => text;

const NUMBER = /\b\d{12}\b/g;

/**
 * Decides as far as the answer does not depend on what account this is. Offline the program runs in
 * a stand-in account: a number that is written into the program may be that of the real one or of
 * another. Each is tried as the real one; where the answers differ, it is unknown.
 *
 * @param own number of the real account, where the program says it
 */
export function whicheverAccount(
  numbers: readonly string[],
  accountId: string,
  decide: (rename: Rename) => Decision,
  own?: string,
): Decision {
  const real =
    (number: string): Rename =>
    (text) =>
      text.replaceAll(number, accountId);
  if (own !== undefined) return decide(real(own));
  const decision = decide(UNCHANGED);
  const others = [...new Set(numbers)].map((number) => decide(real(number)));
  if (others.every(({ verdict }) => verdict === decision.verdict)) return decision;
  const reason = [decision, ...others].find(({ statement }) => statement !== undefined);
  return { ...reason, verdict: "unknown" };
}

/** Account numbers in a list of statements; each list is asked about many secrets. */
const known = new WeakMap<readonly Statement[], readonly string[]>();

/** The numbers of accounts in statements, but for one. */
export function accountsIn(statements: readonly Statement[], but: string): readonly string[] {
  const numbers = known.get(statements) ?? JSON.stringify(statements).match(NUMBER) ?? [];
  known.set(statements, numbers);
  return numbers.filter((number) => number !== but);
}

/** The statements with accounts renamed, under their own labels. */
export const renamed = (statements: readonly Statement[], rename: Rename): readonly Statement[] =>
  rename === UNCHANGED
    ? statements
    : statements.map(({ label, ...rest }) => ({
        ...(JSON.parse(rename(JSON.stringify(rest))) as Omit<Statement, "label">),
        label,
      }));

/**
 * The number of the account that a role is in, where the program writes it down: its provider is one of
 * that account, or it trusts an identity provider, which can only be of its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html
 */
export function accountOfRole({ arn, trust }: Role, standIn: string): string | undefined {
  const own = accountOf(arn);
  if (/^\d{12}$/.test(own) && own !== standIn) return own;
  const providers = trust.flatMap(({ principals }) =>
    principals === undefined || principals === "everyone" ? [] : (principals.Federated ?? []),
  );
  const accounts = new Set(providers.map(accountOf).filter((account) => /^\d{12}$/.test(account)));
  const [account] = accounts;
  return accounts.size === 1 && account !== standIn ? account : undefined;
}
