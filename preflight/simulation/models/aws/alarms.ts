import { arn, AWS_SCHEMAS, atMostOne, exactlyOne, holds, TYPES } from "./common";
import { SCHEDULE } from "./schedules";
import { ARN } from "./values";
import { type CitedModel, type Properties, text } from "../model";
import {
  all,
  atLeast,
  form,
  jsonObject,
  jsonValue,
  oneOf,
  sized,
  type ValueRule,
  wholeNumber,
} from "../value-rules";

const SHORT_PERIODS = [10, 20, 30];
const HOUR = 3600;
const DAY = 24 * HOUR;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const alarmPeriod: ValueRule = (value) => {
  const seconds = wholeNumber(value);
  return SHORT_PERIODS.includes(seconds) || (seconds >= 60 && seconds % 60 === 0)
    ? undefined
    : "must be 10, 20, 30 or a multiple of 60 seconds";
};

/** Facts about CloudWatch's alarms and EventBridge as `@pulumi/aws` reports them. */
export const alarmModels: Readonly<Record<string, CitedModel>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    autoName: { property: "name", maxLength: 255 },
    replaceOn: ["name"],
    values: {
      alarmDescription: sized(0, 1024),
      comparisonOperator: oneOf(
        ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold"],
        ...["LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold"],
        ...["LessThanLowerThreshold", "GreaterThanUpperThreshold"],
      ),
      evaluationPeriods: atLeast(1),
      datapointsToAlarm: atLeast(1),
      period: alarmPeriod,
      statistic: oneOf("SampleCount", "Average", "Sum", "Minimum", "Maximum"),
      treatMissingData: oneOf("breaching", "notBreaching", "ignore", "missing"),
      metricName: sized(1, 255),
      namespace: all(sized(1, 255), form(/^[^:]/, "not begin with a colon")),
      "dimensions{}": sized(1, 1024),
      "alarmActions[]": ARN,
      "okActions[]": ARN,
      "insufficientDataActions[]": ARN,
    },
    check: (inputs) => [
      ...exactlyOne(inputs, "metricName", "metricQueries", "evaluationCriteria"),
      ...(inputs.metricName === undefined ? [] : statisticProblems(inputs)),
      ...spanProblems(inputs),
    ],
    computed: (r) => ({
      id: r.inputs.name,
      arn: arn(r, "cloudwatch", `alarm:${String(r.inputs.name)}`),
    }),
    source: `${AWS_SCHEMAS}/cloudwatch/metric_alarm.go`,
  },
  [TYPES.eventRule]: {
    autoName: { property: "name", maxLength: 64 },
    replaceOn: ["name", "namePrefix", "eventBusName"],
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    values: {
      name: form(/^[\w.-]+$/, "consist of letters, digits and the characters . - _"),
      description: sized(0, 512),
      scheduleExpression: SCHEDULE,
      eventPattern: jsonObject,
      state: oneOf("DISABLED", "ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
    },
    check: (inputs) => [
      ...(inputs.scheduleExpression === undefined && inputs.eventPattern === undefined
        ? ["needs at least one of eventPattern, scheduleExpression"]
        : []),
      ...atMostOne(inputs, "isEnabled", "state"),
    ],
    computed: (r) => ({
      id: r.inputs.name,
      arn: arn(r, "events", `rule/${String(r.inputs.name)}`),
      eventBusName: text(r.inputs.eventBusName, "default"),
    }),
    source: `${AWS_SCHEMAS}/events/rule.go`,
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    required: ["arn", "rule"],
    replaceOn: ["eventBusName", "rule", "targetId"],
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    values: {
      arn: ARN,
      rule: form(/^[\w.-]{1,64}$/, "be the name of a rule"),
      targetId: form(/^[\w.-]{1,64}$/, "be 1 to 64 letters, digits and the characters . - _"),
      input: all(sized(0, 8192), jsonValue),
    },
    references: { rule: holds("eventRule") },
    check: (inputs) => atMostOne(inputs, "input", "inputPath", "inputTransformer"),
    computed: ({ inputs, identifier }) => {
      const targetId = text(inputs.targetId, identifier("terraform", 26));
      return { id: `${text(inputs.rule)}-${targetId}`, targetId };
    },
    source: `${AWS_SCHEMAS}/events/target.go`,
  },
};

const statisticProblems = (inputs: Properties): readonly string[] => [
  ...exactlyOne(inputs, "statistic", "extendedStatistic"),
  ...["namespace", "period"]
    .filter((key) => inputs[key] === undefined)
    .map((key) => `metricName needs ${key}`),
];

/** An alarm looks back a day at most, and a week where its periods are an hour or longer. */
function spanProblems({
  period,
  evaluationPeriods,
  datapointsToAlarm,
}: Properties): readonly string[] {
  const [length, count, points] = [period, evaluationPeriods, datapointsToAlarm].map(
    wholeNumber,
  ) as [number, number, number];
  const longest = length >= HOUR ? 7 * DAY : DAY;
  return [
    ...(length * count > longest
      ? [`period times evaluationPeriods may be ${longest} seconds, and is ${length * count}`]
      : []),
    ...(points > count
      ? [`datapointsToAlarm may be ${count}, the evaluationPeriods, and is ${points}`]
      : []),
  ];
}
