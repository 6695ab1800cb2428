import type { CsiSecretsAppArgs, IngressSettings, Migration, Probes } from "./args";
import type { InitContainer, ReplicaRange } from "./workload-args";
import { type ServedPort, servedPorts } from "./workload/ports";

type Resources = NonNullable<CsiSecretsAppArgs["resources"]>;

const DEFAULTS = {
  replicas: 2,
  createNamespace: true,
  driver: "install",
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  migrate: { activeDeadlineSeconds: 600, backoffLimit: 2 },
} as const;

/** The plain arguments of the workload with every gap filled. */
export interface AppSettings {
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly driver: NonNullable<CsiSecretsAppArgs["driver"]>;
  /** `undefined` where an autoscaler decides. */
  readonly replicas: number | undefined;
  readonly autoscaling: ReplicaRange | undefined;
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  /** The one that is probed and routed to by default is the first. */
  readonly ports: readonly ServedPort[];
  readonly runAsUser: number | undefined;
  readonly probes: Probes;
  readonly resources: Resources;
  readonly writablePaths: readonly string[];
  readonly ingress: IngressSettings | undefined;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly imagePullSecrets: readonly string[];
  readonly migrate: MigrationSettings | undefined;
  /** What starts before the app's container, in this order. */
  readonly containers: readonly ContainerSettings[];
}

/** What is known at once of a container besides the app's. */
export interface ContainerSettings extends Pick<InitContainer, "name" | "command" | "args"> {
  /** Path of its argument, e.g. `sidecars[0]`. */
  readonly at: string;
  readonly isSidecar: boolean;
  readonly resources: Resources;
  readonly runAsUser: number | undefined;
  readonly secrets: boolean;
}

/** What is known at once of what runs before the pods. */
export interface MigrationSettings extends Pick<Migration, "command" | "args"> {
  readonly resources: Resources;
  readonly activeDeadlineSeconds: number;
  readonly backoffLimit: number;
}

/** Fills the gaps of arguments without problems. */
export const resolveSettings = (args: CsiSecretsAppArgs): AppSettings => ({
  namespace: args.namespace,
  createNamespace: args.createNamespace ?? DEFAULTS.createNamespace,
  driver: args.driver ?? DEFAULTS.driver,
  replicas: isRange(args.replicas) ? undefined : (args.replicas ?? DEFAULTS.replicas),
  autoscaling: isRange(args.replicas) ? args.replicas : undefined,
  command: args.command,
  args: args.args,
  ports: servedPorts(args),
  runAsUser: args.runAsUser,
  probes: { ...defaultProbes(servedPorts(args)), ...defined(args.probes ?? {}) },
  resources: args.resources ?? DEFAULTS.resources,
  writablePaths: args.writablePaths ?? [],
  ingress: args.ingress,
  podLabels: args.podLabels ?? {},
  imagePullSecrets: args.imagePullSecrets ?? [],
  migrate: args.migrate && migrationSettings(args.migrate, args.resources ?? DEFAULTS.resources),
  containers: containerSettings(args),
});

const isRange = (replicas: CsiSecretsAppArgs["replicas"]): replicas is ReplicaRange =>
  typeof replicas === "object";

/** Sidecars first: an init container may need one, a proxy for instance, and never the other way round. */
const containerSettings = (args: CsiSecretsAppArgs): readonly ContainerSettings[] =>
  locatedContainers(args).map(({ at, isSidecar, container }) => ({
    at,
    isSidecar,
    name: container.name,
    ...(container.command && { command: container.command }),
    ...(container.args && { args: container.args }),
    resources:
      container.resources ?? (isSidecar ? undefined : args.resources) ?? DEFAULTS.resources,
    runAsUser: container.runAsUser ?? args.runAsUser,
    secrets: container.secrets ?? false,
  }));

/** The containers besides the app's in the order in which they start, and where each is given. */
export const locatedContainers = ({
  initContainers = [],
  sidecars = [],
}: Pick<CsiSecretsAppArgs, "initContainers" | "sidecars">) => [
  ...sidecars.map((container, index) => ({ at: `sidecars[${index}]`, isSidecar: true, container })),
  ...initContainers.map((container, index) => ({
    at: `initContainers[${index}]`,
    isSidecar: false,
    container,
  })),
];

const migrationSettings = (given: Migration, ofTheApp: Resources): MigrationSettings => ({
  command: given.command,
  ...(given.args && { args: given.args }),
  resources: given.resources ?? ofTheApp,
  activeDeadlineSeconds: given.activeDeadlineSeconds ?? DEFAULTS.migrate.activeDeadlineSeconds,
  backoffLimit: given.backoffLimit ?? DEFAULTS.migrate.backoffLimit,
});

/** Without a probe of its own, a pod counts as ready once its first port takes connections. */
const defaultProbes = ([first]: readonly ServedPort[]): Probes =>
  first === undefined ? {} : { readiness: { tcpSocket: { port: first.containerPort } } };

const defined = (probes: Probes): Probes =>
  Object.fromEntries(Object.entries(probes).filter(([, probe]) => probe !== undefined));
