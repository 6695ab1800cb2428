import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { string } from "../../shared/checks";
import { asOutput, late } from "../../shared/late";
import { declaredArgs } from "../../shared/transformed";
import type { CsiSecretsAppArgs } from "../args";
import type { Context } from "../context";
import { selectorLabels } from "../workload/objects";
import { irsaTrust, podIdentityTrust, readPolicy } from "./policies";
import { roleAccountProblem, statementsPolicy } from "./rights";

/** What the app's identity is made of. A part of `CsiSecretsApp`, whose child each resource is. */
export interface AppIdentity {
  readonly serviceAccount: k8s.core.v1.ServiceAccount;
  readonly roleArn: pulumi.Output<string>;
  /** What the role must trust, and what it must be allowed, as JSON. */
  readonly assumeRolePolicy: pulumi.Output<string>;
  readonly rolePolicy: pulumi.Output<string>;
  /** Without these the pods cannot mount: the policy, and the association of Pod Identity. */
  readonly grants: readonly pulumi.Resource[];
}

/** Declares role, policy, ServiceAccount and, with Pod Identity, their association. */
export function appIdentity(parent: pulumi.ComponentResource, context: Context): AppIdentity {
  const { name, component, args, inputs, namespace, location } = context;
  const { identity, region, failoverRegion, secrets } = inputs;

  const assumeRolePolicy =
    "clusterName" in identity
      ? pulumi
          .all([location, identity.clusterName])
          .apply(([here, cluster]) => JSON.stringify(podIdentityTrust({ ...here, name: cluster })))
      : asOutput(identity.oidcProviderArn).apply((arn) =>
          JSON.stringify(irsaTrust(arn, args.namespace, name)),
        );
  const rolePolicy = pulumi
    .output({ location, region, secrets, failoverRegion })
    .apply((known) =>
      JSON.stringify(
        readPolicy(
          { ...known.location, region: known.region },
          known.secrets,
          known.failoverRegion,
        ),
      ),
    );
  const needed = { assumeRolePolicy, rolePolicy };
  const { roleArn, grants } =
    inputs.roleArn === undefined
      ? ownRole(parent, context, needed)
      : {
          roleArn:
            "clusterName" in identity
              ? ofAccount(component, asOutput(inputs.roleArn), location.accountId)
              : asOutput(inputs.roleArn),
          grants: [],
        };

  const plannedAccount: k8s.core.v1.ServiceAccountArgs = {
    metadata: {
      name,
      namespace,
      labels: selectorLabels(name),
      ...annotations(args.serviceAccountAnnotations, identity, roleArn),
    },
    automountServiceAccountToken: false,
  };
  const serviceAccount = new k8s.core.v1.ServiceAccount(
    `${name}-service-account`,
    declaredArgs(context, "serviceAccount", plannedAccount),
    { parent },
  );
  const common = { serviceAccount, roleArn, ...needed };
  if ("oidcProviderArn" in identity) return { ...common, grants };

  const plannedAssociation: aws.eks.PodIdentityAssociationArgs = {
    clusterName: identity.clusterName,
    namespace,
    serviceAccount: serviceAccount.metadata.name,
    roleArn,
    ...(args.tags && { tags: args.tags }),
  };
  const association = new aws.eks.PodIdentityAssociation(
    `${name}-pod-identity`,
    declaredArgs(context, "podIdentityAssociation", plannedAssociation),
    { parent },
  );
  return { ...common, grants: [...grants, association] };
}

/** The same role, which must be of the account. */
const ofAccount = (
  component: string,
  roleArn: pulumi.Output<string>,
  accountId: pulumi.Output<string>,
): pulumi.Output<string> =>
  accountId.apply((id) => late(component, "roleArn", roleArn, string(roleAccountProblem(id))));

/** A role that reads the app's secrets, with what the caller allows it besides. */
function ownRole(
  parent: pulumi.ComponentResource,
  context: Context,
  { assumeRolePolicy, rolePolicy }: Pick<AppIdentity, "assumeRolePolicy" | "rolePolicy">,
): Pick<AppIdentity, "roleArn" | "grants"> {
  const { name, args, inputs } = context;
  const { permissionsBoundary } = inputs;
  const plannedRole: aws.iam.RoleArgs = {
    description: `Reads the secrets of ${name}`,
    assumeRolePolicy,
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
    ...(args.tags && { tags: args.tags }),
  };
  const role = new aws.iam.Role(`${name}-role`, declaredArgs(context, "role", plannedRole), {
    parent,
  });
  const plannedPolicy: aws.iam.RolePolicyArgs = { role: role.name, policy: rolePolicy };
  const policy = new aws.iam.RolePolicy(
    `${name}-read-secrets`,
    declaredArgs(context, "rolePolicy", plannedPolicy),
    { parent },
  );
  return { roleArn: role.arn, grants: [policy, ...furtherRights(parent, context, role)] };
}

/** What the caller says, and with IRSA the role. */
function annotations(
  given: CsiSecretsAppArgs["serviceAccountAnnotations"],
  identity: Context["inputs"]["identity"],
  roleArn: pulumi.Output<string>,
): Pick<k8s.types.input.meta.v1.ObjectMeta, "annotations"> {
  const ofRole =
    "oidcProviderArn" in identity ? { "eks.amazonaws.com/role-arn": roleArn } : undefined;
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
