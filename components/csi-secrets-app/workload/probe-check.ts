import {
  type Check,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  orLate,
  string,
} from "../../shared/checks";
import {
  because,
  isLate,
  memberPath,
  type Problem,
  problem,
  type Rule,
} from "../../shared/problems";
import { wholeNumberProblem } from "../../shared/whole-number";
import { portNameProblem, portNumber } from "./ports";

export const PROBE_KINDS = ["readiness", "liveness", "startup"] as const;
type Kind = (typeof PROBE_KINDS)[number];

/** What a probe may do; a whole one has exactly one of them. */
export const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"] as const;
const MOST = 2 ** 31 - 1;

/** A port by its number or its name; whether there is one of that name is the matter of all arguments. */
const port: Check = (path, value, show) =>
  typeof value === "string"
    ? string((name) =>
        /^\d+$/.test(name) ? "must be the number of a port without quotes" : portNameProblem(name),
      )(path, value, show)
    : portNumber(path, value, show);

const count = (least: number, most = MOST): Check =>
  optional(orLate(number(wholeNumberProblem(least, most))));

const header: Check = orLate(
  object({
    name: orLate(
      string((name) =>
        /^[-A-Za-z0-9]+$/.test(name) ? undefined : "must be letters, digits and hyphens",
      ),
    ),
    value: orLate(string()),
  }),
);

const HANDLER_CHECKS: Readonly<Record<(typeof HANDLERS)[number], Check>> = {
  exec: object({
    command: orLate(
      list(orLate(string()), (words) => (words.length > 0 ? undefined : "must not be empty")),
    ),
  }),
  httpGet: object({
    port: orLate(port),
    path: optional(orLate(string())),
    scheme: optional(orLate(oneOf("HTTP", "HTTPS"))),
    host: optional(orLate(string())),
    httpHeaders: optional(orLate(list(header))),
  }),
  tcpSocket: object({ port: orLate(port), host: optional(orLate(string())) }),
  grpc: object({ port: orLate(portNumber), service: optional(orLate(string())) }),
};

/**
 * A probe, as far as it is known.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe
 */
export const probeCheck =
  (kind: Kind): Check =>
  (path, value, show) => {
    const decides = kind !== "readiness";
    const handlers = HANDLERS.map(
      (name) => [name, optional(orLate(HANDLER_CHECKS[name]))] as const,
    );
    const single = object({
      ...Object.fromEntries(handlers),
      initialDelaySeconds: count(0),
      timeoutSeconds: count(0),
      periodSeconds: count(0),
      failureThreshold: count(0),
      successThreshold: decides ? optional(orLate(successOfDecidingProbe)) : count(0),
      terminationGracePeriodSeconds: decides ? count(1) : absent,
    })(path, value, show);
    return isRecord(value) ? [...single, ...handlerProblems(path, value)] : single;
  };

const successOfDecidingProbe = number((value) =>
  value === 0 || value === 1
    ? undefined
    : "must be 1, or left out: only a readiness probe may ask for several successes",
);

const absent: Check = (path, value) =>
  because(path, value === undefined ? undefined : "must be left out of a readiness probe");

function handlerProblems(
  path: string,
  probe: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const given = HANDLERS.filter((name) => probe[name] !== undefined);
  const certain = given.filter((name) => !isLate(probe[name]));
  if (given.length >= 1 && certain.length <= 1) return [];
  return because(
    path,
    `must have exactly one of ${HANDLERS.join(", ")}; got ` +
      (given.length === 0 ? "none" : given.join(" and ")),
  );
}

/** Ports that probes name and the app does not have; `isPort` says what is wrong with a name. */
export const probePortProblems = (
  path: string,
  probes: unknown,
  isPort: Rule<string>,
): readonly Problem[] =>
  Object.entries(isRecord(probes) ? probes : {}).flatMap(([kind, probe]) =>
    ["httpGet", "tcpSocket"].flatMap((handler) => {
      const at = isRecord(probe) ? probe[handler] : undefined;
      const name = isRecord(at) ? at.port : undefined;
      return typeof name === "string" && portNameProblem(name) === undefined
        ? problem(`${memberPath(path, kind)}.${handler}.port`, name, isPort)
        : [];
    }),
  );
