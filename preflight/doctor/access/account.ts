import type { Decision, Statement } from "../iam";

const ACCOUNT = /\b\d{12}\b/g;

/**
 * Decides, and where the answer is a denial that only the account's number is the reason of, takes
 * it back: offline the program runs in a stand-in account, so a number that is written into a policy
 * may well be the real one.
 */
export function withAccount(
  accountId: string,
  statements: readonly Statement[],
  decideOn: (statements: readonly Statement[]) => Decision,
): Decision {
  const decision = decideOn(statements);
  if (decision.verdict !== "denied" || decision.statement !== undefined) return decision;
  if (!namesOtherAccount(statements, accountId)) return decision;
  const again = decideOn(inAccount(statements, accountId));
  return again.verdict === "denied" ? decision : { ...again, verdict: "unknown" };
}

/** Account numbers in a list of statements; each list is asked about many secrets. */
const accountsIn = new WeakMap<readonly Statement[], readonly string[]>();

function namesOtherAccount(statements: readonly Statement[], accountId: string): boolean {
  const known = accountsIn.get(statements);
  const numbers = known ?? JSON.stringify(statements).match(ACCOUNT) ?? [];
  if (known === undefined) accountsIn.set(statements, numbers);
  return numbers.some((number) => number !== accountId);
}

const inAccount = (statements: readonly Statement[], accountId: string): readonly Statement[] =>
  JSON.parse(JSON.stringify(statements).replace(ACCOUNT, accountId)) as readonly Statement[];
