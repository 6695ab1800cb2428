import { ArgError } from "../shared/arg-error";
import { nameProblem, namespaceProblem } from "../shared/kubernetes-names";
import type { CsiSecretsAppArgs, IngressSettings, Probes } from "./args";
import { componentName, quoting } from "./late-checks";
import { CA_DIRECTORY, SECRETS_PATH } from "./pod-template";

type Resources = NonNullable<CsiSecretsAppArgs["resources"]>;

const DEFAULTS = {
  replicas: 2,
  createNamespace: true,
  driver: "install",
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
} as const;

/** The IAM role is called `NAME-role-` and seven characters, and IAM takes 64 in all. */
export const LONGEST_NAME = 50;

/** Directories whose content the component provides; nothing may be mounted over or inside them. */
const PROVIDED = [SECRETS_PATH, CA_DIRECTORY, "/tmp"] as const;

/** The plain arguments of the workload with every gap filled. */
export interface AppSettings {
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly driver: NonNullable<CsiSecretsAppArgs["driver"]>;
  readonly replicas: number;
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly containerPort: number | undefined;
  readonly runAsUser: number | undefined;
  readonly probes: Probes;
  readonly resources: Resources;
  readonly writablePaths: readonly string[];
  readonly ingress: IngressSettings | undefined;
}

/** Fills the gaps and checks what is plain. Throws `ArgError` before any resource exists. */
export function resolveSettings(name: string, args: CsiSecretsAppArgs): AppSettings {
  const component = componentName(name);
  const refuse = (path: string, problem: string | undefined): void => {
    if (problem !== undefined) throw new ArgError(component, path, problem);
  };
  const { containerPort, runAsUser, ingress } = args;
  const replicas = args.replicas ?? DEFAULTS.replicas;
  const writablePaths = args.writablePaths ?? [];

  refuse("name", quoting((text) => nameProblem(text, LONGEST_NAME))(name));
  const createNamespace = args.createNamespace ?? DEFAULTS.createNamespace;
  refuse("namespace", quoting(namespaceProblem)(args.namespace));
  if (createNamespace) refuse("namespace", ownNamespaceProblem(args.namespace));
  refuse("replicas", wholeNumberProblem(replicas, 0, 1000));
  if (containerPort !== undefined) {
    refuse("containerPort", wholeNumberProblem(containerPort, 1, 65535));
  }
  if (runAsUser !== undefined) refuse("runAsUser", userProblem(runAsUser));
  refuse("identity", identityProblem(args.identity));
  writablePaths.forEach((path, index) =>
    refuse(`writablePaths[${index}]`, writablePathProblem(path, writablePaths.slice(0, index))),
  );
  if (ingress !== undefined) refuse("ingress", ingressProblem(ingress, containerPort));

  return {
    namespace: args.namespace,
    createNamespace,
    driver: args.driver ?? DEFAULTS.driver,
    replicas,
    command: args.command,
    args: args.args,
    containerPort,
    runAsUser,
    probes: { ...defaultProbes(containerPort), ...defined(args.probes ?? {}) },
    resources: args.resources ?? DEFAULTS.resources,
    writablePaths,
    ingress,
  };
}

/** Without a probe of its own, a pod counts as ready once its port takes connections. */
const defaultProbes = (containerPort: number | undefined): Probes =>
  containerPort === undefined ? {} : { readiness: { tcpSocket: { port: containerPort } } };

const defined = (probes: Probes): Probes =>
  Object.fromEntries(Object.entries(probes).filter(([, probe]) => probe !== undefined));

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
function ownNamespaceProblem(namespace: string): string | undefined {
  if (namespace !== "default" && !namespace.startsWith("kube-")) return undefined;
  return `must not be one of Kubernetes' own, or 'createNamespace' must be false; got '${namespace}'`;
}

function wholeNumberProblem(value: number, least: number, most: number): string | undefined {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return `must be a whole number from ${least} to ${most}; got ${value}`;
}

function userProblem(value: number): string | undefined {
  if (value === 0) return "must not be 0: the pod runs as a user that is not root";
  return wholeNumberProblem(value, 1, 2 ** 31 - 1);
}

function identityProblem(identity: CsiSecretsAppArgs["identity"]): string | undefined {
  const given = ["podIdentity", "irsa"].filter((kind) => kind in identity);
  if (given.length === 1) return undefined;
  const found = given.length === 0 ? "neither" : "both";
  return `must be either { podIdentity: { clusterName } } or { irsa: { oidcProviderArn } }; got ${found}`;
}

function writablePathProblem(path: string, earlier: readonly string[]): string | undefined {
  if (!/^(\/[^/:]+)+$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) {
    return `must be an absolute path without '.', '..', a colon or a slash at its end; got '${path}'`;
  }
  if (earlier.includes(path)) return `stands there twice: '${path}'`;
  const clash = PROVIDED.find((provided) => isInside(path, provided) || isInside(provided, path));
  return clash && `must be apart from ${clash}, which the component provides; got '${path}'`;
}

const isInside = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(`${directory}/`);

function ingressProblem(
  { className, host, path = "/", tlsSecretName }: IngressSettings,
  containerPort: number | undefined,
): string | undefined {
  if (containerPort === undefined) {
    return "needs 'containerPort': without a port there is no Service to route to";
  }
  if (className.trim() === "") {
    return `needs 'className', for instance 'alb' or 'nginx'; got '${className}'`;
  }
  if (!path.startsWith("/")) return `must have a 'path' that starts with '/'; got '${path}'`;
  if (tlsSecretName !== undefined && host === undefined) {
    return "has 'tlsSecretName' but no 'host': a certificate is for a host name";
  }
  return undefined;
}
