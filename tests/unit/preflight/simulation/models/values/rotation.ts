import { type Examples, LONG, LONG_SHOWN, ROLE } from "./examples";

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders-rotation";
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";

const NAME_WORDS =
  "must be a function's name (letters, digits, hyphens and underscores, 64 at most) or its ARN";

export const rotationExamples: Examples = {
  "aws:lambda/function:Function": {
    good: {
      name: "orders-rotation",
      role: ROLE,
      description: "Rotation",
      code: { "index.mjs": {} },
      handler: "index.handler",
      runtime: "nodejs24.x",
      timeout: "60",
      memorySize: 128,
      reservedConcurrentExecutions: -1,
      packageType: "Zip",
      architectures: ["arm64"],
      ephemeralStorage: { size: 512 },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/orders" },
      environment: { variables: { ROTATION_SETTINGS: "{}" } },
      vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    },
    accepted: [
      { code: undefined, s3Bucket: "code", s3Key: "orders.zip" },
      {
        ...{ code: undefined, handler: undefined, runtime: undefined },
        ...{ packageType: "Image", imageUri: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/a" },
      },
      { vpcConfig: undefined },
      { reservedConcurrentExecutions: 1 },
    ],
    refused: {
      name: [[{ name: "a b" }, `name 'a b' ${NAME_WORDS}`]],
      role: [[{ role: "app" }, "role 'app' must be an ARN"]],
      description: [
        [{ description: LONG }, `description ${LONG_SHOWN} must have 0 to 256 characters`],
      ],
      handler: [
        [
          { handler: "index handler" },
          "handler 'index handler' must have 1 to 128 characters, and no space",
        ],
      ],
      timeout: [
        [{ timeout: 0 }, "timeout '0' must be a whole number from 1 to 900"],
        [{ timeout: 901 }, "timeout '901' must be a whole number from 1 to 900"],
      ],
      memorySize: [
        [{ memorySize: 127 }, "memorySize '127' must be a whole number from 128 to 10240"],
        [{ memorySize: 10_241 }, "memorySize '10241' must be a whole number from 128 to 10240"],
      ],
      reservedConcurrentExecutions: [
        [
          { reservedConcurrentExecutions: -2 },
          "reservedConcurrentExecutions '-2' must be a whole number, -1 or more",
        ],
      ],
      packageType: [[{ packageType: "zip" }, "packageType 'zip' must be one of Zip, Image"]],
      "architectures[]": [
        [{ architectures: ["arm"] }, "architectures[0] 'arm' must be one of x86_64, arm64"],
      ],
      "ephemeralStorage.size": [
        [
          { ephemeralStorage: { size: 511 } },
          "ephemeralStorage.size '511' must be a whole number from 512 to 10240",
        ],
      ],
      "loggingConfig.logFormat": [
        [
          { loggingConfig: { logFormat: "json" } },
          "loggingConfig.logFormat 'json' must be one of JSON, Text",
        ],
      ],
      "loggingConfig.logGroup": [
        [
          { loggingConfig: { logFormat: "JSON", logGroup: "a b" } },
          "loggingConfig.logGroup 'a b' must consist of letters, digits and the characters _ . / # -",
        ],
      ],
      "environment.variables{key}": [
        [
          { environment: { variables: { AWS_REGION: "eu-central-1" } } },
          `environment.variables["AWS_REGION"] 'AWS_REGION' must not be a variable that Lambda sets itself`,
        ],
        [
          { environment: { variables: { "1st": "" } } },
          `environment.variables["1st"] '1st' must be 2 or more letters, digits and underscores, a letter first`,
        ],
      ],
    },
    together: [
      [{ namePrefix: "orders" }, ["name and namePrefix cannot be combined"]],
      [{ code: undefined }, ["needs exactly one of code, s3Bucket, imageUri; got none"]],
      [{ handler: undefined }, ["a function of an archive needs handler"]],
      [
        { handler: undefined, runtime: undefined, packageType: undefined },
        ["a function of an archive needs handler and runtime"],
      ],
      [{ vpcConfig: { subnetIds: ["subnet-1"] } }, ["subnetIds needs securityGroupIds"]],
      [{ vpcConfig: { securityGroupIds: ["sg-1"] } }, ["securityGroupIds needs subnetIds"]],
      [
        { environment: { variables: { LARGE: "x".repeat(4092) } } },
        ["environment.variables may have 4096 bytes in all, and has 4097"],
      ],
    ],
  },
  "aws:lambda/permission:Permission": {
    good: {
      action: "lambda:InvokeFunction",
      function: "orders-rotation",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: "123456789012",
      sourceArn: SECRET,
      statementId: "secretsmanager",
    },
    accepted: [{ function: FUNCTION }, { action: "lambda:*" }],
    refused: {
      action: [
        [
          { action: "s3:GetObject" },
          "action 's3:GetObject' must be an action such as lambda:InvokeFunction",
        ],
      ],
      function: [[{ function: "a b" }, `function 'a b' ${NAME_WORDS}`]],
      principal: [
        [
          { principal: "a b" },
          "principal 'a b' must be a service, an account or an ARN, without spaces",
        ],
      ],
      sourceAccount: [
        [
          { sourceAccount: "1234" },
          "sourceAccount '1234' must be an account's number of 12 digits",
        ],
      ],
      sourceArn: [[{ sourceArn: "orders" }, "sourceArn 'orders' must be an ARN"]],
      statementId: [
        [
          { statementId: "a.b" },
          "statementId 'a.b' must be 1 to 100 letters, digits, hyphens and underscores",
        ],
      ],
    },
  },
  "aws:lambda/invocation:Invocation": {
    good: {
      functionName: "orders-rotation",
      input: '{"action":"reconcile"}',
      lifecycleScope: "CREATE_ONLY",
    },
    accepted: [{ lifecycleScope: "CRUD" }],
    refused: {
      functionName: [[{ functionName: "a b" }, `functionName 'a b' ${NAME_WORDS}`]],
      input: [[{ input: "reconcile" }, "input 'reconcile' must be JSON, and does not parse"]],
      lifecycleScope: [
        [{ lifecycleScope: "ONCE" }, "lifecycleScope 'ONCE' must be one of CREATE_ONLY, CRUD"],
      ],
    },
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    good: {
      secretId: SECRET,
      rotationLambdaArn: FUNCTION,
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30, duration: "3h" },
    },
    accepted: [
      { rotationRules: { scheduleExpression: "rate(4 hours)" } },
      { rotationRules: { scheduleExpression: "rate(10 days)" } },
      { rotationRules: { scheduleExpression: "cron(0 8 ? * SUN *)", duration: "24h" } },
    ],
    refused: {
      rotationLambdaArn: [
        [{ rotationLambdaArn: "orders" }, "rotationLambdaArn 'orders' must be an ARN"],
      ],
      "rotationRules.automaticallyAfterDays": [
        [
          { rotationRules: { automaticallyAfterDays: 0 } },
          "rotationRules.automaticallyAfterDays '0' must be a whole number from 1 to 1000",
        ],
        [
          { rotationRules: { automaticallyAfterDays: 1001 } },
          "rotationRules.automaticallyAfterDays '1001' must be a whole number from 1 to 1000",
        ],
      ],
      "rotationRules.duration": ["3", "0h", "25h"].map(
        (duration) =>
          [
            { rotationRules: { automaticallyAfterDays: 30, duration } },
            `rotationRules.duration '${duration}' must be whole hours from 1h to 24h, such as 3h`,
          ] as const,
      ),
      "rotationRules.scheduleExpression": [
        ...["rate(3 hours)", "rate(0 days)", "rate(5 minutes)"],
        ...["cron(5 8 ? * SUN *)", "cron(0 8 ? * SUN)", "daily"],
      ].map(
        (scheduleExpression) =>
          [
            { rotationRules: { scheduleExpression } },
            `rotationRules.scheduleExpression '${scheduleExpression}' must be rate(10 days), rate(4 hours) or more, or cron(…) with 6 fields: minutes 0, year *`,
          ] as const,
      ),
    },
    together: [
      [
        { rotationRules: { duration: "3h" } },
        ["rotationRules needs exactly one of automaticallyAfterDays, scheduleExpression; got none"],
      ],
      [
        { rotationRules: { automaticallyAfterDays: 1, scheduleExpression: "rate(4 hours)" } },
        [
          "rotationRules needs exactly one of automaticallyAfterDays, scheduleExpression; got automaticallyAfterDays and scheduleExpression",
        ],
      ],
    ],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    good: {
      name: "orders-age",
      alarmDescription: "The secret was not rotated",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      metricName: "SecondsSinceRotation",
      namespace: "eks-db-secrets",
      period: 86_400,
      statistic: "Maximum",
      threshold: 2_764_800,
      treatMissingData: "breaching",
      dimensions: { SecretName: "orders" },
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      insufficientDataActions: [TOPIC],
    },
    accepted: [
      { period: 10, evaluationPeriods: 3, datapointsToAlarm: 2 },
      { evaluationPeriods: 7 },
      { statistic: undefined, extendedStatistic: "p99" },
    ],
    refused: {
      alarmDescription: [
        [
          { alarmDescription: LONG },
          `alarmDescription ${LONG_SHOWN} must have 0 to 1024 characters`,
        ],
      ],
      comparisonOperator: [
        [
          { comparisonOperator: ">" },
          "comparisonOperator '>' must be one of GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold, LessThanOrEqualToThreshold, LessThanLowerOrGreaterThanUpperThreshold, LessThanLowerThreshold, GreaterThanUpperThreshold",
        ],
      ],
      evaluationPeriods: [
        [
          { evaluationPeriods: 0, datapointsToAlarm: undefined },
          "evaluationPeriods '0' must be a whole number, 1 or more",
        ],
      ],
      datapointsToAlarm: [
        [{ datapointsToAlarm: 0 }, "datapointsToAlarm '0' must be a whole number, 1 or more"],
      ],
      period: [0, 15, 90].map(
        (period) =>
          [
            { period },
            `period '${period}' must be 10, 20, 30 or a multiple of 60 seconds`,
          ] as const,
      ),
      statistic: [
        [
          { statistic: "max" },
          "statistic 'max' must be one of SampleCount, Average, Sum, Minimum, Maximum",
        ],
      ],
      treatMissingData: [
        [
          { treatMissingData: "bad" },
          "treatMissingData 'bad' must be one of breaching, notBreaching, ignore, missing",
        ],
      ],
      metricName: [[{ metricName: "" }, "metricName '' must have 1 to 255 characters"]],
      namespace: [
        [{ namespace: "" }, "namespace '' must have 1 to 255 characters"],
        [{ namespace: ":a" }, "namespace ':a' must not begin with a colon"],
      ],
      "dimensions{}": [
        [
          { dimensions: { SecretName: "" } },
          `dimensions["SecretName"] '' must have 1 to 1024 characters`,
        ],
      ],
      "alarmActions[]": [[{ alarmActions: ["a"] }, "alarmActions[0] 'a' must be an ARN"]],
      "okActions[]": [[{ okActions: ["a"] }, "okActions[0] 'a' must be an ARN"]],
      "insufficientDataActions[]": [
        [{ insufficientDataActions: ["a"] }, "insufficientDataActions[0] 'a' must be an ARN"],
      ],
    },
    together: [
      [
        { metricName: undefined, statistic: undefined },
        ["needs exactly one of metricName, metricQueries, evaluationCriteria; got none"],
      ],
      [{ statistic: undefined }, ["needs exactly one of statistic, extendedStatistic; got none"]],
      [{ namespace: undefined }, ["metricName needs namespace"]],
      [{ period: undefined }, ["metricName needs period"]],
      [
        { evaluationPeriods: 8 },
        ["period times evaluationPeriods may be 604800 seconds, and is 691200"],
      ],
      [
        { period: 1800, evaluationPeriods: 49 },
        ["period times evaluationPeriods may be 86400 seconds, and is 88200"],
      ],
      [{ datapointsToAlarm: 2 }, ["datapointsToAlarm may be 1, the evaluationPeriods, and is 2"]],
    ],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    good: {
      name: "orders-report",
      description: "Daily",
      scheduleExpression: "rate(1 day)",
      eventPattern: "{}",
      state: "ENABLED",
    },
    accepted: [
      { eventPattern: undefined, scheduleExpression: "rate(2 hours)" },
      { scheduleExpression: "cron(0 8 ? * SUN *)" },
      { scheduleExpression: undefined },
    ],
    refused: {
      name: [
        [{ name: "a/b" }, "name 'a/b' must consist of letters, digits and the characters . - _"],
      ],
      description: [
        [{ description: LONG }, `description ${LONG_SHOWN} must have 0 to 512 characters`],
      ],
      scheduleExpression: ["rate(1 days)", "rate(2 day)", "rate(0 days)", "cron(0 8 ? * SUN)"].map(
        (scheduleExpression) =>
          [
            { scheduleExpression },
            `scheduleExpression '${scheduleExpression}' must be rate(1 day), rate(2 days), … or cron(…) with 6 fields`,
          ] as const,
      ),
      eventPattern: [[{ eventPattern: "[]" }, "eventPattern '[]' must be a JSON object"]],
      state: [
        [
          { state: "on" },
          "state 'on' must be one of DISABLED, ENABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        ],
      ],
    },
    together: [
      [{ namePrefix: "orders" }, ["name and namePrefix cannot be combined"]],
      [
        { scheduleExpression: undefined, eventPattern: undefined },
        ["needs at least one of eventPattern, scheduleExpression"],
      ],
      [{ isEnabled: true }, ["isEnabled and state cannot be combined"]],
    ],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    good: {
      arn: FUNCTION,
      rule: "orders-report",
      targetId: "report",
      input: '{"action":"report"}',
    },
    accepted: [{ input: '"text"' }],
    refused: {
      arn: [[{ arn: "orders" }, "arn 'orders' must be an ARN"]],
      rule: [[{ rule: "a/b" }, "rule 'a/b' must be the name of a rule"]],
      targetId: [
        [
          { targetId: "a/b" },
          "targetId 'a/b' must be 1 to 64 letters, digits and the characters . - _",
        ],
      ],
      input: [[{ input: "{" }, "input '{' must be JSON, and does not parse"]],
    },
    together: [[{ inputPath: "$" }, ["input and inputPath cannot be combined"]]],
  },
};
