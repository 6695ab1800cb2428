import { clusterComponentOutputs } from "../../preflight/simulation/models/aws/cluster-components";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import type { Properties } from "../../preflight/simulation/models/model";

/** What the code of a remote component works with. */
export interface Construction {
  readonly name: string;
  readonly inputs: Properties;
  /** Registers a child, with those inputs that are not `undefined`; returns its outputs and its `id`. */
  readonly child: (type: string, name: string, inputs: Properties) => Promise<Properties>;
}

type RemoteComponent = (construction: Construction) => Promise<Properties>;

/**
 * The components of `@pulumi/eks` that the program uses, reduced to the children that matter to it.
 *
 * @see https://www.pulumi.com/registry/packages/eks/api-docs/
 */
const COMPONENTS: Readonly<Record<string, RemoteComponent | undefined>> = {
  "eks:index:Cluster": cluster,
  "eks:index:ManagedNodeGroup": managedNodeGroup,
};

export const remoteComponent = (type: string): RemoteComponent | undefined => COMPONENTS[type];

async function cluster({ name, inputs, child }: Construction): Promise<Properties> {
  const role = await child(TYPES.role, `${name}-eksRole-role`, {
    assumeRolePolicy: trust("eks.amazonaws.com"),
  });
  await child("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `${name}-eksRole-policy`, {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
  });
  const subnetIds = [inputs.publicSubnetIds, inputs.privateSubnetIds, inputs.subnetIds].flatMap(
    (ids) => ids ?? [],
  );
  const made = await child(TYPES.cluster, `${name}-eksCluster`, {
    name: inputs.name,
    roleArn: role.arn,
    version: inputs.version,
    vpcConfig: {
      vpcId: inputs.vpcId,
      subnetIds,
      endpointPrivateAccess: inputs.endpointPrivateAccess,
      endpointPublicAccess: inputs.endpointPublicAccess,
      publicAccessCidrs: inputs.publicAccessCidrs,
    },
    accessConfig: { authenticationMode: inputs.authenticationMode },
    kubernetesNetworkConfig: { serviceIpv4Cidr: inputs.kubernetesServiceIpAddressRange },
    enabledClusterLogTypes: inputs.enabledClusterLogTypes,
    deletionProtection: inputs.deletionProtection,
    ...(inputs.encryptionConfigKeyArn !== undefined && {
      encryptionConfig: {
        provider: { keyArn: inputs.encryptionConfigKeyArn },
        resources: ["secrets"],
      },
    }),
    tags: inputs.tags,
  });
  await accessEntries(name, made, inputs.accessEntries, child);
  return clusterComponentOutputs(made);
}

async function accessEntries(
  name: string,
  eksCluster: Properties,
  entries: unknown,
  child: Construction["child"],
): Promise<void> {
  for (const [key, entry] of Object.entries((entries ?? {}) as Record<string, Properties>)) {
    const access = { clusterName: eksCluster.name, principalArn: entry.principalArn };
    await child(TYPES.accessEntry, `${name}-${key}`, access);
    const policies = Object.entries((entry.accessPolicies ?? {}) as Record<string, Properties>);
    for (const [policy, association] of policies) {
      await child(
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        `${name}-${key}-${policy}`,
        { ...access, ...association },
      );
    }
  }
}

async function managedNodeGroup({ name, inputs, child }: Construction): Promise<Properties> {
  const { eksCluster } = inputs.cluster as { readonly eksCluster: Properties };
  const nodeGroup = await child("aws:eks/nodeGroup:NodeGroup", name, {
    nodeGroupName: inputs.nodeGroupName,
    clusterName: eksCluster.name,
    nodeRoleArn: (inputs.nodeRole as Properties).arn,
    subnetIds: inputs.subnetIds,
    scalingConfig: inputs.scalingConfig,
    instanceTypes: inputs.instanceTypes,
    labels: inputs.labels,
    capacityType: inputs.capacityType,
    taints: inputs.taints,
    launchTemplate: inputs.launchTemplate,
    tags: inputs.tags,
  });
  return { nodeGroup };
}

const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });
