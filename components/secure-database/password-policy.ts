import { ArgError } from "../shared/arg-error";

const SHORTEST = 16;
/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const LONGEST = 128;

/** Punctuation that a URL need not escape: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
const URL_UNRESERVED = "-._~";
/** Characters that RDS refuses in a master password. */
const REFUSED_BY_RDS = '/@" ';

/** How to generate the password; the arguments of a `RandomPassword`. */
export interface PasswordPolicy {
  readonly length: number;
  readonly special: boolean;
  readonly overrideSpecial?: string;
}

/**
 * Letters and digits, and only such punctuation as can stand unescaped in a URL, so that a
 * connection string can be joined from the parts of the secret without encoding any of them.
 */
export function passwordPolicy(
  component: string,
  length: number,
  specialCharacters: string,
): PasswordPolicy {
  if (!Number.isInteger(length) || length < SHORTEST || length > LONGEST) {
    throw new ArgError(
      component,
      "passwordLength",
      `must be a whole number from ${SHORTEST} to ${LONGEST}; got ${length}`,
    );
  }
  const refused = [...new Set(specialCharacters)].filter((c) => !URL_UNRESERVED.includes(c));
  if (refused.length > 0) {
    throw new ArgError(component, "passwordSpecialCharacters", problem(refused));
  }
  return specialCharacters === ""
    ? { length, special: false }
    : { length, special: true, overrideSpecial: specialCharacters };
}

function problem(refused: readonly string[]): string {
  const list = (characters: readonly string[]): string =>
    characters.map((c) => (c === " " ? "space" : c)).join(" ");
  const byRds = refused.filter((c) => REFUSED_BY_RDS.includes(c));
  return (
    `may hold only ${[...URL_UNRESERVED].join(" ")}, which need no escaping in a URL; ` +
    `got ${list(refused)}` +
    (byRds.length > 0 ? ` (RDS itself refuses ${list(byRds)})` : "")
  );
}
