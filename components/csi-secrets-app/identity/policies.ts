import type * as aws from "@pulumi/aws";
import type { AwsLocation } from "../../shared/aws-location";
import { inRegion, type ObjectType } from "../secrets/references";

/** An EKS cluster. */
export interface Cluster {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** A secret or a parameter as the policy must name it. */
export interface ReadableSecret {
  readonly type: ObjectType;
  /** Name or ARN. */
  readonly name: string;
  readonly arn?: string;
  readonly kmsKeyArn?: string;
  /** The key of the copy in the second region. */
  readonly failoverKmsKeyArn?: string;
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

/** How the policy speaks of each service's values. */
const SERVICES = {
  secretsmanager: {
    sid: "Secret",
    // A mount with a second region, and drivers before 1.6, describe a secret: a role without the right
    // works on the first day and stops rotating later.
    actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    service: "secretsmanager",
    encryptionContext: "SecretARN",
  },
  ssmparameter: {
    sid: "Parameter",
    actions: ["ssm:GetParameters"],
    service: "ssm",
    encryptionContext: "PARAMETER_ARN",
  },
} as const satisfies Readonly<Record<ObjectType, object>>;

/**
 * Reads exactly these secrets and parameters, in the second region as well where there is one.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#usage
 */
export function readPolicy(
  place: AwsLocation,
  secrets: readonly ReadableSecret[],
  failoverRegion?: string,
): aws.iam.PolicyDocument {
  const regions = [
    { place, values: secrets, suffix: "" },
    ...(failoverRegion === undefined
      ? []
      : [
          {
            place: { ...place, region: failoverRegion },
            values: secrets.map((secret) => copyOf(secret, failoverRegion)),
            suffix: "Failover",
          },
        ]),
  ];
  const read = (["secretsmanager", "ssmparameter"] as const).flatMap(
    (type): aws.iam.PolicyStatement[] => {
      const { sid, actions } = SERVICES[type];
      const resources = regions.flatMap(({ place: at, values }) =>
        values.filter((value) => value.type === type).map((value) => resourceOf(at, value)),
      );
      return resources.length === 0
        ? []
        : [{ Sid: `Read${sid}s`, Effect: "Allow", Action: [...actions], Resource: resources }];
    },
  );
  const decrypt = regions.flatMap(({ place: at, values, suffix }) =>
    values.flatMap((value, index) =>
      value.kmsKeyArn === undefined
        ? []
        : [decryptStatement(at, value, value.kmsKeyArn, `${index + 1}${suffix}`)],
    ),
  );
  return { Version: "2012-10-17", Statement: [...read, ...decrypt] };
}

/** The same value in the second region: only a multi-Region key is there under the same id. */
function copyOf(value: ReadableSecret, region: string): ReadableSecret {
  const { type, name, arn, kmsKeyArn, failoverKmsKeyArn } = value;
  const replicaKey =
    kmsKeyArn?.includes(":key/mrk-") === true ? inRegion(kmsKeyArn, region) : undefined;
  return {
    type,
    name: inRegion(name, region),
    arn: arn && inRegion(arn, region),
    kmsKeyArn: failoverKmsKeyArn ?? replicaKey,
  };
}

/**
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
function decryptStatement(
  place: AwsLocation,
  value: ReadableSecret,
  kmsKeyArn: string,
  number: string,
): aws.iam.PolicyStatement {
  const { sid, service, encryptionContext } = SERVICES[value.type];
  const { region, dnsSuffix } = place;
  return {
    Sid: `Decrypt${sid}${number}`,
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: kmsKeyArn,
    Condition: {
      StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffix}` },
      StringLike: { [`kms:EncryptionContext:${encryptionContext}`]: resourceOf(place, value) },
    },
  };
}

function resourceOf(
  { partition, region, accountId }: AwsLocation,
  { type, name, arn }: ReadableSecret,
): string {
  if (arn !== undefined) return arn;
  if (name.startsWith("arn:")) return name;
  return type === "ssmparameter"
    ? `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`
    : `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-??????`;
}
