import { isRecord, type Properties } from "../model";
import { all, form, jsonObject, type ValueRule } from "../value-rules";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const IAM_NAME = form(
  /^[\w+=,.@-]+$/,
  "consist of letters, digits and the characters _ + = , . @ -",
);

export const IAM_PATH = form(/^\/([!-~]{1,510}\/)?$/, "begin and end with a slash");

type Statement = Properties | null;

/** What a statement is refused for. */
type StatementRule = (statement: Statement) => string | undefined;

/** What each statement must have: one of the names of every list. */
const has =
  (...names: readonly string[]): StatementRule =>
  (statement) =>
    names.every((name) => statement?.[name] === undefined)
      ? `must have ${names.join(" or ")} in every statement`
      : undefined;

const lacks =
  (...names: readonly string[]): StatementRule =>
  (statement) => {
    const found = names.find((name) => statement?.[name] !== undefined);
    return found === undefined ? undefined : `must have ${found} in no statement`;
  };

const effect: StatementRule = (statement) =>
  statement?.Effect === "Allow" || statement?.Effect === "Deny"
    ? undefined
    : "must Allow or Deny in every statement";

/** Every text of an element, which is one or a list of them, has a form. */
const each =
  (names: readonly string[], pattern: RegExp, words: string): StatementRule =>
  (statement) => {
    const texts = names.flatMap((name) => [statement?.[name]].flat());
    return texts.every((text) => typeof text !== "string" || pattern.test(text))
      ? undefined
      : `must ${words}`;
  };

const OPERATOR = new RegExp(
  "^(ForAnyValue:|ForAllValues:)?(String(Not)?(Equals(IgnoreCase)?|Like)|Arn(Not)?(Equals|Like)|" +
    "(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress)(IfExists)?$|" +
    "^(ForAnyValue:|ForAllValues:)?Null$",
  "i",
);

const conditionOperators: StatementRule = (statement) => {
  const wrong = Object.keys(isRecord(statement?.Condition) ? statement.Condition : {}).find(
    (operator) => !OPERATOR.test(operator),
  );
  return wrong === undefined ? undefined : `must have no condition operator ${wrong}`;
};

/** What a policy is refused for, whatever its kind. */
type PolicyRule = (policy: Properties) => string | undefined;

/** Policies may be given as text, or as the objects that the SDK accepts instead; parsed once for all rules. */
const policyWith =
  (...rules: readonly PolicyRule[]): ValueRule =>
  (value) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const error = jsonObject(text);
    if (error !== undefined) return error;
    return all(...rules)(JSON.parse(text) as Properties);
  };

/** Rules of the statements of a policy. */
const statementsWith =
  (...rules: readonly StatementRule[]): PolicyRule =>
  ({ Statement: given }) => {
    if (given === undefined) return "must have a Statement";
    const statements = [given].flat() as readonly Statement[];
    return statements.map(all(...rules)).find((error) => error !== undefined);
  };

const VERSIONS: readonly unknown[] = ["2012-10-17", "2008-10-17", undefined];

/** It is the version of the language, and no date of one's own. */
const languageVersion: PolicyRule = ({ Version: version }) =>
  VERSIONS.includes(version) ? undefined : "must have the Version 2012-10-17";

const distinctIds: PolicyRule = ({ Statement: given }) => {
  const ids = [given].flat().flatMap((statement) => (isRecord(statement) ? [statement.Sid] : []));
  const named = ids.filter((id) => typeof id === "string" && id !== "");
  return new Set(named).size === named.length ? undefined : "must have each Sid once";
};

/** White space does not count: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const noLongerThan =
  (most: number): PolicyRule =>
  (policy) =>
    JSON.stringify(policy).length <= most ? undefined : `must have at most ${most} characters`;

/** A policy of any kind. */
export const POLICY = policyWith(languageVersion);

const ACTION = ["Action", "NotAction"];
const RESOURCE = ["Resource", "NotResource"];
const PRINCIPAL = ["Principal", "NotPrincipal"];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const COMMON: readonly StatementRule[] = [
  each(["Sid"], /^[A-Za-z0-9]*$/, "have letters and digits alone in a Sid"),
  each(ACTION, /^(\*|[\w*?-]+:\S+)$/, "name the service of every action, such as sts:AssumeRole"),
  conditionOperators,
];

/** What a principal may do, in so many characters. */
export const identityPolicy = (most: number): ValueRule =>
  policyWith(
    languageVersion,
    statementsWith(has("Effect"), has(...ACTION), has(...RESOURCE), effect),
    noLongerThan(most),
    distinctIds,
    statementsWith(
      ...COMMON,
      each(RESOURCE, /^(\*$|arn:|\$\{)/, "have an ARN or * as every resource"),
      lacks(...PRINCIPAL),
    ),
  );

/** Who may take on a role. */
export const TRUST_POLICY = policyWith(
  languageVersion,
  statementsWith(has("Effect"), has(...ACTION), has(...PRINCIPAL), effect),
  distinctIds,
  statementsWith(
    ...COMMON,
    each(ACTION, /^(\*$|sts:)/i, "have actions of sts alone"),
    lacks(...RESOURCE),
  ),
);
