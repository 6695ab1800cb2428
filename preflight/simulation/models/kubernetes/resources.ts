import { asRecord, type Check, recordsAt, type Rules } from "./checks";
import { qualifiedName } from "./names";
import { quantity, quantityOf } from "./quantity";
import type { Properties } from "../model";
import type { ValueRule } from "../value-rules";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";

// What the API server demands of the resources that a container asks for.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go `ValidateContainerResourceRequirements`

/** Those of which all pods of a node may have limits for more than there is. */
const OVERCOMMITTED = ["cpu", "memory", "ephemeral-storage"];

const isExtended = (name: string): boolean => name.includes("/");

const resourceName: ValueRule = (value) => {
  const name = String(value);
  const isKnown = isExtended(name) || OVERCOMMITTED.includes(name) || /^hugepages-./.test(name);
  return (
    qualifiedName(name) ??
    (isKnown
      ? undefined
      : `must be one of ${OVERCOMMITTED.join(", ")}, or an extended resource such as example.com/gpu`)
  );
};

export const resourceRules: Rules = {
  "requests{key}": resourceName,
  "requests{}": quantity,
  "limits{key}": resourceName,
  "limits{}": quantity,
};

/**
 * What must agree within the resources at a path. Of extended ones none is named: the keys of a map
 * may be secret.
 */
export const resourcesCheck =
  (path: string): Check =>
  (inputs) =>
    recordsAt(inputs, path).flatMap(({ path: location, record: { requests, limits } }) => [
      ...["requests", "limits"]
        .filter((list) => hasFraction(list === "requests" ? requests : limits))
        .map((list) => `${location}.${list} must be whole numbers of extended resources`),
      ...(requests === UNKNOWN || limits === UNKNOWN
        ? []
        : unequal(location, asRecord(requests), asRecord(limits))),
    ]);

const hasFraction = (list: unknown): boolean =>
  extendedOf(asRecord(list)).some(
    (name) => !Number.isInteger(quantityOf(asRecord(list)[name]) ?? 0),
  );

const extendedOf = (list: Properties): readonly string[] =>
  Object.keys(list).filter((name) => isExtended(name) && resourceName(name) === undefined);

function unequal(location: string, requests: Properties, limits: Properties): readonly string[] {
  const differs = (name: string): boolean => {
    const [request, limit] = [requests[name], limits[name]];
    return !holdsUnknown([request, limit]) && quantityOf(request) !== quantityOf(limit);
  };
  const exceeds = (name: string): boolean =>
    (quantityOf(requests[name]) ?? 0) > (quantityOf(limits[name]) ?? Number.POSITIVE_INFINITY);
  const others = Object.keys(requests).filter(
    (name) => resourceName(name) === undefined && !OVERCOMMITTED.includes(name),
  );
  return [
    ...OVERCOMMITTED.filter(exceeds).map(
      (name) => `${location}.requests.${name} must not exceed ${location}.limits.${name}`,
    ),
    ...(others.some(differs)
      ? [`${location}.requests must equal the limits, but for ${OVERCOMMITTED.join(", ")}`]
      : []),
  ];
}
