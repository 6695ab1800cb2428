import type { Fault } from "../../components/csi-secrets-app/delivery";
import { access, statementsOf } from "../../plan/iam";
import { type Properties, text } from "../cloud/model";
import type { CloudStore } from "../server/store";
import type { PodSpec } from "./pod";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const IRSA_ANNOTATION = "eks.amazonaws.com/role-arn";

/** ARN of the role that a pod takes through its ServiceAccount; empty where there is none. */
export function roleOf(
  store: CloudStore,
  { namespace, serviceAccount }: PodSpec,
  usePodIdentity: boolean,
): string {
  if (usePodIdentity) {
    const association = store
      .all(ASSOCIATION)
      .find(
        ({ inputs }) => inputs.namespace === namespace && inputs.serviceAccount === serviceAccount,
      );
    return text(association?.inputs.roleArn);
  }
  const account = store.get(SERVICE_ACCOUNT, `${namespace}/${serviceAccount}`);
  const metadata = account?.inputs.metadata as Properties | undefined;
  return text((metadata?.annotations as Properties | undefined)?.[IRSA_ANNOTATION]);
}

/** How AWS would refuse a role that may not read one of the secrets; empty where it may read all. */
export function refusals(
  store: CloudStore,
  roleArn: string,
  secretArns: readonly string[],
): readonly Fault[] {
  const role = store.all(ROLE).find(({ outputs }) => outputs.arn === roleArn);
  const identity = store
    .all(ROLE_POLICY)
    .filter(({ inputs }) => inputs.role === role?.inputs.name)
    .flatMap(({ inputs }) => statementsOf(text(inputs.name), inputs.policy));
  return secretArns
    .filter((resource) => {
      const request = { action: "secretsmanager:GetSecretValue", resource };
      return access({ identity }, request).verdict !== "allowed";
    })
    .map((resource) => ({
      action: "GetSecretValue",
      status: 400,
      code: "AccessDeniedException",
      message:
        `User: ${roleArn} is not authorized to perform: secretsmanager:GetSecretValue ` +
        `on resource: ${resource} because no identity-based policy allows the ` +
        "secretsmanager:GetSecretValue action",
    }));
}
