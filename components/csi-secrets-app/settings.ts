import type { CsiSecretsAppArgs, IngressSettings, Probes } from "./args";

type Resources = NonNullable<CsiSecretsAppArgs["resources"]>;

const DEFAULTS = {
  replicas: 2,
  createNamespace: true,
  driver: "install",
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
} as const;

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
  readonly podLabels: Readonly<Record<string, string>>;
  readonly imagePullSecrets: readonly string[];
}

/** Fills the gaps of arguments without problems. */
export const resolveSettings = (args: CsiSecretsAppArgs): AppSettings => ({
  namespace: args.namespace,
  createNamespace: args.createNamespace ?? DEFAULTS.createNamespace,
  driver: args.driver ?? DEFAULTS.driver,
  replicas: args.replicas ?? DEFAULTS.replicas,
  command: args.command,
  args: args.args,
  containerPort: args.containerPort,
  runAsUser: args.runAsUser,
  probes: { ...defaultProbes(args.containerPort), ...defined(args.probes ?? {}) },
  resources: args.resources ?? DEFAULTS.resources,
  writablePaths: args.writablePaths ?? [],
  ingress: args.ingress,
  podLabels: args.podLabels ?? {},
  imagePullSecrets: args.imagePullSecrets ?? [],
});

/** Without a probe of its own, a pod counts as ready once its port takes connections. */
const defaultProbes = (containerPort: number | undefined): Probes =>
  containerPort === undefined ? {} : { readiness: { tcpSocket: { port: containerPort } } };

const defined = (probes: Probes): Probes =>
  Object.fromEntries(Object.entries(probes).filter(([, probe]) => probe !== undefined));
