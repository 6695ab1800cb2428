import { overdueSeconds, type RotationSettings } from "./settings";

/** The function's own metric, in its log: seconds since the current credentials were made. */
export const AGE_METRIC = {
  namespace: "eks-db-secrets",
  metricName: "SecondsSinceRotation",
  dimension: "SecretName",
} as const;

const DAY = 86_400;

/** A failed step, a refused rotation, or a reconciliation that did not go through. */
export const errorsAlarm = (name: string) =>
  ({
    alarmDescription: `A rotation of the credentials of ${name} failed`,
    namespace: "AWS/Lambda",
    metricName: "Errors",
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
  }) as const;

/**
 * A function that is never called raises no error, so the age tells of it; and where even the daily
 * report is missing, two days in a row, something is wrong as well.
 */
export const ageAlarm = (name: string, rotation: RotationSettings) =>
  ({
    alarmDescription: `The credentials of ${name} are older than their period, or not reported on`,
    namespace: AGE_METRIC.namespace,
    metricName: AGE_METRIC.metricName,
    statistic: "Maximum",
    period: DAY,
    evaluationPeriods: 2,
    comparisonOperator: "GreaterThanThreshold",
    threshold: overdueSeconds(rotation),
    treatMissingData: "breaching",
  }) as const;
