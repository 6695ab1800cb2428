import { CERTIFICATE, clusterFacts, eksCluster } from "./eks-cluster";
import { type CitedModel, type FunctionModel, type Properties, text } from "../model";
import { UNKNOWN } from "../../wire/unknown";

const OIDC_ID = "0123456789ABCDEF0123456789ABCDEF";

/**
 * What `eks.Cluster` gives back, from the cluster that it made.
 *
 * @see https://www.pulumi.com/registry/packages/eks/api-docs/cluster/#outputs
 */
export function clusterComponentOutputs(
  eksCluster: Properties,
  { createOidcProvider, skipDefaultNodeGroup }: Properties = {},
): Properties {
  const { arn, name, endpoint, identities, vpcConfig, certificateAuthority } = eksCluster;
  const issuerUrl = at(identities, 0, "oidcs", 0, "issuer");
  const issuer = typeof issuerUrl === "string" ? issuerUrl.replace("https://", "") : issuerUrl;
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
  const oidcProvider = createOidcProvider === true ? oidcProviderOf(text(arn), issuer) : undefined;
  return {
    eksCluster,
    clusterSecurityGroupId: at(vpcConfig, "clusterSecurityGroupId"),
    core: { cluster: eksCluster, endpoint, kubeconfig, oidcProvider },
    oidcIssuer: issuer,
    oidcProviderUrl: issuerUrl,
    oidcProviderArn: oidcProvider === undefined ? "" : oidcProvider.arn,
    ...(skipDefaultNodeGroup === true && { defaultNodeGroupAsgName: "" }),
    kubeconfig,
    kubeconfigJson: knownJson(kubeconfig),
  };
}

/** Parts of `core` that every cluster has, and that are resources of their own. */
const MADE_BESIDES = [
  ...["clusterIamRole", "clusterSecurityGroup", "instanceRoles", "nodeGroupOptions"],
  ...["provider", "subnetIds", "vpcId"],
];

/** The issuer's entry in IAM, as `@pulumi/aws` reports it. */
function oidcProviderOf(clusterArn: string, issuer: unknown) {
  const [, partition, , , accountId] = clusterArn.split(":");
  if (typeof issuer !== "string" || issuer === UNKNOWN || accountId === undefined) {
    return { id: UNKNOWN, arn: UNKNOWN, url: UNKNOWN };
  }
  const arn = `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
  return { id: arn, arn, url: issuer, clientIdLists: ["sts.amazonaws.com"] };
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

/** The components of `@pulumi/eks`. */
export const clusterModels: Readonly<Record<string, CitedModel>> = {
  "eks:index:Cluster": {
    remote: true,
    computed: (request) => {
      const { inputs, name } = request;
      const clusterName = text(inputs.name, `${name}-eksCluster`);
      const subnetIds = inputs.privateSubnetIds ?? inputs.subnetIds ?? [];
      const vpcConfig = { subnetIds, vpcId: inputs.vpcId };
      const made = { name: clusterName, version: inputs.version, vpcConfig };
      const cluster = { ...made, ...eksCluster.computed?.({ ...request, inputs: made }) };
      const { core, ...outputs } = clusterComponentOutputs(cluster, inputs);
      // Of what else it makes nothing is known here but that it is there.
      const besides = Object.fromEntries(MADE_BESIDES.map((property) => [property, UNKNOWN]));
      return { ...outputs, core: { ...(core as Properties), ...besides } };
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
