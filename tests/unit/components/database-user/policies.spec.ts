import * as assert from "node:assert/strict";
import { functionPolicy, functionTrust } from "../../../../components/database-user/policies";

const LOCATION = {
  partition: "aws",
  region: "eu-central-1",
  accountId: "123456789012",
  dnsSuffix: "amazonaws.com",
};
const arn = (secret: string): string =>
  `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${secret}-AbCdEf`;
const key = (id: string): string => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
const SCOPE = {
  secretArn: arn("own"),
  masterSecretArn: arn("master"),
  logGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:log",
  functionName: "orders-rotation",
};
const INTERFACES = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

const statementOf = (sid: string, scope: Parameters<typeof functionPolicy>[1]) =>
  statementsOf(functionPolicy(LOCATION, scope)).find(({ Sid }) => Sid === sid);

const statementsOf = ({ Statement }: ReturnType<typeof functionPolicy>) =>
  Statement as readonly { readonly Sid?: string }[];

describe("the rights of a rotation function", () => {
  it("are these and no others", () => {
    assert.deepEqual(functionPolicy(LOCATION, SCOPE), {
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
          Resource: arn("own"),
        },
        {
          Sid: "ReadAdministrator",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: arn("master"),
        },
        {
          Sid: "WriteLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${SCOPE.logGroupArn}:*`,
        },
        { Sid: "NetworkInterfaces", Effect: "Allow", Action: INTERFACES, Resource: "*" },
        {
          Sid: "NetworkInterfacesOnlyByLambda",
          Effect: "Deny",
          Action: INTERFACES,
          Resource: "*",
          Condition: {
            ArnLike: {
              "lambda:SourceFunctionArn":
                "arn:aws:lambda:eu-central-1:123456789012:function:orders-rotation-*",
            },
          },
        },
      ],
    });
  });

  it("use each key through Secrets Manager, for its own secret alone", () => {
    const scope = { ...SCOPE, kmsKeyArn: key("a"), masterSecretKmsKeyArn: key("b") };
    const condition = (secret: string) => ({
      StringEquals: {
        "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com",
        "kms:EncryptionContext:SecretARN": arn(secret),
      },
    });
    assert.deepEqual(statementOf("UseKey", scope), {
      Sid: "UseKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key("a"),
      Condition: condition("own"),
    });
    assert.deepEqual(statementOf("UseAdministratorKey", scope), {
      Sid: "UseAdministratorKey",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: key("b"),
      Condition: condition("master"),
    });
  });

  it("are for Lambda", () => {
    assert.deepEqual(functionTrust, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });
});
