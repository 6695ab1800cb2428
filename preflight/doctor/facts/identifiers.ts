import type { Registration } from "../../simulation/mocks/run";
import { listOf, textOf } from "../../simulation/wire/values";
import type { ServiceAccount } from "./accounts";
import { opened } from "./location";

/** A place where AWS wants an ARN and gets a name, or the reverse. */
export interface MixedUpIdentifier {
  readonly urn: string;
  /** For instance `the property roleArn of app`. */
  readonly where: string;
  readonly wants: "an ARN" | "a name";
  readonly value: string;
}

type Properties = Readonly<Record<string, readonly string[]>>;

/** Properties that take an ARN and nothing else, by resource type. */
const ARNS: Properties = {
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["roleArn", "targetRoleArn"],
  "aws:eks/addon:Addon": ["serviceAccountRoleArn"],
  "aws:eks/cluster:Cluster": ["roleArn"],
  "aws:eks/fargateProfile:FargateProfile": ["podExecutionRoleArn"],
  "aws:eks/nodeGroup:NodeGroup": ["nodeRoleArn"],
  "aws:iam/role:Role": ["permissionsBoundary", "managedPolicyArns"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
  "aws:iam/policyAttachment:PolicyAttachment": ["policyArn"],
  "aws:rds/instance:Instance": ["kmsKeyId", "monitoringRoleArn"],
  "aws:rds/cluster:Cluster": ["kmsKeyId"],
};

/** Properties that take a name and no ARN. */
const NAMES: Properties = {
  "aws:iam/rolePolicy:RolePolicy": ["role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role"],
  "aws:iam/policyAttachment:PolicyAttachment": ["roles"],
  "aws:iam/instanceProfile:InstanceProfile": ["role"],
  "aws:iam/role:Role": ["name"],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["clusterName"],
  "aws:eks/addon:Addon": ["clusterName"],
  "aws:eks/fargateProfile:FargateProfile": ["clusterName"],
  "aws:eks/nodeGroup:NodeGroup": ["clusterName"],
  "aws:eks/accessEntry:AccessEntry": ["clusterName"],
  "aws:secretsmanager/secret:Secret": ["name"],
};

const isArn = (text: string): boolean => /^arn:[\w-]+:/.test(text);
const isRoleArn = (text: string): boolean => /^arn:[\w-]+:iam::\d{12}:role\/./.test(text);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function mixedUpIdentifiers(
  registrations: readonly Registration[],
  accounts: readonly ServiceAccount[],
): readonly MixedUpIdentifier[] {
  return [
    ...accounts.flatMap(({ urn, label, roleArn }): readonly MixedUpIdentifier[] => {
      if (roleArn === undefined || isRoleArn(roleArn)) return [];
      const where = `the annotation eks.amazonaws.com/role-arn of ${label}`;
      return [{ urn, where, wants: "an ARN", value: roleArn }];
    }),
    ...registrations.flatMap((registration) => [
      ...inProperties(registration, ARNS, "an ARN", (text) => !isArn(text)),
      ...inProperties(registration, NAMES, "a name", isArn),
    ]),
  ];
}

function inProperties(
  registration: Registration,
  table: Properties,
  wants: MixedUpIdentifier["wants"],
  isWrong: (text: string) => boolean,
): readonly MixedUpIdentifier[] {
  const { urn, name, type } = registration;
  const found = table[type]?.flatMap((property) => {
    const given = opened(registration)[property];
    const texts = (Array.isArray(given) ? listOf(given) : [given]).flatMap((text) =>
      textOf(text) === undefined || text === "" ? [] : [String(text)],
    );
    const where = `the property ${property} of ${name}`;
    return texts.filter(isWrong).map((value) => ({ urn, where, wants, value }));
  });
  return found ?? [];
}
