import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** An account in a region: where secrets, functions and their policies are. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** For instance `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/** Where the AWS provider of a component is. */
export const awsLocation = (parent: pulumi.Resource): pulumi.Output<AwsLocation> =>
  pulumi
    .all([
      aws.getRegionOutput({}, { parent }),
      aws.getPartitionOutput({}, { parent }),
      aws.getCallerIdentityOutput({}, { parent }),
    ])
    .apply(([{ region }, { partition, dnsSuffix }, { accountId }]) => ({
      ...{ partition, region, accountId, dnsSuffix },
    }));
