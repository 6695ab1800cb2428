import {
  asRecord,
  type Check,
  checks,
  isNothing,
  isThere,
  oneAmong,
  recordsAt,
  requires,
  type Rules,
  under,
} from "./checks";
import * as names from "./names";
import { podTemplateRules } from "./pod-values";
import { podTemplateCheck } from "./pods";
import { inputValuesAt } from "../paths";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";
import { oneOf } from "../value-rules";

const selectorRules: Rules = {
  "matchLabels{key}": names.qualifiedName,
  "matchLabels{}": names.labelValue,
  "matchExpressions[].key": names.qualifiedName,
  "matchExpressions[].operator": oneOf("In", "NotIn", "Exists", "DoesNotExist"),
};

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

const selectorOfTemplate: Check = (inputs) => {
  const selectors = recordsAt(inputs, "spec.selector");
  const labels = inputValuesAt(inputs, "spec.template.metadata.labels");
  const isKnown = [
    "spec.template",
    "spec.template.metadata",
    "spec.template.metadata.labels",
  ].every((path) => inputValuesAt(inputs, path)[0]?.value !== UNKNOWN);
  return selectors.flatMap(({ path, record }) => {
    const { matchLabels, matchExpressions } = record;
    if (Object.keys(asRecord(matchLabels)).length === 0) {
      const selects = matchLabels === UNKNOWN || !isNothing(matchExpressions);
      return selects ? [] : [`${path} must not be empty`];
    }
    const given = asRecord(labels[0]?.value);
    const differs = ([key, value]: [string, unknown]): boolean =>
      !holdsUnknown([value, given[key]]) && given[key] !== value;
    return isKnown && Object.entries(asRecord(matchLabels)).some(differs)
      ? ["spec.template.metadata.labels: `selector` does not match template `labels`"]
      : [];
  });
};

export const deploymentCheck = checks(
  requires("spec.selector", "spec.selector?.matchExpressions[].key"),
  podTemplateCheck("spec.template"),
  rollingUpdate,
  selectorOfTemplate,
);

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/policy/validation/validation.go */
export const disruptionRules: Rules = under("spec", {
  minAvailable: names.amount(100),
  maxUnavailable: names.amount(100),
  unhealthyPodEvictionPolicy: oneOf("IfHealthyBudget", "AlwaysAllow"),
  ...under("selector", selectorRules),
});

// Neither is taken as well.
export const disruptionCheck = oneAmong("spec", ["minAvailable", "maxUnavailable"], 0);
