import type * as aws from "@pulumi/aws";
import type { AwsLocation } from "../../shared/aws-location";

/** An EKS cluster. */
export interface Cluster {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** A secret as the policy must name it. */
export interface ReadableSecret {
  /** Name or ARN. */
  readonly name: string;
  readonly arn?: string;
  readonly kmsKeyArn?: string;
}

/**
 * Trust for one cluster's Pod Identity agent. Without the two conditions, the service could assume
 * the role for a cluster of another account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentityTrust(cluster: Cluster): aws.iam.PolicyDocument {
  const { partition, region, accountId, name } = cluster;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PodIdentityOfOneCluster",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnEquals: {
            "aws:SourceArn": `arn:${partition}:eks:${region}:${accountId}:cluster/${name}`,
          },
        },
      },
    ],
  };
}

/**
 * Trust for exactly one ServiceAccount by its OpenID Connect token: subject and audience both, or
 * any workload of the cluster could assume the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function irsaTrust(
  oidcProviderArn: string,
  namespace: string,
  serviceAccount: string,
): aws.iam.PolicyDocument {
  const issuer = issuerOf(oidcProviderArn);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OneServiceAccount",
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
          },
        },
      },
    ],
  };
}

const OIDC_PROVIDER_ARN = /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(.+)$/;

export const oidcProviderArnProblem = (arn: string): string | undefined =>
  OIDC_PROVIDER_ARN.test(arn) ? undefined : "must be the ARN of an OpenID Connect provider in IAM";

const issuerOf = (arn: string): string => OIDC_PROVIDER_ARN.exec(arn)?.[1] ?? arn;

/**
 * Reads exactly these secrets. `DescribeSecret` is used on a mount with a failover region and by
 * drivers before 1.6; a role without it works on the first day and stops rotating later.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#usage
 */
export function readPolicy(
  place: AwsLocation,
  secrets: readonly ReadableSecret[],
): aws.iam.PolicyDocument {
  const read: aws.iam.PolicyStatement = {
    Sid: "ReadSecrets",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: secrets.map((secret) => secretResource(place, secret)),
  };
  const decrypt = secrets.flatMap((secret, index) =>
    secret.kmsKeyArn === undefined
      ? []
      : [decryptStatement(place, index, secretResource(place, secret), secret.kmsKeyArn)],
  );
  return { Version: "2012-10-17", Statement: [read, ...decrypt] };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
function decryptStatement(
  { region, dnsSuffix }: AwsLocation,
  index: number,
  secretArn: string,
  kmsKeyArn: string,
): aws.iam.PolicyStatement {
  return {
    Sid: `DecryptSecret${index + 1}`,
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: kmsKeyArn,
    Condition: {
      StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix}` },
      StringLike: { "kms:EncryptionContext:SecretARN": secretArn },
    },
  };
}

function secretResource(
  { partition, region, accountId }: AwsLocation,
  { name, arn }: ReadableSecret,
): string {
  if (arn !== undefined) return arn;
  if (name.startsWith("arn:")) return name;
  return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-??????`;
}
