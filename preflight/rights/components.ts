import { opened } from "../doctor/facts/location";
import type { Resource } from "./arns";
import type { Registration } from "../simulation/mocks/run";
import { at, recordOf, textOf } from "../simulation/wire/values";

/** What a remote component makes and calls inside its provider, as far as it is known. */
export interface Inside {
  readonly resources: readonly Resource[];
  readonly functions: readonly string[];
  /** What it makes besides, and of which the rights are not known. */
  readonly unknown: readonly string[];
}

type RemoteComponent = (
  component: Registration,
  find: (urn: string) => Registration | undefined,
) => Inside;

/** @see https://github.com/pulumi/pulumi-eks/tree/master/nodejs/eks */
const COMPONENTS: Readonly<Record<string, RemoteComponent | undefined>> = {
  "eks:index:Cluster": cluster,
  "eks:index:ManagedNodeGroup": managedNodeGroup,
};

export const remoteComponent = (type: string): RemoteComponent | undefined => COMPONENTS[type];

const ADDON_VERSION = "aws:eks/getAddonVersion:getAddonVersion";

/** A child, with the name that Pulumi would make for it. */
function child(
  component: Registration,
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const { provider } = component;
  return {
    type,
    name,
    provider,
    inputs: properties,
    outputs: properties,
    propertyDependencies: {},
  };
}

const made = (name: string): string => `${name}-???????`;

function cluster(component: Registration): Inside {
  const { name } = component;
  const inputs = opened(component);
  const clusterName = textOf(at(inputs, "eksCluster", "name"));
  const inCluster = { clusterName };
  const role = made(`${name}-eksRole-role`);
  const isMade = (type: string, suffix: string, properties: object) =>
    child(component, type, `${name}-${suffix}`, { ...properties });
  const addon = (suffix: string, addonName: string) =>
    isMade("aws:eks/addon:Addon", suffix, { ...inCluster, addonName });
  const enabled = (property: string): boolean => at(inputs, property, "enabled") !== false;
  const nodesByDefault = inputs.skipDefaultNodeGroup !== true;
  const entries = Object.entries(recordOf(inputs.accessEntries));
  const policies = entries.flatMap(([, entry]) =>
    Object.keys(recordOf(at(entry, "accessPolicies"))),
  );
  const hasOwnRole = inputs.serviceRole !== undefined;
  const ownGroups = inputs.skipDefaultSecurityGroups !== true;
  return {
    resources: [
      ...(hasOwnRole
        ? []
        : [
            isMade("aws:iam/role:Role", "eksRole-role", { name: role }),
            isMade("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "eksRole-policy", {
              role,
              policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
            }),
          ]),
      isMade("aws:eks/cluster:Cluster", "eksCluster", {
        name: clusterName,
        roleArn: hasOwnRole ? undefined : role,
        ...(inputs.encryptionConfigKeyArn !== undefined && {
          encryptionConfig: { provider: { keyArn: inputs.encryptionConfigKeyArn } },
        }),
      }),
      ...(enabled("kubeProxyAddonOptions") ? [addon("kube-proxy", "kube-proxy")] : []),
      ...(inputs.useDefaultVpcCni === true ? [] : [addon("vpc-cni", "vpc-cni")]),
      ...(nodesByDefault && enabled("corednsAddonOptions") ? [addon("coredns", "coredns")] : []),
      ...entries.map(([key]) => isMade("aws:eks/accessEntry:AccessEntry", key, inCluster)),
      ...policies.map((key) =>
        isMade("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", key, inCluster),
      ),
      ...(ownGroups
        ? [
            isMade("aws:ec2/securityGroup:SecurityGroup", "eksClusterSecurityGroup", {}),
            isMade("aws:ec2/securityGroupRule:SecurityGroupRule", "eksClusterRules", {}),
          ]
        : []),
      ...(inputs.createOidcProvider === true
        ? [isMade("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "oidcProvider", {})]
        : []),
    ],
    functions: [ADDON_VERSION],
    unknown: [
      ...(nodesByDefault ? [`the default node group of ${component.type} ${name}`] : []),
      ...(inputs.fargate === undefined ? [] : [`the Fargate profile of ${component.type} ${name}`]),
      ...(at(inputs, "autoMode", "enabled") === true
        ? [`Auto Mode of ${component.type} ${name}`]
        : []),
    ],
  };
}

function managedNodeGroup(
  component: Registration,
  find: (urn: string) => Registration | undefined,
): Inside {
  const { name } = component;
  const inputs = opened(component);
  const referred = (property: string): Registration | undefined =>
    find(textOf(at(inputs, property, "urn")) ?? "");
  const [clusterOf, role] = [referred("cluster"), referred("nodeRole")];
  const nodeRoleArn = textOf(inputs.nodeRoleArn) ?? (role && textOf(opened(role).arn));
  const clusterName = clusterOf && textOf(at(opened(clusterOf), "eksCluster", "name"));
  const group = {
    ...child(component, "aws:eks/nodeGroup:NodeGroup", name, {
      nodeGroupName: textOf(inputs.nodeGroupName) ?? made(name),
      launchTemplate: inputs.launchTemplate ?? {},
      clusterName,
      nodeRoleArn,
    }),
    propertyDependencies: { nodeRoleArn: role === undefined ? [] : [role.urn] },
  };
  const ownTemplate =
    inputs.launchTemplate === undefined
      ? [child(component, "aws:ec2/launchTemplate:LaunchTemplate", `${name}-launchTemplate`, {})]
      : [];
  return { resources: [group, ...ownTemplate], functions: [], unknown: [] };
}
