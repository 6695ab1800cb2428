import { AWS_SCHEMAS, exactlyOne, names } from "./common";
import { ROTATION_SCHEDULE, ROTATION_WINDOW } from "./schedules";
import { ARN } from "./values";
import { type CitedModel, isRecord } from "../model";
import { between } from "../value-rules";

/** Facts about the rotation of secrets as `@pulumi/aws` reports them. */
export const rotationModels: Readonly<Record<string, CitedModel>> = {
  "aws:secretsmanager/secretRotation:SecretRotation": {
    required: ["secretId"],
    replaceOn: ["secretId"],
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
    values: {
      rotationLambdaArn: ARN,
      "rotationRules.automaticallyAfterDays": between(1, 1000),
      "rotationRules.duration": ROTATION_WINDOW,
      "rotationRules.scheduleExpression": ROTATION_SCHEDULE,
    },
    references: { secretId: names("secret"), rotationLambdaArn: names("function") },
    check: ({ rotationRules }) =>
      isRecord(rotationRules)
        ? exactlyOne(rotationRules, "automaticallyAfterDays", "scheduleExpression").map(
            (error) => `rotationRules ${error}`,
          )
        : [],
    computed: ({ inputs }) => ({ id: inputs.secretId, rotationEnabled: true }),
    source: `${AWS_SCHEMAS}/secretsmanager/secret_rotation.go`,
  },
};
