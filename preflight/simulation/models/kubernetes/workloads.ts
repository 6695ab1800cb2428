import {
  asRecord,
  type Check,
  checks,
  evenEmpty,
  isNothing,
  isThere,
  oneAmong,
  recordsAt,
  requires,
  type Rules,
  under,
} from "./checks";
import * as names from "./names";
import { podTemplateCheck, podTemplateRules } from "./pods";
import { mismatches, selectorCheck, selectorRules } from "./selectors";
import { inputValuesAt } from "../paths";
import { oneOf } from "../value-rules";
import { UNKNOWN } from "../../wire/unknown";

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/apps/validation/validation.go */
export const deploymentRules: Rules = under("spec", {
  replicas: names.whole(0),
  minReadySeconds: names.whole(0),
  revisionHistoryLimit: names.whole(0),
  progressDeadlineSeconds: names.whole(0),
  "strategy.type": oneOf("Recreate", "RollingUpdate"),
  "strategy.rollingUpdate.maxSurge": names.amount(),
  "strategy.rollingUpdate.maxUnavailable": names.amount(100),
  ...under("selector", selectorRules),
  ...under("template", podTemplateRules),
});

const rollingUpdate: Check = (inputs) =>
  recordsAt(inputs, "spec.strategy").flatMap(({ path, record }) => {
    const { maxSurge, maxUnavailable } = asRecord(record.rollingUpdate);
    if (record.type === "Recreate" && isThere(record.rollingUpdate))
      return [`${path}.rollingUpdate must be absent where ${path}.type is Recreate`];
    const isZero = (value: unknown): boolean => value === 0 || /^0+%$/.test(String(value));
    return isZero(maxSurge) && isZero(maxUnavailable)
      ? [`${path}.rollingUpdate.maxUnavailable must not be 0 where maxSurge is 0`]
      : [];
  });

/** What a Deployment without a deadline waits for. */
const USUAL_DEADLINE = 600;

const deadline: Check = (inputs) =>
  recordsAt(inputs, "spec")
    .filter(
      ({ record: { progressDeadlineSeconds: most = USUAL_DEADLINE, minReadySeconds: least } }) =>
        typeof most === "number" && most <= (typeof least === "number" ? least : 0),
    )
    .map(({ path }) => `${path}.progressDeadlineSeconds must be more than minReadySeconds`);

const selectorOfTemplate: Check = (inputs) => {
  const labels = inputValuesAt(inputs, "spec.template.metadata.labels");
  const isKnown = [
    "spec.template",
    "spec.template.metadata",
    "spec.template.metadata.labels",
  ].every((path) => inputValuesAt(inputs, path)[0]?.value !== UNKNOWN);
  return recordsAt(inputs, "spec.selector").flatMap(({ path, record }) => {
    const { matchLabels, matchExpressions } = record;
    const isEmpty = Object.keys(asRecord(matchLabels)).length === 0 && matchLabels !== UNKNOWN;
    if (isEmpty && isNothing(matchExpressions)) return [`${path} must not be empty`];
    return isKnown && mismatches(record, asRecord(labels[0]?.value))
      ? ["spec.template.metadata.labels: `selector` does not match template `labels`"]
      : [];
  });
};

/** Of whatever keeps pods of a template that it finds by their labels. */
export const replicatedCheck = checks(
  requires("spec.selector"),
  selectorCheck("spec.selector"),
  podTemplateCheck("spec.template"),
  selectorOfTemplate,
);

export const deploymentCheck = checks(replicatedCheck, deadline, rollingUpdate);

export const replicatedRules: Rules = under("spec", {
  replicas: names.whole(0),
  minReadySeconds: names.whole(0),
  ...under("selector", selectorRules),
  ...under("template", podTemplateRules),
});

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/policy/validation/validation.go */
export const disruptionRules: Rules = under("spec", {
  minAvailable: names.amount(100),
  maxUnavailable: names.amount(100),
  unhealthyPodEvictionPolicy: evenEmpty(oneOf("IfHealthyBudget", "AlwaysAllow")),
  ...under("selector", selectorRules),
});

// Neither is taken as well.
export const disruptionCheck = checks(
  oneAmong("spec", ["minAvailable", "maxUnavailable"], 0),
  selectorCheck("spec.selector"),
);
