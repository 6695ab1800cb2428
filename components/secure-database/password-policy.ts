import { wholeNumberProblem } from "../shared/whole-number";

const SHORTEST = 16;
/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const LONGEST = 128;

/** Punctuation that a URL need not escape: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
const URL_UNRESERVED = "-._~";
/** How to generate the password; the arguments of a `RandomPassword`. */
export interface PasswordPolicy {
  readonly length: number;
  readonly special: boolean;
  readonly overrideSpecial?: string;
}

export const passwordLengthProblem = wholeNumberProblem(SHORTEST, LONGEST);

/**
 * Only such punctuation as can stand unescaped in a URL, so that a connection string can be joined
 * from the parts of the secret without encoding any of them.
 */
export const specialCharactersProblem = (characters: string): string | undefined =>
  [...characters].every((character) => URL_UNRESERVED.includes(character))
    ? undefined
    : `must hold only ${[...URL_UNRESERVED].join(" ")}, which need no escaping in a URL ` +
      '(RDS itself refuses / @ " and spaces)';

export const passwordPolicy = (length: number, specialCharacters: string): PasswordPolicy =>
  specialCharacters === ""
    ? { length, special: false }
    : { length, special: true, overrideSpecial: specialCharacters };

/** Where the master user's password comes from, and who keeps it. */
export const MASTER_PASSWORDS = ["generated", "managed"] as const;
