import { linkedRole, passRole, type Rows } from "./row";

const TAGS = "TagResource UntagResource";

/** EKS makes roles of its own to run a cluster and its nodes. */
export const EKS_ROWS: Rows = {
  "aws:eks/cluster:Cluster": [
    { write: "eks: CreateCluster" },
    {
      write:
        "eks: UpdateClusterConfig UpdateClusterVersion AssociateEncryptionConfig DeleteCluster " +
        TAGS,
      read: "eks: DescribeCluster DescribeUpdate",
      on: ["eks:cluster/{name}"],
    },
    passRole("roleArn", "eks.amazonaws.com"),
    linkedRole("eks.amazonaws.com"),
    {
      write: "kms: DescribeKey CreateGrant",
      on: ["{encryptionConfig.provider.keyArn|kms:key/*}"],
      when: "encryptionConfig",
    },
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    { write: "eks: CreateNodegroup", on: ["eks:cluster/{clusterName}"] },
    {
      write: `eks: UpdateNodegroupConfig UpdateNodegroupVersion DeleteNodegroup ${TAGS}`,
      read: "eks: DescribeNodegroup",
      on: ["eks:nodegroup/{clusterName}/{nodeGroupName}/*"],
    },
    {
      read: "eks: DescribeUpdate",
      on: ["eks:cluster/{clusterName}", "eks:nodegroup/{clusterName}/{nodeGroupName}/*"],
    },
    passRole("nodeRoleArn", "eks.amazonaws.com", "ec2.amazonaws.com"),
    // EKS asks in the caller's name whether the role is one for nodes.
    { read: "iam: GetRole ListAttachedRolePolicies", on: ["{nodeRoleArn|iam:role/*}"] },
    // So it does whether the caller may start what the template says.
    {
      write: "ec2: RunInstances CreateTags",
      read: "ec2: DescribeLaunchTemplateVersions",
      when: "launchTemplate",
    },
    linkedRole("eks-nodegroup.amazonaws.com"),
  ],
  "aws:eks/addon:Addon": [
    { write: "eks: CreateAddon", on: ["eks:cluster/{clusterName}"] },
    {
      write: `eks: UpdateAddon DeleteAddon ${TAGS}`,
      read: "eks: DescribeAddon",
      on: ["eks:addon/{clusterName}/{addonName}/*"],
    },
    {
      read: "eks: DescribeUpdate",
      on: ["eks:cluster/{clusterName}", "eks:addon/{clusterName}/{addonName}/*"],
    },
    passRole("serviceAccountRoleArn", "eks.amazonaws.com"),
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
    { write: "eks: CreatePodIdentityAssociation", on: ["eks:cluster/{clusterName}"] },
    {
      write: `eks: UpdatePodIdentityAssociation DeletePodIdentityAssociation ${TAGS}`,
      read: "eks: DescribePodIdentityAssociation",
      on: ["eks:podidentityassociation/{clusterName}/*"],
    },
    passRole("roleArn", "pods.eks.amazonaws.com"),
    { read: "iam: GetRole", on: ["{roleArn|iam:role/*}"] },
  ],
  "aws:eks/accessEntry:AccessEntry": [
    { write: "eks: CreateAccessEntry", on: ["eks:cluster/{clusterName}"] },
    {
      write: `eks: UpdateAccessEntry DeleteAccessEntry ${TAGS}`,
      read: "eks: DescribeAccessEntry",
      on: ["eks:access-entry/{clusterName}/*/*/*/*"],
    },
  ],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    {
      write: "eks: AssociateAccessPolicy DisassociateAccessPolicy",
      read: "eks: ListAssociatedAccessPolicies",
      on: ["eks:access-entry/{clusterName}/*/*/*/*"],
    },
  ],
};
