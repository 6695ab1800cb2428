import { type Statement, statementsOf, unreadable } from "./document";

const ON_EVERYTHING = (...actions: readonly string[]) => ({
  Effect: "Allow",
  Action: actions,
  Resource: "*",
});

/**
 * What AWS's own policies say about `secretsmanager`, `ssm:GetParameter*` and `kms:Decrypt`; their
 * other permissions are left out. Only policies that programs like these attach.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MANAGED: Readonly<Record<string, readonly object[] | undefined>> = {
  AmazonEC2ContainerRegistryPullOnly: [],
  AmazonEC2ContainerRegistryReadOnly: [],
  AmazonEKSClusterPolicy: [],
  AmazonEKSFargatePodExecutionRolePolicy: [],
  AmazonEKSVPCResourceController: [],
  AmazonEKSWorkerNodePolicy: [],
  AmazonEKSWorkerNodeMinimalPolicy: [],
  AmazonEKS_CNI_Policy: [],
  "service-role/AmazonEBSCSIDriverPolicy": [],
  "service-role/AmazonRDSEnhancedMonitoringRole": [],
  AmazonSSMManagedInstanceCore: [ON_EVERYTHING("ssm:GetParameter", "ssm:GetParameters")],
  SecretsManagerReadWrite: [ON_EVERYTHING("secretsmanager:*")],
  AdministratorAccess: [ON_EVERYTHING("*")],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
  ],
};

/** The statements of a policy that AWS keeps, by its ARN; of one that is not listed here, nothing is known. */
export function managedPolicy(arn: string): readonly Statement[] {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const known = name === undefined ? undefined : MANAGED[name];
  return known === undefined
    ? [unreadable(`policy ${arn}`)]
    : statementsOf(`policy ${name ?? arn}`, { Statement: known });
}
