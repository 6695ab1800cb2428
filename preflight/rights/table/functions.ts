import { type Grant, keyOf, passRole, type Row, type Rows } from "./row";

const TAGS = "TagResource UntagResource";

/** A log group's own ARN, and the form with which some of its actions are asked for. */
const LOG_GROUP = ["logs:log-group:{name}", "logs:log-group:{name}:*"];

const TARGETS = ["lambda:function:{function}", "lambda:function:{function}:*"];

/** On a rule of the account's default bus, or of another one. */
const ofRule = (property: string, actions: Pick<Grant, "write" | "read">): Row => [
  { ...actions, on: [`events:rule/{${property}}`] },
  { ...actions, on: [`events:rule/{eventBusName}/{${property}}`], when: "eventBusName" },
];

/** The function that rotates, what calls it, and what watches it. */
export const FUNCTION_ROWS: Rows = {
  "aws:lambda/function:Function": [
    {
      write:
        "lambda: CreateFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction " +
        `PutFunctionConcurrency DeleteFunctionConcurrency ${TAGS}`,
      read:
        "lambda: GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig " +
        "ListVersionsByFunction ListTags",
      on: ["lambda:function:{name}"],
    },
    // Lambda asks in the caller's name whether the function may be in the network.
    {
      read: "ec2: DescribeSecurityGroups DescribeSubnets DescribeVpcs GetSecurityGroupsForVpc",
      when: "vpcConfig",
    },
    passRole("role", "lambda.amazonaws.com"),
    keyOf("kmsKeyArn", "lambda", "DescribeKey CreateGrant Encrypt Decrypt GenerateDataKey"),
  ],
  "aws:lambda/permission:Permission": [
    { write: "lambda: AddPermission RemovePermission", read: "lambda: GetPolicy", on: TARGETS },
  ],
  "aws:lambda/invocation:Invocation": [
    {
      write: "lambda: InvokeFunction",
      on: ["lambda:function:{functionName}", "lambda:function:{functionName}:*"],
    },
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    {
      write: `logs: CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy DeleteLogGroup ${TAGS}`,
      read: "logs: ListTagsForResource",
      on: LOG_GROUP,
    },
    { read: "logs: DescribeLogGroups" },
    { write: "logs: AssociateKmsKey DisassociateKmsKey", on: LOG_GROUP, when: "kmsKeyId" },
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    {
      write: `cloudwatch: PutMetricAlarm DeleteAlarms ${TAGS}`,
      read: "cloudwatch: DescribeAlarms ListTagsForResource",
      on: ["cloudwatch:alarm:{name}"],
    },
  ],
  "aws:cloudwatch/eventRule:EventRule": ofRule("name", {
    write: `events: PutRule DeleteRule ${TAGS}`,
    read: "events: DescribeRule ListTagsForResource",
  }),
  "aws:cloudwatch/eventTarget:EventTarget": [
    ...ofRule("rule", {
      write: "events: PutTargets RemoveTargets",
      read: "events: ListTargetsByRule",
    }),
    passRole("roleArn", "events.amazonaws.com"),
  ],
};
