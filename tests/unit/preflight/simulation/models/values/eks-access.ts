import { type Examples, ROLE } from "./examples";

export const eksAccessExamples: Examples = {
  "aws:eks/addon:Addon": {
    good: {
      clusterName: "main",
      addonName: "eks-pod-identity-agent",
      configurationValues: '{"a":{"b":1}}',
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "PRESERVE",
      serviceAccountRoleArn: ROLE,
    },
    accepted: [{ configurationValues: "a:\n  b: 1" }],
    refused: {
      clusterName: [
        [
          { clusterName: "-main" },
          "clusterName '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      addonName: [[{ addonName: "" }, "addonName '' must have 1 to 255 characters"]],
      configurationValues: [
        [
          { configurationValues: "text" },
          "configurationValues 'text' must be an object in JSON or YAML",
        ],
        [
          { configurationValues: "{" },
          "configurationValues '{' must be JSON or YAML, and does not parse",
        ],
        [
          { configurationValues: "[]" },
          "configurationValues '[]' must be an object in JSON or YAML",
        ],
      ],
      resolveConflictsOnCreate: [
        [
          { resolveConflictsOnCreate: "PRESERVE" },
          "resolveConflictsOnCreate 'PRESERVE' must be one of NONE, OVERWRITE",
        ],
      ],
      resolveConflictsOnUpdate: [
        [
          { resolveConflictsOnUpdate: "overwrite" },
          "resolveConflictsOnUpdate 'overwrite' must be one of NONE, OVERWRITE, PRESERVE",
        ],
      ],
      serviceAccountRoleArn: [
        [{ serviceAccountRoleArn: "app" }, "serviceAccountRoleArn 'app' must be an ARN"],
      ],
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    good: {
      clusterName: "main",
      principalArn: ROLE,
      type: "STANDARD",
      kubernetesGroups: ["viewers"],
    },
    refused: {
      clusterName: [
        [
          { clusterName: "-main" },
          "clusterName '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      principalArn: [[{ principalArn: "app" }, "principalArn 'app' must be an ARN"]],
      type: [
        [
          { type: "standard" },
          "type 'standard' must be one of STANDARD, EC2, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, HYPERPOD_LINUX",
        ],
      ],
      "kubernetesGroups[]": [
        [
          { kubernetesGroups: ["system:masters"] },
          "kubernetesGroups[0] 'system:masters' must not begin with system:",
        ],
      ],
    },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    good: {
      clusterName: "main",
      principalArn: ROLE,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
      accessScope: { type: "cluster" },
    },
    accepted: [{ accessScope: { type: "namespace", namespaces: ["a"] } }],
    refused: {
      clusterName: [
        [
          { clusterName: "-main" },
          "clusterName '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      principalArn: [[{ principalArn: "app" }, "principalArn 'app' must be an ARN"]],
      policyArn: [
        [
          { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
          "policyArn 'arn:aws:iam::aws:policy/AdministratorAccess' must be the ARN of a cluster access policy",
        ],
      ],
      "accessScope.type": [
        [
          { accessScope: { type: "all" } },
          "accessScope.type 'all' must be one of cluster, namespace",
        ],
      ],
    },
    together: [
      [
        { accessScope: { type: "namespace", namespaces: [] } },
        ["accessScope.namespaces is required when accessScope.type is namespace"],
      ],
    ],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    good: {
      clusterName: "main",
      namespace: "orders",
      serviceAccount: "orders",
      roleArn: ROLE,
    },
    refused: {
      clusterName: [
        [
          { clusterName: "-main" },
          "clusterName '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      namespace: [[{ namespace: "" }, "namespace '' must have 1 to 63 characters"]],
      serviceAccount: [[{ serviceAccount: "" }, "serviceAccount '' must have 1 to 253 characters"]],
      roleArn: [[{ roleArn: "app" }, "roleArn 'app' must be an ARN"]],
    },
  },
};
