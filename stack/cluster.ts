import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type {
  ClusterConfig,
  ExistingClusterConfig,
  NewClusterConfig,
} from "./config/cluster-schema";
import type { NodeGroupConfig } from "./config/node-group-schema";
import { kubeconfigJson } from "./kubeconfig";
import type { Context, NetworkInfo } from "./network";
import { nodeTemplate } from "./node-template";

/** What the rest of the program needs of a cluster. */
export interface ClusterInfo {
  readonly name: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  /** Names how to log in, holds no token; secret all the same, as others would expect of it. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The security groups that pods carry, by a name for the database's rules. */
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  /** Only where an app uses IRSA. */
  readonly oidcProviderArn: pulumi.Input<string> | undefined;
}

export interface ClusterContext extends Context {
  readonly network: NetworkInfo;
  /** Whether an app uses IRSA: then the cluster's issuer must be known to IAM. */
  readonly irsa: boolean;
  /** Whether an app has a NetworkPolicy: then a new cluster enforces those. */
  readonly networkPolicies: boolean;
}

/** The cluster of the config: a new one, or one that exists, by name. */
export function cluster(config: ClusterConfig, context: ClusterContext): ClusterInfo {
  return "create" in config
    ? new NewCluster("cluster", { ...config.create, ...context })
    : existingCluster(config, context);
}

function existingCluster(
  config: ExistingClusterConfig,
  { region, irsa }: ClusterContext,
): ClusterInfo {
  const found = aws.eks.getClusterOutput({ name: config.name });
  const kubeconfig = pulumi.secret(
    pulumi.all([found.endpoint, found.certificateAuthorities]).apply(([endpoint, authorities]) =>
      kubeconfigJson({
        name: config.name,
        region,
        endpoint,
        certificate: authorities[0]?.data ?? "",
      }),
    ),
  );
  return {
    name: found.name,
    kubeconfig,
    provider: new kubernetes.Provider("cluster-kubernetes", {
      kubeconfig,
      clusterIdentifier: config.name,
    }),
    clients: config.clientSecurityGroupIds
      ? Object.fromEntries(config.clientSecurityGroupIds.map((id) => [clientName(id), id]))
      : { cluster: found.vpcConfig.clusterSecurityGroupId },
    oidcProviderArn: irsa ? (config.oidcProviderArn ?? registeredIssuer(found)) : undefined,
  };
}

/** The cluster's issuer as IAM knows it; a plain error where nobody has registered it. */
function registeredIssuer(found: pulumi.Output<aws.eks.GetClusterResult>): pulumi.Output<string> {
  const url = found.identities.apply((identities) => identities[0]?.oidcs[0]?.issuer ?? "");
  return aws.iam.getOpenIdConnectProviderOutput({ url }).arn;
}

type NewClusterArgs = NewClusterConfig & ClusterContext;

/** Rights of a node: join the cluster, give pods addresses, pull images. */
const NODE_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
] as const;

/** What an access entry may do: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const ACCESS_POLICIES = {
  admin: "AmazonEKSClusterAdminPolicy",
  view: "AmazonEKSAdminViewPolicy",
} as const;

/** EKS's words for the effects of a taint. */
const TAINT_EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** A cluster with managed node groups, the Pod Identity agent and, for IRSA, its issuer in IAM. */
class NewCluster extends pulumi.ComponentResource implements ClusterInfo {
  readonly name: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clients: Readonly<Record<string, pulumi.Output<string>>>;
  readonly oidcProviderArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: NewClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("eks-db-secrets:stack:Cluster", name, {}, opts);
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const control = this.controlPlane(name, args, partition);
    const { eksCluster } = control;
    const nodes = this.nodes(name, args, control, partition);
    const [first] = nodes;
    this.name = eksCluster.name;
    const agent = this.podIdentityAgent(name, args, first);

    this.kubeconfig = pulumi.secret(
      pulumi
        .all([this.name, eksCluster.endpoint, eksCluster.certificateAuthority])
        .apply(([clusterName, endpoint, authority]) =>
          kubeconfigJson({
            name: clusterName,
            region: args.region,
            endpoint,
            certificate: authority.data,
          }),
        ),
    );
    this.provider = new kubernetes.Provider(
      `${name}-kubernetes`,
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.name },
      { parent: this, dependsOn: [...nodes, agent] },
    );
    this.clients = { cluster: control.clusterSecurityGroupId };
    this.oidcProviderArn = args.irsa ? this.issuer(name, args, control) : undefined;
    this.registerOutputs({ name: this.name, kubeconfig: this.kubeconfig });
  }

  /**
   * Without the default security groups the cluster's own group is what pods carry, and a database
   * can name it. Without its OpenID Connect provider the component calls nothing on the internet at preview.
   */
  private controlPlane(
    name: string,
    { network, ...args }: NewClusterArgs,
    partition: pulumi.Output<string>,
  ): eks.Cluster {
    const accessEntries = args.access.map(({ principalArn, policy }) => {
      const policyArn = pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/${ACCESS_POLICIES[policy]}`;
      const accessPolicies = { [policy]: { policyArn, accessScope: { type: "cluster" } } };
      return [entryName(principalArn), { principalArn, accessPolicies }] as const;
    });
    return new eks.Cluster(
      `${name}-eks`,
      {
        version: args.version,
        vpcId: network.vpcId,
        privateSubnetIds: network.privateSubnetIds,
        authenticationMode: "API",
        accessEntries: Object.fromEntries(accessEntries),
        skipDefaultNodeGroup: true,
        skipDefaultSecurityGroups: true,
        createOidcProvider: false,
        endpointPrivateAccess: true,
        endpointPublicAccess: args.publicAccessCidrs.length > 0,
        ...(args.publicAccessCidrs.length > 0 && { publicAccessCidrs: args.publicAccessCidrs }),
        kubernetesServiceIpAddressRange: args.serviceCidr,
        ...(args.networkPolicies && { vpcCniOptions: { enableNetworkPolicy: true } }),
        enabledClusterLogTypes: args.controlPlaneLogs,
        deletionProtection: args.deletionProtection,
        tags: args.tags,
        ...(args.encryptionKeyArn !== undefined && {
          encryptionConfigKeyArn: args.encryptionKeyArn,
        }),
      },
      { parent: this },
    );
  }

  private nodes(
    name: string,
    args: NewClusterArgs,
    control: eks.Cluster,
    partition: pulumi.Output<string>,
  ): readonly [eks.ManagedNodeGroup, ...eks.ManagedNodeGroup[]] {
    const role = new aws.iam.Role(
      `${name}-nodes-role`,
      {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "ec2.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        } satisfies aws.iam.PolicyDocument),
        tags: args.tags,
      },
      { parent: this },
    );
    const rights = NODE_POLICIES.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-nodes-${policy}`,
          {
            role: role.name,
            policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`,
          },
          { parent: this },
        ),
    );
    const launchTemplate = nodeTemplate(`${name}-nodes-template`, args, { parent: this });
    const group = (
      groupName: string,
      { min, max }: { readonly min: number; readonly max: number },
      more: Partial<eks.ManagedNodeGroupArgs>,
    ) =>
      new eks.ManagedNodeGroup(
        groupName,
        {
          cluster: control,
          nodeRole: role,
          subnetIds: args.network.privateSubnetIds,
          // Named, it makes the component choose the image by the instance type's architecture. EKS by
          // itself takes the one for x86, and refuses Graviton.
          operatingSystem: "AL2023",
          launchTemplate,
          scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
          // An autoscaler changes the size; the program must not change it back.
          ignoreScalingChanges: true,
          tags: args.tags,
          ...more,
        },
        { parent: this, dependsOn: [...rights, ...args.network.egress] },
      );
    return [
      group(`${name}-nodes`, args.nodes, { instanceTypes: [args.instanceType] }),
      ...Object.entries(args.nodeGroups ?? {}).map(([key, config]) =>
        group(`${name}-group-${key}`, config, groupArgs(config)),
      ),
    ];
  }

  private podIdentityAgent(
    name: string,
    { tags }: NewClusterArgs,
    nodes: eks.ManagedNodeGroup,
  ): aws.eks.Addon {
    return new aws.eks.Addon(
      `${name}-pod-identity-agent`,
      { clusterName: this.name, addonName: "eks-pod-identity-agent", tags },
      { parent: this, dependsOn: nodes },
    );
  }

  /** Without thumbprints: IAM trusts the issuers of EKS by their certificate authority. */
  private issuer(
    name: string,
    { tags }: NewClusterArgs,
    { oidcIssuer }: eks.Cluster,
  ): pulumi.Output<string> {
    const url = oidcIssuer.apply((issuer) => issuer.replace(/^(https:\/\/)?/, "https://"));
    return new aws.iam.OpenIdConnectProvider(
      `${name}-issuer`,
      { url, clientIdLists: ["sts.amazonaws.com"], tags },
      { parent: this },
    ).arn;
  }
}

/** What a further node group has of its own. */
const groupArgs = ({
  instanceTypes,
  capacityType,
  labels,
  taints,
}: NodeGroupConfig): Partial<eks.ManagedNodeGroupArgs> => ({
  instanceTypes,
  capacityType,
  labels,
  taints: taints.map(({ effect, ...taint }) => ({ ...taint, effect: TAINT_EFFECTS[effect] })),
});

/** A name that does not depend on other groups: the id, without another account's number. */
const clientName = (securityGroupId: string): string => securityGroupId.replace(/^\d+\//, "");

/** The same for access entries: `ACCOUNT:role/NAME`. A name may not hold `::`, as an ARN does. */
const entryName = (principalArn: string): string => principalArn.replace(/^.*::/, "");
