import type { CsiSecretsAppArgs, IngressSettings, Migration, Probes } from "./args";

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
  readonly migrate: MigrationSettings | undefined;
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
  migrate: args.migrate && migrationSettings(args.migrate, args.resources ?? DEFAULTS.resources),
});

const migrationSettings = (given: Migration, ofTheApp: Resources): MigrationSettings => ({
  command: given.command,
  ...(given.args && { args: given.args }),
  resources: given.resources ?? ofTheApp,
  activeDeadlineSeconds: given.activeDeadlineSeconds ?? DEFAULTS.migrate.activeDeadlineSeconds,
  backoffLimit: given.backoffLimit ?? DEFAULTS.migrate.backoffLimit,
});

/** Without a probe of its own, a pod counts as ready once its port takes connections. */
const defaultProbes = (containerPort: number | undefined): Probes =>
  containerPort === undefined ? {} : { readiness: { tcpSocket: { port: containerPort } } };

const defined = (probes: Probes): Probes =>
  Object.fromEntries(Object.entries(probes).filter(([, probe]) => probe !== undefined));
