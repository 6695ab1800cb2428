import { z } from "zod";
import {
  clusterNameProblem,
  oidcProviderArnProblem,
  shown,
  TESTED_VERSIONS,
} from "../../components";
import { instanceType, NodeGroups, refuseBelowMinimum } from "./node-group-schema";
import {
  cidrBlock,
  kmsKeyArn,
  privateCidrBlock,
  securityGroupId,
  stringKeeping,
  stringMatching,
  wholeNumber,
} from "./values";

const { minimum } = TESTED_VERSIONS.kubernetes;

const minor = (version: string): number => Number(version.split(".")[1]);

function versionProblem(version: string): string | undefined {
  if (!/^1\.\d\d$/.test(version)) {
    return 'must be a Kubernetes version such as "1.35"';
  }
  return minor(version) >= minor(minimum)
    ? undefined
    : `must be ${minimum} or newer, which the Secrets Store CSI driver needs`;
}

const Access = z.strictObject({
  principalArn: stringMatching(
    /^arn:[a-z-]+:iam::\d{12}:(role|user)\/.+$/,
    'must be the ARN of an IAM role or user ("arn:aws:iam::ACCOUNT:role/NAME")',
  ).describe("The IAM role or user."),
  policy: z
    .enum(["admin", "view"])
    .describe(
      "`admin`: everything. `view`: reads everything, Kubernetes Secrets included, because " +
        "`pulumi preview` has to: Helm keeps its releases in Secrets.",
    ),
});

const NewCluster = z
  .strictObject({
    create: z.strictObject({
      version: stringKeeping(versionProblem)
        .default("1.35")
        .describe(
          "Kubernetes version, in quotes. Raise it by one minor version at a time; it cannot be lowered.",
        ),
      instanceType: instanceType()
        .default("t3.medium")
        .describe("Instance type of the nodes. Changing it replaces them one by one."),
      nodes: z
        .strictObject({
          min: wholeNumber(1, 450)
            .default(2)
            .describe(
              "Nodes to start with, and never fewer. How many there are later is left to an " +
                "autoscaler, or to you; EKS refuses a `min` above that number.",
            ),
          max: wholeNumber(1, 450).default(4).describe("Never more nodes than this."),
        })
        .superRefine(refuseBelowMinimum)
        .prefault({})
        .describe(
          "Size of the first managed node group, which has no taints: the cluster's own pods need it.",
        ),
      nodeGroups: NodeGroups.optional().meta({
        description:
          "Further managed node groups, by a name of your own. Another name is another group.",
        whenAbsent: "the first one alone",
      }),
      metadataHopLimit: wholeNumber(1, 2)
        .default(1)
        .describe(
          "Network hops that an answer of the nodes' metadata service may make. With 1, pods do not get " +
            "the credentials of the node, nor its region and zone from there: what asks for them, such as the " +
            "AWS Load Balancer Controller, must be told its region and VPC, and have a role of its own. " +
            "Pods of the host's network are not kept out. 2 lets every pod ask. Changing it replaces the " +
            "nodes one by one.",
        ),
      serviceCidr: privateCidrBlock(12, 24)
        .default("172.20.0.0/16")
        .describe(
          "Addresses of Kubernetes Services, /12 to /24, in a private range and apart from the " +
            "VPC's. Changing it replaces the cluster.",
        ),
      publicAccessCidrs: z
        .array(cidrBlock(0, 32))
        .default(["0.0.0.0/0"])
        .describe(
          "Who may reach the Kubernetes API from outside the VPC, where every call still needs " +
            "IAM credentials. `[]` turns the public endpoint off: Pulumi must then run inside the " +
            "network.",
        ),
      encryptionKeyArn: kmsKeyArn().optional().meta({
        description:
          "ARN of a KMS key that encrypts Kubernetes Secrets. Cannot be taken away or changed later.",
        whenAbsent: "a key that EKS owns",
      }),
      access: z
        .array(Access)
        .superRefine((entries, context) => {
          const arns = entries.map(({ principalArn }) => principalArn);
          arns.forEach((arn, index) => {
            const first = arns.indexOf(arn);
            if (first === index) return;
            const message = `must not be the principal of access[${first}] too; got ${shown(arn)}`;
            context.addIssue({ code: "custom", path: [index, "principalArn"], message });
          });
        })
        .default([])
        .describe("Further IAM principals with access to the cluster, besides its creator."),
      controlPlaneLogs: z
        .array(z.enum(["api", "audit", "authenticator", "controllerManager", "scheduler"]))
        .default([])
        .describe("Logs of the control plane that go to CloudWatch, where they cost by volume."),
      deletionProtection: z
        .boolean()
        .default(false)
        .describe("Refuses to delete the cluster until it is turned off."),
    }),
  })
  .meta({ title: "A new cluster" });

const ExistingCluster = z
  .strictObject({
    name: stringKeeping(clusterNameProblem).describe(
      "Name of the EKS cluster. Apps with Pod Identity need its agent in the cluster.",
    ),
    clientSecurityGroupIds: z.array(securityGroupId()).min(1).optional().meta({
      description: "Security groups that the pods carry; each may connect to the databases.",
      whenAbsent: "the cluster security group",
    }),
    oidcProviderArn: stringKeeping(oidcProviderArnProblem).optional().meta({
      description: "The cluster's OpenID Connect provider in IAM, for apps with `identity: irsa`.",
      whenAbsent: "looked up by the cluster's issuer",
    }),
  })
  .meta({ title: "An existing cluster" });

/** The cluster: a new one, or one that exists, by name. */
export const ClusterSchema = z
  .union([NewCluster, ExistingCluster])
  .describe("The EKS cluster of the apps.");

export type ClusterConfig = z.output<typeof ClusterSchema>;
export type NewClusterConfig = z.output<typeof NewCluster>["create"];
export type ExistingClusterConfig = z.output<typeof ExistingCluster>;
