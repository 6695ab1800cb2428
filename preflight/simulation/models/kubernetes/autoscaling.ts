import { type Check, checks, recordsAt, requires, type Rules, under } from "./checks";
import * as names from "./names";
import { oneOf } from "../value-rules";

const METRICS = ["ContainerResource", "External", "Object", "Pods", "Resource"];

const utilizationRules: Rules = {
  "target.type": oneOf("AverageValue", "Utilization", "Value"),
  "target.averageUtilization": names.whole(1),
};

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/autoscaling/validation/validation.go */
export const autoscalerRules: Rules = under("spec", {
  minReplicas: names.whole(1),
  maxReplicas: names.whole(1),
  "scaleTargetRef.kind": names.pathSegment,
  "scaleTargetRef.name": names.pathSegment,
  "metrics[].type": oneOf(...METRICS),
  ...under("metrics[].resource", utilizationRules),
  ...under("metrics[].containerResource", utilizationRules),
});

/** A range of pods has no end before its start. */
const range: Check = (inputs) =>
  recordsAt(inputs, "spec").flatMap(({ path, record: { minReplicas, maxReplicas } }) =>
    typeof minReplicas === "number" && typeof maxReplicas === "number" && maxReplicas < minReplicas
      ? [`${path}.maxReplicas must not be less than minReplicas`]
      : [],
  );

/** A metric is described in the field that is called like its type. */
const metricOfItsType: Check = (inputs) =>
  recordsAt(inputs, "spec.metrics[]").flatMap(({ path, record }) => {
    const { type } = record;
    if (typeof type !== "string" || !METRICS.includes(type)) return [];
    const field = type.replace(/^./, (letter) => letter.toLowerCase());
    return record[field] === undefined ? [`${path}.${field}: Required value`] : [];
  });

export const autoscalerCheck = checks(
  requires(
    "spec.maxReplicas",
    "spec.scaleTargetRef",
    "spec.scaleTargetRef?.kind",
    "spec.scaleTargetRef?.name",
    "spec.metrics[].type",
    "spec.metrics[].resource?.name",
    "spec.metrics[].containerResource?.name",
    "spec.metrics[].containerResource?.container",
  ),
  range,
  metricOfItsType,
);
