import { AWS_SCHEMAS } from "./aws";
import { type CitedModel, type FunctionModel, type Properties, text } from "./model";
import { UNKNOWN } from "./unknown";

const clusterFacts = (name: string, account: Parameters<FunctionModel>[1], identifier: string) => ({
  arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:cluster/${name}`,
  endpoint: `https://${identifier}.gr7.${account.region}.eks.amazonaws.com`,
  issuer: `https://oidc.eks.${account.region}.amazonaws.com/id/${identifier}`,
});

const OIDC_ID = "0123456789ABCDEF0123456789ABCDEF";
const CERTIFICATE = Buffer.from("local cloud certificate authority").toString("base64");

/** What `eks.Cluster` gives back, from the cluster that it made. */
export function clusterComponentOutputs(eksCluster: Properties): Properties {
  const { name, endpoint, identities, vpcConfig, certificateAuthority } = eksCluster;
  const issuer = at(identities, 0, "oidcs", 0, "issuer");
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: endpoint,
          "certificate-authority-data": at(certificateAuthority, "data"),
        },
      },
    ],
  };
  return {
    eksCluster,
    clusterSecurityGroupId: at(vpcConfig, "clusterSecurityGroupId"),
    core: { cluster: eksCluster, endpoint },
    oidcIssuer: issuer,
    oidcProviderUrl: issuer,
    kubeconfig,
    kubeconfigJson: knownJson(kubeconfig),
  };
}

/** JSON of a value; text with an unknown part is unknown as a whole. */
function knownJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes(UNKNOWN) ? UNKNOWN : json;
}

/** Follows a path into a value; what is not known at its start is not known further in. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (inner === UNKNOWN) return UNKNOWN;
    return (inner as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  }, value);
}

const eksCluster: CitedModel = {
  autoName: { property: "name", maxLength: 100 },
  required: ["roleArn", "vpcConfig"],
  replaceOn: ["name", "roleArn", "kubernetesNetworkConfig"],
  replaceOnRemoval: ["encryptionConfig"],
  keepsAlive: ({ deletionProtection, name }) =>
    deletionProtection === true
      ? [`InvalidRequestException: deletion protection is on for the cluster '${text(name)}'`]
      : [],
  computed: ({ account, inputs, identifier }) => {
    const name = text(inputs.name);
    const oidcId = identifier("oidc", 32).slice("oidc-".length).toUpperCase();
    const facts = clusterFacts(name, account, oidcId);
    return {
      id: name,
      arn: facts.arn,
      endpoint: facts.endpoint,
      status: "ACTIVE",
      platformVersion: "eks.1",
      certificateAuthority: { data: CERTIFICATE },
      identities: [{ oidcs: [{ issuer: facts.issuer }] }],
      vpcConfig: {
        ...(inputs.vpcConfig as Properties | undefined),
        clusterSecurityGroupId: identifier("sg"),
      },
    };
  },
  source: `${AWS_SCHEMAS}/eks/cluster.go`,
};

/** Facts about EKS, from `@pulumi/aws` and `@pulumi/eks`. */
export const clusterModels: Readonly<Record<string, CitedModel>> = {
  "eks:index:Cluster": {
    remote: true,
    computed: (request) => {
      const { inputs, name } = request;
      const clusterName = text(inputs.name, `${name}-eksCluster`);
      const subnetIds = inputs.privateSubnetIds ?? inputs.subnetIds ?? [];
      const vpcConfig = { subnetIds, vpcId: inputs.vpcId };
      const made = { name: clusterName, version: inputs.version, vpcConfig };
      return clusterComponentOutputs({
        ...made,
        ...eksCluster.computed?.({ ...request, inputs: made }),
      });
    },
    source: "https://www.pulumi.com/registry/packages/eks/api-docs/cluster/",
  },
  "eks:index:ManagedNodeGroup": {
    remote: true,
    computed: ({ inputs, name }) => ({
      nodeGroup: { nodeGroupName: inputs.nodeGroupName ?? name },
    }),
    source: "https://www.pulumi.com/registry/packages/eks/api-docs/managednodegroup/",
  },
  "aws:eks/cluster:Cluster": eksCluster,
  "aws:eks/nodeGroup:NodeGroup": {
    autoName: { property: "nodeGroupName", maxLength: 63 },
    required: ["clusterName", "nodeRoleArn", "subnetIds", "scalingConfig"],
    replaceOn: [
      "clusterName",
      "nodeGroupName",
      "nodeGroupNamePrefix",
      "nodeRoleArn",
      "subnetIds",
      "amiType",
      "capacityType",
      "diskSize",
      "instanceTypes",
      "remoteAccess",
      "launchTemplate.id",
      "launchTemplate.name",
    ],
    computed: ({ inputs, account }) => ({
      id: `${text(inputs.clusterName)}:${text(inputs.nodeGroupName)}`,
      arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:nodegroup/${text(inputs.clusterName)}/${text(inputs.nodeGroupName)}`,
      status: "ACTIVE",
    }),
    source: `${AWS_SCHEMAS}/eks/node_group.go`,
  },
  "aws:eks/addon:Addon": {
    required: ["addonName", "clusterName"],
    replaceOn: ["addonName", "clusterName", "namespaceConfig"],
    computed: ({ inputs, account }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.addonName)}`,
      arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:addon/${String(inputs.clusterName)}/${String(inputs.addonName)}`,
    }),
    source: "https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html#custom-namespace",
  },
  "aws:eks/accessEntry:AccessEntry": {
    required: ["clusterName", "principalArn"],
    replaceOn: ["clusterName", "principalArn", "type"],
    computed: ({ inputs }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.principalArn)}`,
    }),
    source: `${AWS_SCHEMAS}/eks/access_entry.go`,
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    required: ["clusterName", "principalArn", "policyArn", "accessScope"],
    replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
    computed: ({ inputs }) => ({
      id: [inputs.clusterName, inputs.principalArn, inputs.policyArn].map(String).join("#"),
    }),
    source: `${AWS_SCHEMAS}/eks/access_policy_association.go`,
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
    computed: ({ inputs, account, identifier }) => {
      const associationId = identifier("a", 17);
      return {
        id: associationId,
        associationId,
        associationArn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:podidentityassociation/${String(inputs.clusterName)}/${associationId}`,
      };
    },
    source: `${AWS_SCHEMAS}/eks/pod_identity_association.go`,
  },
};

export const clusterFunctions: Readonly<Record<string, FunctionModel>> = {
  "aws:eks/getCluster:getCluster": (inputs, account) => {
    const name = String(inputs.name);
    const facts = clusterFacts(name, account, OIDC_ID);
    return {
      id: name,
      name,
      arn: facts.arn,
      endpoint: facts.endpoint,
      version: "1.35",
      status: "ACTIVE",
      certificateAuthorities: [{ data: CERTIFICATE }],
      identities: [{ oidcs: [{ issuer: facts.issuer }] }],
      vpcConfig: {
        clusterSecurityGroupId: "sg-0c1u5t3r000000000",
        vpcId: "vpc-0ex1st1ng00000000",
        subnetIds: [],
      },
      kubernetesNetworkConfigs: [{ serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" }],
    };
  },
  // Every issuer is known to IAM here; where it is not, AWS answers with an error.
  "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider": (inputs, account) => {
    const issuer = text(inputs.url).replace(/^https:\/\//, "");
    const arn = `arn:${account.partition}:iam::${account.accountId}:oidc-provider/${issuer}`;
    return { id: arn, arn, url: issuer, clientIdLists: ["sts.amazonaws.com"], thumbprintLists: [] };
  },
};
