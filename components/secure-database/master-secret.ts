import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import { secretNameInArn } from "../shared/aws-names";

/** RDS rotates a secret of its own so often, unless its schedule is changed there. */
export const MASTER_ROTATION = { every: "7d" } as const;

interface MasterSecret {
  readonly secretArn: string;
}

/**
 * ARN of the secret that RDS made for the master user. In the plan that turns it on for an instance
 * that exists, there is none yet.
 *
 * @throws RunError where RDS still has none after the update
 */
export const masterSecretArn = (
  secrets: pulumi.Output<readonly MasterSecret[]>,
  component: string,
): pulumi.Output<string> =>
  secrets.apply(([first]) => {
    if (first !== undefined) return first.secretArn;
    // The SDK types what stands for an unknown value apart from all values.
    if (pulumi.runtime.isDryRun()) return unknown as unknown as string;
    throw new pulumi.RunError(
      `${component}: RDS keeps the master user's password and has told of no secret; ` +
        "run 'pulumi refresh', then 'pulumi up' again",
    );
  });

export const masterSecretName = (arn: string): string => secretNameInArn(arn) ?? arn;
