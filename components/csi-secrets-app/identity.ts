import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsAppArgs } from "./args";
import { irsaTrust, podIdentityTrust, type Place, readPolicy } from "./identity-policies";
import {
  checkedText,
  clusterNameProblem,
  componentName,
  kmsKeyArnProblem,
  oidcProviderArnProblem,
  type Problem,
  secretArnProblem,
} from "./late-checks";
import { secretSources } from "./entries";
import { selectorLabels } from "./workload";

/** What the app's identity is made of. A part of `CsiSecretsApp`, whose child each resource is. */
export interface AppIdentity {
  readonly serviceAccount: k8s.core.v1.ServiceAccount;
  readonly role: aws.iam.Role;
  /** Without these the pods cannot mount: the policy, and the association of Pod Identity. */
  readonly grants: readonly pulumi.Resource[];
}

interface Surroundings {
  readonly region: pulumi.Output<string>;
  readonly namespace: pulumi.Input<string>;
  /** The secrets' names, already checked, in the order of the sources. */
  readonly secretNames: readonly pulumi.Output<string>[];
}

/** Declares role, policy, ServiceAccount and, with Pod Identity, their association. */
export function appIdentity(
  parent: pulumi.ComponentResource,
  name: string,
  args: CsiSecretsAppArgs,
  { region, namespace, secretNames }: Surroundings,
): AppIdentity {
  const { identity, tags, transform } = args;
  const place = placeOf(parent, region);
  const clusterName =
    "podIdentity" in identity
      ? checkedText(
          componentName(name),
          "identity.podIdentity.clusterName",
          identity.podIdentity.clusterName,
          clusterNameProblem,
        )
      : undefined;

  const trust = trustPolicy(name, args, place, clusterName);
  const plannedRole: aws.iam.RoleArgs = {
    description: `Reads the secrets of ${name}`,
    assumeRolePolicy: trust,
    ...(tags && { tags }),
  };
  const role = new aws.iam.Role(`${name}-role`, transform?.role?.(plannedRole) ?? plannedRole, {
    parent,
  });

  const plannedPolicy: aws.iam.RolePolicyArgs = {
    role: role.name,
    policy: permissions(name, args, place, secretNames),
  };
  const policy = new aws.iam.RolePolicy(
    `${name}-read-secrets`,
    transform?.rolePolicy?.(plannedPolicy) ?? plannedPolicy,
    { parent },
  );

  const annotations = "irsa" in identity ? { "eks.amazonaws.com/role-arn": role.arn } : undefined;
  const plannedAccount: k8s.core.v1.ServiceAccountArgs = {
    metadata: {
      name,
      namespace,
      labels: selectorLabels(name),
      ...(annotations && { annotations }),
    },
    automountServiceAccountToken: false,
  };
  const serviceAccount = new k8s.core.v1.ServiceAccount(
    `${name}-service-account`,
    transform?.serviceAccount?.(plannedAccount) ?? plannedAccount,
    { parent },
  );
  if (clusterName === undefined) return { serviceAccount, role, grants: [policy] };

  const plannedAssociation: aws.eks.PodIdentityAssociationArgs = {
    clusterName,
    namespace,
    serviceAccount: serviceAccount.metadata.name,
    roleArn: role.arn,
    ...(tags && { tags }),
  };
  const association = new aws.eks.PodIdentityAssociation(
    `${name}-pod-identity`,
    transform?.podIdentityAssociation?.(plannedAssociation) ?? plannedAssociation,
    { parent },
  );
  return { serviceAccount, role, grants: [policy, association] };
}

function placeOf(parent: pulumi.Resource, region: pulumi.Output<string>): pulumi.Output<Place> {
  const { partition, dnsSuffix } = aws.getPartitionOutput({}, { parent });
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  return pulumi.output({ partition, dnsSuffix, accountId, region });
}

function trustPolicy(
  name: string,
  { identity, namespace }: CsiSecretsAppArgs,
  place: pulumi.Output<Place>,
  clusterName: pulumi.Output<string> | undefined,
): pulumi.Output<string> {
  if ("irsa" in identity) {
    return checkedText(
      componentName(name),
      "identity.irsa.oidcProviderArn",
      identity.irsa.oidcProviderArn,
      oidcProviderArnProblem,
    ).apply((arn) => JSON.stringify(irsaTrust(arn, namespace, name)));
  }
  return pulumi
    .all([place, clusterName ?? ""])
    .apply(([known, cluster]) => JSON.stringify(podIdentityTrust(known, cluster)));
}

function permissions(
  name: string,
  args: CsiSecretsAppArgs,
  place: pulumi.Output<Place>,
  secretNames: readonly pulumi.Output<string>[],
): pulumi.Output<string> {
  const component = componentName(name);
  const optional = (path: string, value: pulumi.Input<string> | undefined, problem: Problem) =>
    value === undefined ? undefined : checkedText(component, path, value, problem);
  const secrets = secretSources(args).map(({ at, secretArn, kmsKeyArn }, index) => ({
    name: secretNames[index] ?? pulumi.output(""),
    arn: optional(`${at}secretArn`, secretArn, secretArnProblem),
    kmsKeyArn: optional(`${at}kmsKeyArn`, kmsKeyArn, kmsKeyArnProblem),
  }));
  return pulumi
    .all([place, pulumi.output(secrets)])
    .apply(([known, readable]) => JSON.stringify(readPolicy(known, readable)));
}
