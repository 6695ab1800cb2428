import {
  type Check,
  isRecord,
  object,
  optional,
  orLate,
  record,
  string,
} from "../../shared/checks";
import { labelKeyProblem } from "../../shared/kubernetes-names";
import { because, isLate, memberPath, type Problem } from "../../shared/problems";
import { quantityOf, quantityProblem } from "./quantity";

/** Those of which all pods of a node may have limits for more than there is. */
const OVERCOMMITTED = ["cpu", "memory", "ephemeral-storage"];

const isExtended = (name: string): boolean => name.includes("/");

function resourceNameProblem(name: string): string | undefined {
  if (isExtended(name)) return labelKeyProblem(name);
  return OVERCOMMITTED.includes(name) || /^hugepages-./.test(name)
    ? undefined
    : `is no resource of a container; there are ${OVERCOMMITTED.join(", ")}, hugepages-SIZE and ` +
        "extended ones such as example.com/gpu";
}

/** A number is taken as Kubernetes takes it: `cpu: 1`. */
const amount: Check = (path, value, show) =>
  string(quantityProblem)(path, typeof value === "number" ? String(value) : value, show);

const amounts = optional(orLate(record(orLate(amount), { name: resourceNameProblem })));

/**
 * CPU, memory and others of a container, as far as they are known.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export const resourcesCheck: Check = (path, value, show) => {
  const single = object({ requests: amounts, limits: amounts })(path, value, show);
  return single.length > 0 || !isRecord(value) ? single : combined(path, value);
};

function combined(path: string, value: Readonly<Record<string, unknown>>): readonly Problem[] {
  const [requests, limits] = [value.requests, value.limits].map((list) =>
    isRecord(list) ? list : {},
  ) as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  return [
    ...Object.entries(requests).flatMap(([name, given]) => {
      const [request, limit] = [numberOf(given), numberOf(limits[name])];
      const at = memberPath(`${path}.requests`, name);
      if (request === undefined) return [];
      if (!OVERCOMMITTED.includes(name) && !(name in limits) && !isLate(value.limits)) {
        return because(at, "needs a limit, and must be what that is");
      }
      if (limit === undefined) return [];
      if (OVERCOMMITTED.includes(name)) {
        return because(
          at,
          request > limit
            ? `must not be more than the limit; got ${String(given)} and ${String(limits[name])}`
            : undefined,
        );
      }
      return because(at, request === limit ? undefined : "must be what the limit is");
    }),
    ...(["requests", "limits"] as const).flatMap((list) =>
      Object.entries(isRecord(value[list]) ? value[list] : {}).flatMap(([name, given]) =>
        because(
          memberPath(`${path}.${list}`, name),
          isExtended(name) && !Number.isInteger(numberOf(given) ?? 0)
            ? "must be a whole number: nothing divides an extended resource"
            : undefined,
        ),
      ),
    ),
  ];
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === "string" || typeof value === "number" ? quantityOf(String(value)) : undefined;
