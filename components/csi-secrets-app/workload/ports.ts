import { type Check, isRecord, list, number, object, optional, string } from "../../shared/checks";
import { because, type Problem, problem, type Rule, shown } from "../../shared/problems";
import { wholeNumberProblem } from "../../shared/whole-number";
import type { Port } from "../workload-args";

/** A port of the container, and how the Service calls it. */
export interface ServedPort extends Required<Port> {
  /** Name of the port of the Service. */
  readonly serviceName: string;
}

interface PortArguments {
  readonly containerPort?: number | undefined;
  readonly ports?: readonly Port[] | undefined;
}

/** The single port's name in the container; that of its Service is older than the names of ports. */
const SINGLE = { name: "app", serviceName: "http", servicePort: 80 } as const;

/** All ports of the container, the one that is probed and routed to by default first. */
export function servedPorts({ containerPort, ports = [] }: PortArguments): readonly ServedPort[] {
  if (containerPort !== undefined) return [{ ...SINGLE, containerPort }];
  return ports.map((port) => ({
    servicePort: port.containerPort,
    ...port,
    serviceName: port.name,
  }));
}

export const portNumber = number(wholeNumberProblem(1, 65_535));

/**
 * What keeps a string from being the name of a container's port, or `undefined`.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/util/validation/validation.go
 */
export function portNameProblem(name: string): string | undefined {
  return /^(?!-)(?=.*[a-z])(?!.*--)[a-z0-9-]{1,15}(?<!-)$/.test(name)
    ? undefined
    : "must be the name of a port: 1 to 15 lower-case letters, digits and single hyphens between " +
        "them, with a letter among them";
}

const PORT: Readonly<Record<keyof Port, Check>> = {
  name: string(portNameProblem),
  containerPort: portNumber,
  servicePort: optional(portNumber),
};

/** What a value is the second one of. */
export const repeated =
  (values: readonly unknown[], index: number): Rule<unknown> =>
  (value) =>
    value !== undefined && values.indexOf(value) < index ? "is listed more than once" : undefined;

/** No two ports have one name, or one number in the container or the Service. */
const portsApart: Check = (path, value, show = shown) => {
  const ports = (Array.isArray(value) ? value : []).map((port: unknown) =>
    isRecord(port) ? port : {},
  );
  const names = ports.map(({ name }) => name);
  const inContainer = ports.map(({ containerPort }) => containerPort);
  const ofService = ports.map(({ servicePort, containerPort }) => servicePort ?? containerPort);
  return ports.flatMap((port, index) => {
    const again = (name: string, values: readonly unknown[]): readonly Problem[] =>
      problem(`${path}[${index}].${name}`, values[index], repeated(values, index), show);
    const container = again("containerPort", inContainer);
    const isTold = port.servicePort === undefined && container.length > 0;
    return [
      ...again("name", names),
      ...container,
      ...(isTold ? [] : again("servicePort", ofService)),
    ];
  });
};

/** Each port by itself, and all of them. */
export const portsCheck: Check = (path, value, show) => [
  ...list(object(PORT), (ports) =>
    ports.length > 0 ? undefined : "must not be empty: leave it out for no port",
  )(path, value, show),
  ...portsApart(path, value, show),
];

type Arguments = Readonly<Record<string, unknown>>;

/** Names of the ports of a list, as far as they are right. */
export const namesOfPorts = (ports: unknown): readonly string[] =>
  (Array.isArray(ports) ? ports : []).flatMap((port: unknown) =>
    isRecord(port) && typeof port.name === "string" ? [port.name] : [],
  );

export const hasPort = ({ containerPort, ports }: Arguments): boolean =>
  (containerPort ?? ports) !== undefined;

/** The two ways to say which ports there are. */
export const portProblems = ({ containerPort, ports }: Arguments): readonly Problem[] =>
  because(
    "containerPort",
    containerPort !== undefined && ports !== undefined
      ? "cannot be combined with 'ports': it is the short form of a single one"
      : undefined,
  );

/** What keeps a name from being one of the app's ports, or of those that `overlay` adds. */
export const knownPortProblem =
  ({ containerPort, ports }: Arguments, added: readonly string[] = []): Rule<string> =>
  (name) => {
    const own = containerPort !== undefined ? [SINGLE.name] : namesOfPorts(ports);
    const names = [...own, ...added];
    if (names.includes(name)) return undefined;
    return names.length === 0
      ? "needs a port of that name: 'ports', or 'containerPort' for \"app\""
      : `must name a port of the app, which has ${names.map((one) => JSON.stringify(one)).join(", ")}`;
  };
