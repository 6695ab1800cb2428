import { AWS_SCHEMAS, holds, names, namesKey, TYPES } from "./common";
import { ARN, CLUSTER_NAME, IP_BLOCK, ipv4Block, PRIVATE_RANGE } from "./values";
import { type Account, type CitedModel, type Properties, text } from "../model";
import { all, form, oneOf, sized } from "../value-rules";

/** What EKS makes of a cluster's name and of an identifier. */
export const clusterFacts = (name: string, account: Account, identifier: string) => ({
  arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:cluster/${name}`,
  endpoint: `https://${identifier}.gr7.${account.region}.eks.amazonaws.com`,
  issuer: `https://oidc.eks.${account.region}.amazonaws.com/id/${identifier}`,
});

/** The authority that every cluster here says its endpoint is signed by. */
export const CERTIFICATE = Buffer.from("local cloud certificate authority").toString("base64");

/** A cluster of EKS, as `@pulumi/aws` reports it. */
export const eksCluster: CitedModel = {
  autoName: { property: "name", maxLength: 100 },
  required: ["roleArn", "vpcConfig"],
  replaceOn: [
    ...["name", "roleArn", "kubernetesNetworkConfig", "outpostConfig"],
    ...["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
  ],
  replaceOnRemoval: ["encryptionConfig"],
  values: {
    name: CLUSTER_NAME,
    version: form(/^1\.\d{2}$/, "be a minor version of Kubernetes, such as 1.35"),
    roleArn: ARN,
    "accessConfig.authenticationMode": oneOf("API", "API_AND_CONFIG_MAP", "CONFIG_MAP"),
    "enabledClusterLogTypes[]": oneOf(
      ...["api", "audit", "authenticator", "controllerManager", "scheduler"],
    ),
    "encryptionConfig.provider.keyArn": ARN,
    "encryptionConfig.resources[]": oneOf("secrets"),
    "kubernetesNetworkConfig.ipFamily": oneOf("ipv4", "ipv6"),
    "kubernetesNetworkConfig.serviceIpv4Cidr": all(ipv4Block(12, 24), PRIVATE_RANGE),
    "upgradePolicy.supportType": oneOf("STANDARD", "EXTENDED"),
    "vpcConfig.publicAccessCidrs[]": IP_BLOCK,
    // In two availability zones:
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
    "vpcConfig.subnetIds": sized(2, 16),
  },
  references: {
    roleArn: names("role"),
    "vpcConfig.subnetIds[]": holds("subnet"),
    "vpcConfig.securityGroupIds[]": holds("securityGroup"),
    "encryptionConfig.provider.keyArn": namesKey,
  },
  creates: { "vpcConfig.clusterSecurityGroupId": { type: TYPES.securityGroup } },
  check: ({ vpcConfig }) => {
    const { endpointPrivateAccess = false, endpointPublicAccess = true } = (vpcConfig ??
      {}) as Properties;
    return endpointPrivateAccess === false && endpointPublicAccess === false
      ? ["endpointPrivateAccess and endpointPublicAccess must not both be false"]
      : [];
  },
  deletionBlockers: ({ deletionProtection, name }) =>
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
