import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface NodeTemplateArgs {
  /** How many network hops an answer of the metadata service may make. */
  readonly metadataHopLimit: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * What nodes start from: the metadata service answers to signed requests alone, and with one hop not to
 * pods, which would otherwise get the credentials of the node. Pods of the host's network still do.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function nodeTemplate(
  name: string,
  { metadataHopLimit, tags = {} }: NodeTemplateArgs,
  opts: pulumi.CustomResourceOptions,
): aws.types.input.eks.NodeGroupLaunchTemplate {
  const tagSpecifications = ["instance", "volume"].map((resourceType) => ({ resourceType, tags }));
  const template = new aws.ec2.LaunchTemplate(
    name,
    {
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: metadataHopLimit,
      },
      updateDefaultVersion: true,
      ...(Object.keys(tags).length > 0 && { tagSpecifications }),
      tags,
    },
    opts,
  );
  return { id: template.id, version: pulumi.interpolate`${template.latestVersion}` };
}
