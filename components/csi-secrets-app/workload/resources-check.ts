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

type Amounts = Readonly<Record<string, unknown>>;

function combined(path: string, value: Readonly<Record<string, unknown>>): readonly Problem[] {
  const requests = amountsOf(value.requests);
  const limits = amountsOf(value.limits);
  const isLimited = (name: string): boolean => name in limits || isLate(value.limits);
  return [
    ...Object.entries(requests).flatMap(([name, request]) =>
      because(
        memberPath(`${path}.requests`, name),
        requestProblem(name, request, limits[name], isLimited(name)),
      ),
    ),
    ...Object.entries({ requests, limits }).flatMap(([list, given]) =>
      Object.entries(given).flatMap(([name, each]) =>
        because(memberPath(`${path}.${list}`, name), divisionProblem(name, each)),
      ),
    ),
  ];
}

const amountsOf = (list: unknown): Amounts => (isRecord(list) ? list : {});

function requestProblem(
  name: string,
  given: unknown,
  givenLimit: unknown,
  isLimited: boolean,
): string | undefined {
  const [request, limit] = [numberOf(given), numberOf(givenLimit)];
  const mayBeLess = OVERCOMMITTED.includes(name);
  if (request === undefined) return undefined;
  if (!mayBeLess && !isLimited) return "needs a limit, and must be what that is";
  if (limit === undefined) return undefined;
  if (!mayBeLess) return request === limit ? undefined : "must be what the limit is";
  return request > limit
    ? `must not be more than the limit; got ${String(given)} and ${String(givenLimit)}`
    : undefined;
}

const divisionProblem = (name: string, given: unknown): string | undefined =>
  isExtended(name) && !Number.isInteger(numberOf(given) ?? 0)
    ? "must be a whole number: nothing divides an extended resource"
    : undefined;

const numberOf = (value: unknown): number | undefined =>
  typeof value === "string" || typeof value === "number" ? quantityOf(String(value)) : undefined;
