import { arn, AWS_SCHEMAS, exactlyOne, names, namesKey, TYPES } from "./common";
import { POLICY } from "./iam-values";
import type { CitedModel } from "../model";
import { all, form, sized, type ValueRule, wholeNumber } from "../value-rules";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
const recoveryWindow: ValueRule = (value) => {
  const days = wholeNumber(value);
  return days === 0 || (days >= 7 && days <= 30)
    ? undefined
    : "must be a whole number from 7 to 30, or 0";
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const LARGEST_SECRET = 65_536;

const secretText: ValueRule = (value) => {
  const bytes = Buffer.byteLength(String(value));
  return bytes >= 1 && bytes <= LARGEST_SECRET
    ? undefined
    : `must have 1 to ${LARGEST_SECRET} bytes`;
};

const secretBytes: ValueRule = (value) => {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(String(value))) {
    return "must be Base64";
  }
  const bytes = Buffer.byteLength(String(value), "base64");
  return bytes >= 1 && bytes <= LARGEST_SECRET
    ? undefined
    : `must have 1 to ${LARGEST_SECRET} bytes`;
};

/** Facts about Secrets Manager as `@pulumi/aws` reports them. */
export const secretModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.secret]: {
    autoName: { property: "name", maxLength: 512 },
    replaceOn: ["name", "namePrefix"],
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
    values: {
      name: form(
        /^[A-Za-z0-9/_+=.@-]+$/,
        "consist of letters, digits and the characters / _ + = . @ -",
      ),
      description: sized(0, 2048),
      recoveryWindowInDays: recoveryWindow,
      policy: all(sized(1, 20_480), POLICY),
    },
    references: { kmsKeyId: namesKey },
    computed: (r) => {
      const suffix = r.identifier("s", 6).slice(2);
      const secret = arn(r, "secretsmanager", `secret:${String(r.inputs.name)}-${suffix}`);
      return { id: secret, arn: secret };
    },
    source: `${AWS_SCHEMAS}/secretsmanager/secret.go`,
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    required: ["secretId"],
    replaceOn: ["secretId", "secretString", "secretStringWoVersion", "secretBinary"],
    secretOutputs: ["secretString", "secretStringWo", "secretBinary"],
    values: {
      secretString: secretText,
      secretStringWo: secretText,
      secretBinary: secretBytes,
    },
    references: { secretId: names("secret") },
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
    check: (inputs) => exactlyOne(inputs, "secretString", "secretStringWo", "secretBinary"),
    computed: (r) => {
      const versionId = r.identifier("v", 32).slice(2);
      return {
        id: `${String(r.inputs.secretId)}|${versionId}`,
        arn: r.inputs.secretId,
        secretArn: r.inputs.secretId,
        versionId,
        versionStages: ["AWSCURRENT"],
      };
    },
    source: `${AWS_SCHEMAS}/secretsmanager/secret_version.go`,
  },
};
