import {
  asRecord,
  type Check,
  checks,
  isNothing,
  isThere,
  recordsAt,
  requires,
  type Rules,
} from "./checks";
import * as names from "./names";
import type { Properties } from "../model";
import { inputValuesAt } from "../paths";
import { oneOf } from "../value-rules";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";

// What the API server demands of a selector of labels, whatever it selects.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go

/** Operators by whether they compare with values. */
const OPERATORS: Readonly<Record<string, boolean | undefined>> = {
  In: true,
  NotIn: true,
  Exists: false,
  DoesNotExist: false,
};

export const selectorRules: Rules = {
  "matchLabels{key}": names.qualifiedName,
  "matchLabels{}": names.labelValue,
  "matchExpressions[].key": names.qualifiedName,
  "matchExpressions[].operator": oneOf(...Object.keys(OPERATORS)),
  "matchExpressions[].values[]": names.labelValue,
};

const valuesOfOperators =
  (expressions: string): Check =>
  (inputs) =>
    recordsAt(inputs, expressions).flatMap(({ path, record: { operator, values } }) => {
      const compares = OPERATORS[String(operator)];
      if (compares === true && isNothing(values)) return [`${path}.values: Required value`];
      return compares === false && isThere(values)
        ? [`${path}.values must be absent where ${path}.operator is ${String(operator)}`]
        : [];
    });

/** What must agree within the selectors at a path. */
export const selectorCheck = (path: string): Check =>
  checks(
    requires(`${path}?.matchExpressions[].key`, `${path}?.matchExpressions[].operator`),
    valuesOfOperators(`${path}.matchExpressions[]`),
  );

/** Whether a selector does not select what has these labels, for certain. */
export function mismatches(
  { matchLabels, matchExpressions }: Properties,
  labels: Properties,
): boolean {
  const differs = ([key, value]: [string, unknown]): boolean =>
    !holdsUnknown([value, labels[key]]) && labels[key] !== value;
  const expressions = inputValuesAt({ matchExpressions }, "matchExpressions[]");
  return (
    Object.entries(asRecord(matchLabels)).some(differs) ||
    expressions.some(({ value }) => refuses(asRecord(value), labels))
  );
}

function refuses({ key, operator, values }: Properties, labels: Properties): boolean {
  if (typeof key !== "string" || key === UNKNOWN) return false;
  const label = labels[key];
  if (holdsUnknown([label, operator, values])) return false;
  const isAmong = Array.isArray(values) && values.includes(label);
  switch (operator) {
    case "In":
      return !isAmong && !isNothing(values);
    case "NotIn":
      return isAmong;
    case "Exists":
      return label === undefined;
    case "DoesNotExist":
      return label !== undefined;
    default:
      return false;
  }
}
