import type * as aws from "@pulumi/aws";
import type { AwsLocation } from "../shared/aws-location";

/** What the function works on. */
export interface FunctionScope {
  readonly secretArn: string;
  readonly kmsKeyArn?: string;
  readonly masterSecretArn: string;
  readonly masterSecretKmsKeyArn?: string;
  readonly logGroupArn: string;
  /** Beginning of the function's name, before its random suffix. */
  readonly functionName: string;
}

/** Trust for AWS Lambda. */
export const functionTrust: aws.iam.PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** Lambda makes the function's network interfaces with its role. */
const NETWORK_INTERFACES = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/**
 * Exactly what the function needs: one secret to rotate, the administrator's to read, its own log,
 * and network interfaces, which Lambda makes for it and its own code may not touch.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function functionPolicy(
  location: AwsLocation,
  scope: FunctionScope,
): aws.iam.PolicyDocument {
  const { partition, region, accountId } = location;
  const { secretArn, masterSecretArn, kmsKeyArn, masterSecretKmsKeyArn } = scope;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RotateSecret",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: secretArn,
      },
      {
        Sid: "ReadAdministrator",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: masterSecretArn,
      },
      ...keyStatement(location, "UseKey", kmsKeyArn, secretArn, [
        "kms:Decrypt",
        "kms:GenerateDataKey",
      ]),
      ...keyStatement(location, "UseAdministratorKey", masterSecretKmsKeyArn, masterSecretArn, [
        "kms:Decrypt",
      ]),
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${scope.logGroupArn}:*`,
      },
      { Sid: "NetworkInterfaces", Effect: "Allow", Action: NETWORK_INTERFACES, Resource: "*" },
      {
        Sid: "NetworkInterfacesOnlyByLambda",
        Effect: "Deny",
        Action: NETWORK_INTERFACES,
        Resource: "*",
        Condition: {
          ArnLike: {
            "lambda:SourceFunctionArn": `arn:${partition}:lambda:${region}:${accountId}:function:${scope.functionName}-*`,
          },
        },
      },
    ],
  };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const keyStatement = (
  { region, dnsSuffix }: AwsLocation,
  sid: string,
  keyArn: string | undefined,
  secretArn: string,
  actions: string[],
): aws.iam.PolicyStatement[] =>
  keyArn === undefined
    ? []
    : [
        {
          Sid: sid,
          Effect: "Allow",
          Action: actions,
          Resource: keyArn,
          Condition: {
            StringEquals: {
              "kms:ViaService": `secretsmanager.${region}.${dnsSuffix}`,
              "kms:EncryptionContext:SecretARN": secretArn,
            },
          },
        },
      ];
