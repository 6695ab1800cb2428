import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { declaredArgs } from "../../shared/transformed";
import type { CsiSecretsAppArgs } from "../args";
import type { Context } from "../context";
import { selectorLabels } from "../workload/objects";
import { irsaTrust, podIdentityTrust, readPolicy } from "./policies";
import { statementsPolicy } from "./rights";

/** What the app's identity is made of. A part of `CsiSecretsApp`, whose child each resource is. */
export interface AppIdentity {
  readonly serviceAccount: k8s.core.v1.ServiceAccount;
  readonly role: aws.iam.Role;
  /** Without these the pods cannot mount: the policy, and the association of Pod Identity. */
  readonly grants: readonly pulumi.Resource[];
}

/** Declares role, policy, ServiceAccount and, with Pod Identity, their association. */
export function appIdentity(parent: pulumi.ComponentResource, context: Context): AppIdentity {
  const { name, args, inputs, namespace, clusterRegion } = context;
  const { tags } = args;
  const { identity, region, secrets, permissionsBoundary } = inputs;
  const { partition, dnsSuffix } = aws.getPartitionOutput({}, { parent });
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });

  const trust =
    "clusterName" in identity
      ? pulumi
          .output({ partition, accountId, region: clusterRegion, name: identity.clusterName })
          .apply(podIdentityTrust)
      : identity.oidcProviderArn.apply((arn) => irsaTrust(arn, args.namespace, name));
  const plannedRole: aws.iam.RoleArgs = {
    description: `Reads the secrets of ${name}`,
    assumeRolePolicy: trust.apply((policy) => JSON.stringify(policy)),
    ...(permissionsBoundary && { permissionsBoundary }),
    ...(tags && { tags }),
  };
  const role = new aws.iam.Role(`${name}-role`, declaredArgs(context, "role", plannedRole), {
    parent,
  });

  const place = { partition, dnsSuffix, accountId, region };
  const plannedPolicy: aws.iam.RolePolicyArgs = {
    role: role.name,
    policy: pulumi
      .output({ place, secrets })
      .apply((known) => JSON.stringify(readPolicy(known.place, known.secrets))),
  };
  const policy = new aws.iam.RolePolicy(
    `${name}-read-secrets`,
    declaredArgs(context, "rolePolicy", plannedPolicy),
    { parent },
  );

  const rights = furtherRights(parent, context, role);

  const plannedAccount: k8s.core.v1.ServiceAccountArgs = {
    metadata: {
      name,
      namespace,
      labels: selectorLabels(name),
      ...annotations(args.serviceAccountAnnotations, identity, role),
    },
    automountServiceAccountToken: false,
  };
  const serviceAccount = new k8s.core.v1.ServiceAccount(
    `${name}-service-account`,
    declaredArgs(context, "serviceAccount", plannedAccount),
    { parent },
  );
  if ("oidcProviderArn" in identity) return { serviceAccount, role, grants: [policy, ...rights] };

  const plannedAssociation: aws.eks.PodIdentityAssociationArgs = {
    clusterName: identity.clusterName,
    namespace,
    serviceAccount: serviceAccount.metadata.name,
    roleArn: role.arn,
    ...(tags && { tags }),
  };
  const association = new aws.eks.PodIdentityAssociation(
    `${name}-pod-identity`,
    declaredArgs(context, "podIdentityAssociation", plannedAssociation),
    { parent },
  );
  return { serviceAccount, role, grants: [policy, ...rights, association] };
}

/** What the caller says, and with IRSA the role. */
function annotations(
  given: CsiSecretsAppArgs["serviceAccountAnnotations"],
  identity: Context["inputs"]["identity"],
  role: aws.iam.Role,
): Pick<k8s.types.input.meta.v1.ObjectMeta, "annotations"> {
  const ofRole =
    "oidcProviderArn" in identity ? { "eks.amazonaws.com/role-arn": role.arn } : undefined;
  return (given ?? ofRole) === undefined ? {} : { annotations: { ...given, ...ofRole } };
}

/** What the role may do besides: the pods may need it at their start. */
function furtherRights(
  parent: pulumi.ComponentResource,
  { name, args, inputs }: Context,
  role: aws.iam.Role,
): readonly pulumi.Resource[] {
  const attachments = Object.entries(inputs.policyArns).map(
    ([policy, policyArn]) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-policy-${policy}`,
        { role: role.name, policyArn },
        { parent },
      ),
  );
  const { policyStatements = [] } = args;
  if (policyStatements.length === 0) return attachments;
  const policy = pulumi.jsonStringify(statementsPolicy(policyStatements));
  const statements = new aws.iam.RolePolicy(
    `${name}-statements`,
    { role: role.name, policy },
    { parent },
  );
  return [...attachments, statements];
}
