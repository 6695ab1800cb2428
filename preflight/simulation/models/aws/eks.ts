import { parse } from "yaml";
import { AWS_SCHEMAS, exactlyOne, holds, names, TYPES } from "./common";
import { ARN, CLUSTER_NAME } from "./values";
import { eksCluster } from "./eks-cluster";
import { type CitedModel, isRecord, type Properties, text } from "../model";
import { atLeast, between, form, oneOf, sized, type ValueRule, wholeNumber } from "../value-rules";

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html */
const jsonOrYamlObject: ValueRule = (value) => {
  try {
    const parsed: unknown = parse(String(value));
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? undefined : "must be an object in JSON or YAML";
  } catch {
    return "must be JSON or YAML, and does not parse";
  }
};

const isBelow = (one = NaN, other = NaN): boolean => one < other;

/** Facts about EKS as `@pulumi/aws` reports them. */
export const eksModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.cluster]: eksCluster,
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
    values: {
      clusterName: CLUSTER_NAME,
      nodeGroupName: form(
        /^[0-9A-Za-z][\w-]*$/,
        "be letters, digits, hyphens and underscores, a letter or digit first",
      ),
      nodeRoleArn: ARN,
      subnetIds: sized(1, 100),
      "scalingConfig.minSize": atLeast(0),
      "scalingConfig.desiredSize": atLeast(0),
      "scalingConfig.maxSize": atLeast(1),
      "updateConfig.maxUnavailable": between(1, 100),
      "updateConfig.maxUnavailablePercentage": between(1, 100),
      amiType: form(
        /^(CUSTOM|(AL2|AL2023|BOTTLEROCKET|WINDOWS)_\w+)$/,
        "be a type of image, such as AL2023_x86_64_STANDARD",
      ),
      capacityType: oneOf("ON_DEMAND", "SPOT", "CAPACITY_BLOCK"),
      diskSize: atLeast(1),
      "instanceTypes[]": form(
        /^[a-z0-9-]+\.[a-z0-9-]+$/,
        "be a type of EC2 instances, such as t3.medium",
      ),
      "taints[].key": sized(1, 63),
      "taints[].effect": oneOf("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"),
    },
    references: {
      clusterName: holds("cluster"),
      nodeRoleArn: names("role"),
      "subnetIds[]": holds("subnet"),
      "launchTemplate.id": names("launchTemplate"),
    },
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
    check: ({ scalingConfig, updateConfig }) => {
      const { minSize, desiredSize, maxSize } = (scalingConfig ?? {}) as Properties;
      const [least, desired, most] = [minSize, desiredSize, maxSize].map(wholeNumber);
      return [
        ...(isBelow(desired, least) ? ["desiredSize must not be below minSize"] : []),
        ...(isBelow(most, desired) ? ["desiredSize must not be above maxSize"] : []),
        ...(isRecord(updateConfig)
          ? exactlyOne(updateConfig, "maxUnavailable", "maxUnavailablePercentage").map(
              (error) => `updateConfig ${error}`,
            )
          : []),
      ];
    },
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
    values: {
      clusterName: CLUSTER_NAME,
      addonName: sized(1, 255),
      configurationValues: jsonOrYamlObject,
      resolveConflictsOnCreate: oneOf("NONE", "OVERWRITE"),
      resolveConflictsOnUpdate: oneOf("NONE", "OVERWRITE", "PRESERVE"),
      serviceAccountRoleArn: ARN,
    },
    references: {
      clusterName: names("cluster"),
      serviceAccountRoleArn: names("role"),
      "podIdentityAssociations[].roleArn": names("role"),
    },
    computed: ({ inputs, account }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.addonName)}`,
      arn: `arn:${account.partition}:eks:${account.region}:${account.accountId}:addon/${String(inputs.clusterName)}/${String(inputs.addonName)}`,
    }),
    source: "https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html#custom-namespace",
  },
  [TYPES.accessEntry]: {
    required: ["clusterName", "principalArn"],
    replaceOn: ["clusterName", "principalArn", "type"],
    values: {
      clusterName: CLUSTER_NAME,
      principalArn: ARN,
      type: oneOf(
        ...["STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"],
        "HYPERPOD_LINUX",
      ),
      "kubernetesGroups[]": form(/^(?!system:)/, "not begin with system:"),
    },
    references: { clusterName: names("cluster") },
    computed: ({ inputs }) => ({
      id: `${String(inputs.clusterName)}:${String(inputs.principalArn)}`,
    }),
    source: `${AWS_SCHEMAS}/eks/access_entry.go`,
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    required: ["clusterName", "principalArn", "policyArn", "accessScope"],
    replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
    values: {
      clusterName: CLUSTER_NAME,
      principalArn: ARN,
      policyArn: form(
        /^arn:aws[a-z-]*:eks::aws:cluster-access-policy\/\w+$/,
        "be the ARN of a cluster access policy",
      ),
      "accessScope.type": oneOf("cluster", "namespace"),
    },
    references: {
      clusterName: names("cluster"),
      principalArn: {
        ...names("accessEntry"),
        id: (principal, { clusterName }) => `${text(clusterName)}:${principal}`,
      },
    },
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessScope.html
    check: ({ accessScope }) => {
      const { type, namespaces } = (accessScope ?? {}) as Properties;
      const hasNone = namespaces === undefined || (namespaces as { length?: number }).length === 0;
      return type === "namespace" && hasNone
        ? ["accessScope.namespaces is required when accessScope.type is namespace"]
        : [];
    },
    computed: ({ inputs }) => ({
      id: [inputs.clusterName, inputs.principalArn, inputs.policyArn].map(String).join("#"),
    }),
    source: `${AWS_SCHEMAS}/eks/access_policy_association.go`,
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
    values: {
      clusterName: CLUSTER_NAME,
      namespace: sized(1, 63),
      serviceAccount: sized(1, 253),
      roleArn: ARN,
    },
    references: { clusterName: names("cluster"), roleArn: names("role") },
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
