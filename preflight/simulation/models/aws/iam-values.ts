import { all, form, jsonObject, type ValueRule } from "../value-rules";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const IAM_NAME = form(
  /^[\w+=,.@-]+$/,
  "consist of letters, digits and the characters _ + = , . @ -",
);

export const IAM_PATH = form(/^\/([!-~]{1,510}\/)?$/, "begin and end with a slash");

type Statement = Readonly<Record<string, unknown>> | null;

/** Policies may be given as text, or as the objects that the SDK accepts instead. */
const asText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** What each statement must have: one of the names of every list. */
const statementsWith =
  (...needs: readonly (readonly string[])[]): ValueRule =>
  (value) => {
    const { Statement: given } = JSON.parse(asText(value)) as { readonly Statement?: unknown };
    if (given === undefined) return "must have a Statement";
    for (const statement of (Array.isArray(given) ? given : [given]) as readonly Statement[]) {
      for (const names of needs) {
        if (names.every((name) => statement?.[name] === undefined)) {
          return `must have ${names.join(" or ")} in every statement`;
        }
      }
      if (statement?.Effect !== "Allow" && statement?.Effect !== "Deny") {
        return "must Allow or Deny in every statement";
      }
    }
    return undefined;
  };

/** White space does not count: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const noLongerThan =
  (most: number): ValueRule =>
  (value) =>
    JSON.stringify(JSON.parse(asText(value))).length <= most
      ? undefined
      : `must have at most ${most} characters`;

/** A policy of any kind. */
export const POLICY: ValueRule = (value) => jsonObject(asText(value));

const ACTION = ["Action", "NotAction"];

/**
 * What a principal may do, in so many characters.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const identityPolicy = (most: number): ValueRule =>
  all(POLICY, statementsWith(["Effect"], ACTION, ["Resource", "NotResource"]), noLongerThan(most));

/** Who may take on a role. */
export const TRUST_POLICY = all(
  POLICY,
  statementsWith(["Effect"], ACTION, ["Principal", "NotPrincipal"]),
);
