import type { FunctionModel, ResourceModel } from "./model";

const clusterFacts = (name: string, account: Parameters<FunctionModel>[1], identifier: string) => ({
  arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:cluster/${name}`,
  endpoint: `https://${identifier}.gr7.${account.region}.eks.amazonaws.com`,
  issuer: `https://oidc.eks.${account.region}.amazonaws.com/id/${identifier}`,
});

const OIDC_ID = "0123456789ABCDEF0123456789ABCDEF";
const CERTIFICATE = Buffer.from("local cloud certificate authority").toString("base64");

/** Facts about EKS: https://www.pulumi.com/registry/packages/aws/api-docs/eks/ and `@pulumi/eks`. */
export const clusterModels: Readonly<Record<string, ResourceModel>> = {
  "eks:index:Cluster": {
    remote: true,
    computed: (request) => {
      const { account, inputs, name, identifier } = request;
      const clusterName = typeof inputs.name === "string" ? inputs.name : `${name}-eksCluster`;
      const facts = clusterFacts(clusterName, account, OIDC_ID);
      const vpcConfig = {
        clusterSecurityGroupId: identifier("sg"),
        subnetIds: inputs.privateSubnetIds ?? inputs.subnetIds ?? [],
        vpcId: inputs.vpcId,
      };
      const eksCluster = {
        name: clusterName,
        arn: facts.arn,
        endpoint: facts.endpoint,
        version: inputs.version,
        certificateAuthority: { data: CERTIFICATE },
        identities: [{ oidcs: [{ issuer: facts.issuer }] }],
        vpcConfig,
      };
      return {
        eksCluster,
        clusterSecurityGroupId: vpcConfig.clusterSecurityGroupId,
        core: { cluster: eksCluster, endpoint: facts.endpoint },
        oidcIssuer: facts.issuer,
        oidcProviderUrl: facts.issuer,
        kubeconfig: { clusters: [{ name: clusterName, cluster: { server: facts.endpoint } }] },
        kubeconfigJson: JSON.stringify({ clusters: [{ name: clusterName }] }),
      };
    },
  },
  "eks:index:ManagedNodeGroup": {
    remote: true,
    computed: ({ inputs, name }) => ({
      nodeGroup: { nodeGroupName: inputs.nodeGroupName ?? name },
    }),
  },
  "aws:eks/addon:Addon": {
    required: ["addonName", "clusterName"],
    replaceOn: ["addonName", "clusterName"],
    computed: ({ inputs, account }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.addonName)}`,
      arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:addon/${String(inputs.clusterName)}/${String(inputs.addonName)}`,
    }),
  },
  "aws:eks/accessEntry:AccessEntry": {
    required: ["clusterName", "principalArn"],
    replaceOn: ["clusterName", "principalArn", "type"],
    computed: ({ inputs }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.principalArn)}`,
    }),
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    required: ["clusterName", "principalArn", "policyArn", "accessScope"],
    replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
    computed: ({ inputs }) => ({
      id: [inputs.clusterName, inputs.principalArn, inputs.policyArn].map(String).join("#"),
    }),
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
};
