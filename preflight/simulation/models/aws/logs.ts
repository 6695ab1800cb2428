import { arn, AWS_SCHEMAS, namesKey } from "./common";
import type { CitedModel } from "../model";
import { form, oneOf } from "../value-rules";

/**
 * The periods that CloudWatch Logs keeps; 0 is the provider's word for always.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];

/** Facts about CloudWatch Logs as `@pulumi/aws` reports them. */
export const logModels: Readonly<Record<string, CitedModel>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    autoName: { property: "name", maxLength: 512 },
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    values: {
      name: form(/^[\w./#-]+$/, "consist of letters, digits and the characters _ . / # -"),
      retentionInDays: oneOf(...RETENTION_DAYS),
      logGroupClass: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
    },
    references: { kmsKeyId: namesKey },
    computed: (r) => ({
      id: r.inputs.name,
      arn: arn(r, "logs", `log-group:${String(r.inputs.name)}`),
    }),
    source: `${AWS_SCHEMAS}/logs/group.go`,
  },
};
