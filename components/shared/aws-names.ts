import { regionMeant } from "./regions";

/** Names of AWS regions, of all partitions: `eu-central-1`, `us-gov-west-1`, `us-isob-east-1`. */
export function regionProblem(region: string): string | undefined {
  const meant = regionMeant(region);
  if (meant === undefined && /^[a-z]+(-[a-z]+)+-\d+$/.test(region)) return undefined;
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return `must be an AWS region such as "eu-central-1"${hint}`;
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterNameProblem = (clusterName: string): string | undefined =>
  /^[0-9A-Za-z][-_0-9A-Za-z]{0,99}$/.test(clusterName)
    ? undefined
    : "must be the name of an EKS cluster: 1 to 100 letters, digits, hyphens and underscores, " +
      "a letter or digit first";

/** RDS and IAM policies name a key by its ARN; an alias would be a perpetual diff, or match nothing. */
export const kmsKeyArnProblem = (arn: string): string | undefined =>
  /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(arn)
    ? undefined
    : 'must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an alias';

const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
/** A service that makes a secret begins its name with its own and an exclamation mark: `rds!db-…`. */
const SERVICE = "(?:[a-z-]+!)?";
const SECRET_ARN = new RegExp(
  "^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:" +
    `(?<name>${SERVICE}[A-Za-z0-9/_+=.@-]+)-[A-Za-z0-9]{6}$`,
);
const SERVICE_SECRET_NAME = /^[a-z-]+![A-Za-z0-9/_+=.@-]{1,500}$/;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretNameProblem = (name: string): string | undefined =>
  SECRET_NAME.test(name)
    ? undefined
    : "must be the name of a secret: 1 to 512 letters, digits and the characters / _ + = . @ -";

/** The name of a secret that a service of AWS made. */
export const isServiceSecretName = (name: string): boolean => SERVICE_SECRET_NAME.test(name);

/** The full ARN of a secret, with the hyphen and the six characters that Secrets Manager appends. */
export const secretArnProblem = (arn: string): string | undefined =>
  SECRET_ARN.test(arn)
    ? undefined
    : "must be the full ARN of a secret, with the hyphen and six characters at its end";

const PARAMETER_ARN = /^arn:[a-z-]+:ssm:[a-z0-9-]+:\d{12}:parameter(?<name>\/[\w./-]+)$/;

/**
 * A parameter by its name, or by its ARN. A version or a label after a colon would be an own argument's.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export function parameterProblem(reference: string): string | undefined {
  const name = parameterName(reference);
  const isPath = !name.includes("/") || /^(?:\/[\w.-]+){1,15}$/.test(name);
  return /^[\w./-]{1,1011}$/.test(name) && isPath
    ? undefined
    : "must be the name of a parameter, such as /orders/api-key (letters, digits and the characters " +
        "_ . - and / before each of up to 15 parts), or its ARN";
}

/** The name in a parameter's ARN, which begins with a slash; anything else is the name itself. */
export const parameterName = (reference: string): string =>
  PARAMETER_ARN.exec(reference)?.groups?.name ?? reference;

/** The name in a secret's full ARN; `undefined` for anything else. */
export const secretNameInArn = (arn: string): string | undefined =>
  SECRET_ARN.exec(arn)?.groups?.name;

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export const topicArnProblem = (arn: string): string | undefined =>
  /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(arn)
    ? undefined
    : 'must be the ARN of a standard SNS topic ("arn:aws:sns:REGION:ACCOUNT:NAME")';
