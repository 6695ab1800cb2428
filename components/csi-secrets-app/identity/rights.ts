import type * as aws from "@pulumi/aws";
import {
  type Check,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  orLate,
  record,
  string,
} from "../../shared/checks";
import { because, type Problem, type Rule } from "../../shared/problems";

const POLICY_ARN = /^arn:[\w-]+:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/;

/** Of AWS, or of an account. */
const policyArnProblem = (arn: string): string | undefined =>
  POLICY_ARN.test(arn)
    ? undefined
    : 'must be the ARN of an IAM policy, such as "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"';

export const policyArn = string(policyArnProblem);

/** They become part of the attachments' names. */
const attachmentNameProblem = (name: string): string | undefined =>
  /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)
    ? undefined
    : "must have a name of 1 to 40 lower-case letters, digits and hyphens, a letter first";

const text = orLate(string());
const texts: Check = (path, value, show) =>
  Array.isArray(value) ? list(text)(path, value, show) : text(path, value, show);

const either = (path: string, statement: Readonly<Record<string, unknown>>, name: string) => {
  const given = [name, `Not${name}`].filter((one) => statement[one] !== undefined);
  return because(
    path,
    given.length === 1 ? undefined : `must have either '${name}' or 'Not${name}'`,
  );
};

const statement: Check = (path, value, show) => [
  ...object({
    Sid: optional(
      string((sid) => (/^[A-Za-z0-9]+$/.test(sid) ? undefined : "must be letters and digits")),
    ),
    Effect: oneOf("Allow", "Deny"),
    Action: optional(orLate(texts)),
    NotAction: optional(orLate(texts)),
    Resource: optional(orLate(texts)),
    NotResource: optional(orLate(texts)),
    Condition: optional(orLate(object({}))),
  })(path, value, show),
  ...(isRecord(value)
    ? [
        ...either(path, value, "Action"),
        ...either(path, value, "Resource"),
        ...because(
          `${path}.Principal`,
          (value.Principal ?? value.NotPrincipal) === undefined
            ? undefined
            : "must be left out: the policy is for the app's own role",
        ),
      ]
    : []),
];

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/;

const roleArnProblem: Rule<string> = (arn) =>
  ROLE_ARN.test(arn)
    ? undefined
    : 'must be the ARN of an IAM role, such as "arn:aws:iam::123456789012:role/orders"';

export const roleArn = string(roleArnProblem);

/**
 * Pod Identity gives pods a role of the cluster's own account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export const roleAccountProblem =
  (accountId: string): Rule<string> =>
  (arn) =>
    roleArnProblem(arn) !== undefined || arn.split(":")[4] === accountId
      ? undefined
      : `must be of the cluster's account, ${accountId}: Pod Identity takes no role of another one; ` +
        "use IRSA, or a role there that takes the other one";

/** Further rights of the app's role, each argument by itself. */
export const RIGHTS_CHECKS = {
  roleArn: optional(orLate(roleArn)),
  policyArns: optional(record(orLate(policyArn), { name: attachmentNameProblem })),
  policyStatements: optional(list(statement)),
  permissionsBoundary: optional(orLate(policyArn)),
} as const;

/** The document of the statements. */
export const statementsPolicy = (
  statements: readonly aws.iam.PolicyStatement[],
): aws.iam.PolicyDocument => ({ Version: "2012-10-17", Statement: [...statements] });

const OF_OWN_ROLE = ["policyArns", "policyStatements", "permissionsBoundary"] as const;

/** What is said of a role that the app does not make. */
export function roleProblems(args: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (args.roleArn === undefined) return [];
  const transforms = isRecord(args.transform) ? args.transform : {};
  const needless = [
    ...OF_OWN_ROLE.filter((name) => args[name] !== undefined),
    ...["role", "rolePolicy"]
      .filter((name) => transforms[name] !== undefined)
      .map((name) => `transform.${name}`),
  ];
  return needless.flatMap((path) =>
    because(
      path,
      "cannot be combined with 'roleArn': the app makes no role then; give the existing one its rights " +
        "where it is made",
    ),
  );
}
