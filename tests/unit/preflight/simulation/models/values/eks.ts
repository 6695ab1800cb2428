import { type Examples, KEY, ROLE } from "./examples";

export const eksExamples: Examples = {
  "aws:eks/cluster:Cluster": {
    good: {
      name: "main_1-x",
      version: "1.35",
      roleArn: ROLE,
      accessConfig: { authenticationMode: "API" },
      enabledClusterLogTypes: ["audit"],
      encryptionConfig: {
        provider: { keyArn: KEY },
        resources: ["secrets"],
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
      upgradePolicy: { supportType: "STANDARD" },
      vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], publicAccessCidrs: ["0.0.0.0/0", "::/0"] },
    },
    refused: {
      name: [
        [
          { name: "-main" },
          "name '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
        [
          { name: "a.b" },
          "name 'a.b' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      version: [
        [
          { version: "v1.35" },
          "version 'v1.35' must be a minor version of Kubernetes, such as 1.35",
        ],
        [{ version: "1" }, "version '1' must be a minor version of Kubernetes, such as 1.35"],
      ],
      roleArn: [[{ roleArn: "app" }, "roleArn 'app' must be an ARN"]],
      "accessConfig.authenticationMode": [
        [
          { accessConfig: { authenticationMode: "IAM" } },
          "accessConfig.authenticationMode 'IAM' must be one of API, API_AND_CONFIG_MAP, CONFIG_MAP",
        ],
      ],
      "enabledClusterLogTypes[]": [
        [
          { enabledClusterLogTypes: ["all"] },
          "enabledClusterLogTypes[0] 'all' must be one of api, audit, authenticator, controllerManager, scheduler",
        ],
      ],
      "encryptionConfig.provider.keyArn": [
        [
          { encryptionConfig: { provider: { keyArn: "k" }, resources: ["secrets"] } },
          "encryptionConfig.provider.keyArn 'k' must be an ARN",
        ],
      ],
      "encryptionConfig.resources[]": [
        [
          {
            encryptionConfig: {
              provider: { keyArn: KEY },
              resources: ["configmaps"],
            },
          },
          "encryptionConfig.resources[0] 'configmaps' must be one of secrets",
        ],
      ],
      "kubernetesNetworkConfig.ipFamily": [
        [
          { kubernetesNetworkConfig: { ipFamily: "IPv4" } },
          "kubernetesNetworkConfig.ipFamily 'IPv4' must be one of ipv4, ipv6",
        ],
      ],
      "kubernetesNetworkConfig.serviceIpv4Cidr": [
        [
          { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/8" } },
          "kubernetesNetworkConfig.serviceIpv4Cidr '10.0.0.0/8' must be a block from /12 to /24",
        ],
        [
          { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.15.0.0/16" } },
          "kubernetesNetworkConfig.serviceIpv4Cidr '172.15.0.0/16' must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        ],
      ],
      "upgradePolicy.supportType": [
        [
          { upgradePolicy: { supportType: "LONG" } },
          "upgradePolicy.supportType 'LONG' must be one of STANDARD, EXTENDED",
        ],
      ],
      "vpcConfig.publicAccessCidrs[]": [
        [
          {
            vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], publicAccessCidrs: ["203.0.113.7"] },
          },
          "vpcConfig.publicAccessCidrs[0] '203.0.113.7' must be a block of IPv4 addresses, such as 10.0.0.0/16",
        ],
      ],
      "vpcConfig.subnetIds": [
        [
          { vpcConfig: { subnetIds: ["subnet-a"] } },
          "vpcConfig.subnetIds '[\"subnet-a\"]' must have 2 to 16 items",
        ],
      ],
    },
    together: [
      [
        { vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], endpointPublicAccess: false } },
        ["endpointPrivateAccess and endpointPublicAccess must not both be false"],
      ],
    ],
  },
  "aws:eks/nodeGroup:NodeGroup": {
    good: {
      clusterName: "main",
      nodeGroupName: "nodes_1",
      nodeRoleArn: ROLE,
      subnetIds: ["subnet-a"],
      scalingConfig: { minSize: 0, desiredSize: 1, maxSize: "2" },
      updateConfig: { maxUnavailable: 1 },
      amiType: "AL2023_ARM_64_STANDARD",
      capacityType: "SPOT",
      diskSize: 20,
      instanceTypes: ["m7g.large"],
      taints: [{ key: "a", effect: "NO_SCHEDULE" }],
    },
    accepted: [{ updateConfig: { maxUnavailablePercentage: 50 } }],
    refused: {
      clusterName: [
        [
          { clusterName: "-main" },
          "clusterName '-main' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
        [
          {
            clusterName:
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          },
          "clusterName 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' must be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      nodeGroupName: [
        [
          { nodeGroupName: "_nodes" },
          "nodeGroupName '_nodes' must be letters, digits, hyphens and underscores, a letter or digit first",
        ],
      ],
      nodeRoleArn: [[{ nodeRoleArn: "app" }, "nodeRoleArn 'app' must be an ARN"]],
      subnetIds: [[{ subnetIds: [] }, "subnetIds '[]' must have 1 to 100 items"]],
      "scalingConfig.minSize": [
        [
          { scalingConfig: { minSize: -1, desiredSize: 1, maxSize: 1 } },
          "scalingConfig.minSize '-1' must be a whole number, 0 or more",
        ],
      ],
      "scalingConfig.desiredSize": [
        [
          { scalingConfig: { minSize: 0, desiredSize: 1.5, maxSize: 2 } },
          "scalingConfig.desiredSize '1.5' must be a whole number, 0 or more",
        ],
      ],
      "scalingConfig.maxSize": [
        [
          { scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 0 } },
          "scalingConfig.maxSize '0' must be a whole number, 1 or more",
        ],
      ],
      "updateConfig.maxUnavailable": [
        [
          { updateConfig: { maxUnavailable: 0 } },
          "updateConfig.maxUnavailable '0' must be a whole number from 1 to 100",
        ],
      ],
      "updateConfig.maxUnavailablePercentage": [
        [
          { updateConfig: { maxUnavailablePercentage: 101 } },
          "updateConfig.maxUnavailablePercentage '101' must be a whole number from 1 to 100",
        ],
      ],
      amiType: [
        [
          { amiType: "Ubuntu" },
          "amiType 'Ubuntu' must be a type of image, such as AL2023_x86_64_STANDARD",
        ],
      ],
      capacityType: [
        [
          { capacityType: "spot" },
          "capacityType 'spot' must be one of ON_DEMAND, SPOT, CAPACITY_BLOCK",
        ],
      ],
      diskSize: [[{ diskSize: 0 }, "diskSize '0' must be a whole number, 1 or more"]],
      "instanceTypes[]": [
        [
          { instanceTypes: ["m7g"] },
          "instanceTypes[0] 'm7g' must be a type of EC2 instances, such as t3.medium",
        ],
      ],
      "taints[].key": [
        [
          { taints: [{ key: "", effect: "NO_EXECUTE" }] },
          "taints[0].key '' must have 1 to 63 characters",
        ],
        [
          { taints: [{ key: "a".repeat(64), effect: "NO_EXECUTE" }] },
          `taints[0].key '${"a".repeat(64)}' must have 1 to 63 characters`,
        ],
      ],
      "taints[].effect": [
        [
          { taints: [{ key: "a", effect: "NoSchedule" }] },
          "taints[0].effect 'NoSchedule' must be one of NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE",
        ],
      ],
    },
    together: [
      [
        { scalingConfig: { minSize: 2, desiredSize: 1, maxSize: 3 } },
        ["desiredSize must not be below minSize"],
      ],
      [
        { scalingConfig: { minSize: 1, desiredSize: 4, maxSize: 3 } },
        ["desiredSize must not be above maxSize"],
      ],
      [
        { updateConfig: {} },
        ["updateConfig needs exactly one of maxUnavailable, maxUnavailablePercentage; got none"],
      ],
      [
        { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 50 } },
        [
          "updateConfig needs exactly one of maxUnavailable, maxUnavailablePercentage; got maxUnavailable and maxUnavailablePercentage",
        ],
      ],
      [
        { nodeGroupNamePrefix: "nodes-" },
        ["nodeGroupName and nodeGroupNamePrefix cannot be combined"],
      ],
    ],
  },
};
