/** Also written into the alarm of the component `DatabaseUser`. */
const NAMESPACE = "eks-db-secrets";

/**
 * A line of CloudWatch's embedded metric format: the log becomes a metric without a further right.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const ageMetric = (secretName: string, rotated: Date, now: Date) => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: NAMESPACE,
        Dimensions: [["SecretName"]],
        Metrics: [{ Name: "SecondsSinceRotation", Unit: "Seconds" }],
      },
    ],
  },
  SecretName: secretName,
  // Clocks differ by a little; an age below 0 would be no age.
  SecondsSinceRotation: Math.max(0, Math.floor((now.getTime() - rotated.getTime()) / 1000)),
});
