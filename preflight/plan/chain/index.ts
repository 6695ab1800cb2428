import {
  type Autoscaler,
  autoscalerOf,
  type Facts,
  grouped,
  type IdentityMode,
  type Mount,
  readsAs,
  type SecretsVolume,
  type Variable,
  type Workload,
} from "../../doctor/facts";
import { byText } from "../../simulation/wire/values";
import { deliver } from "./delivery";
import { type PlannedRotation, rotationsIn } from "./rotation";
import { type PlannedSecret, plannedSecret } from "./secrets";

/** An app: a workload that mounts secrets, and the way each value takes to it. */
export interface PlannedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workload: Pick<Workload, "urn" | "kind" | "replicas" | "serviceAccount"> & {
    /** Fewest and most pods, where an autoscaler decides. */
    readonly range?: Pick<Autoscaler, "min" | "max">;
  };
  /** What is mounted, in the order of the pod's volumes. */
  readonly mounts: readonly PlannedMount[];
  readonly files: readonly PlannedFile[];
  readonly env: readonly PlannedVariable[];
}

export interface PlannedMount {
  /** Name of the SecretProviderClass in the app's namespace. */
  readonly providerClass: string;
  readonly paths: readonly string[];
  /** URN of the class; `undefined` for one that is not in the plan, of which nothing is known. */
  readonly urn: string | undefined;
  readonly role: PlannedRole | undefined;
  /** Each secret that the class names, once. */
  readonly secrets: readonly MountedSecret[];
}

export interface PlannedRole {
  readonly arn: string;
  readonly name: string;
  /** How the pods of the ServiceAccount get it. */
  readonly via: IdentityMode;
  /** The role's registration; `undefined` for a role outside the plan. */
  readonly urn: string | undefined;
}

export interface MountedSecret {
  /** The secret's name; for a secret outside the plan, what the class calls it. */
  readonly name: string;
  /** `undefined` for a secret outside the plan, and for a parameter. */
  readonly planned: PlannedSecret | undefined;
  /** Present for a parameter of Parameter Store: whether the plan makes it. */
  readonly parameter?: { readonly isPlanned: boolean };
  /** `undefined` for a secret that nothing in the plan rotates. */
  readonly rotation: PlannedRotation | undefined;
}

/** Where a value comes from: one secret, and the keys of its JSON that it is made of. */
export interface Origin {
  readonly secret: string;
  /** None for the whole secret. */
  readonly keys: readonly string[];
}

/** What some of a pod's containers find. */
interface Found {
  /** Names of the containers that have it; absent where all of them do. */
  readonly containers?: readonly string[];
}

export interface PlannedFile extends Origin, Found {
  /** Absolute, in the container. */
  readonly path: string;
}

export interface PlannedVariable extends Found {
  readonly name: string;
  readonly source:
    | ({ readonly kind: "secret" } & Origin)
    | { readonly kind: "kubernetesSecret"; readonly name: string; readonly key: string }
    | { readonly kind: "plain" };
}

/**
 * The apps of a plan, by namespace and name. Everything is read from the registered resources, as
 * the cluster and AWS would get them, so it holds for any program.
 */
export function plannedApps(facts: Facts): readonly PlannedApp[] {
  return facts.workloads
    .filter(({ volumes }) => volumes.length > 0)
    .map((workload) => appOf(workload, facts))
    .sort(byText(({ namespace, name }) => `${namespace}/${name}`));
}

function appOf(workload: Workload, facts: Facts): PlannedApp {
  const { name, namespace, urn, kind, replicas, serviceAccount, volumes } = workload;
  const scaled = autoscalerOf(workload, facts.autoscalers);
  const mountOf = new Map(
    facts.mounts.filter((mount) => mount.workload === workload).map((each) => [each.volume, each]),
  );
  const deliveries = volumes.map((volume) => deliveryOf(volume, mountOf.get(volume), facts));
  const synced = new Map(deliveries.flatMap((delivery) => [...delivery.synced]));
  return {
    name,
    namespace,
    workload: {
      ...{ urn, kind, replicas, serviceAccount },
      ...(scaled && { range: { min: scaled.min, max: scaled.max } }),
    },
    mounts: deliveries.map(({ mount }) => mount),
    files: deliveries.flatMap(({ files }) => files),
    env: variablesOf(workload, synced),
  };
}

/** Each variable once, with the containers that have it in that form. */
function variablesOf(
  { containers }: Workload,
  synced: ReadonlyMap<string, Origin>,
): readonly PlannedVariable[] {
  const found = containers.flatMap(({ name: container, variables }) =>
    variables.map((variable) => ({ container, planned: variableOf(variable, synced) })),
  );
  return [...grouped(found, ({ planned }) => JSON.stringify(planned)).values()].flatMap((same) => {
    const [first] = same;
    const names = same.map(({ container }) => container);
    return first === undefined ? [] : [{ ...first.planned, ...someOf(containers, names) }];
  });
}

/** The containers that have something, where others do not. */
const someOf = (all: Workload["containers"], names: readonly string[]): Found => {
  const having = [...new Set(names)];
  return having.length === all.length ? {} : { containers: having };
};

interface Delivery {
  readonly mount: PlannedMount;
  readonly files: readonly PlannedFile[];
  /** `SECRET/KEY` of a Kubernetes Secret → origin of its value. */
  readonly synced: ReadonlyMap<string, Origin>;
}

const NOTHING = { files: [], synced: new Map<string, Origin>() };

function deliveryOf(volume: SecretsVolume, mount: Mount | undefined, facts: Facts): Delivery {
  const { paths, providerClass, mounts } = volume;
  if (mount === undefined) {
    return {
      mount: { providerClass, paths, urn: undefined, role: undefined, secrets: [] },
      ...NOTHING,
    };
  }
  const secrets = mountedSecrets(mount, facts);
  const planned = {
    ...{ providerClass, paths },
    urn: mount.providerClass.urn,
    role: roleOf(mount, facts),
    secrets: [...new Map([...secrets.values()].map((secret) => [secret.name, secret])).values()],
  };
  const delivered = deliver(mount);
  if (!delivered.ok) return { mount: planned, ...NOTHING };
  const origins = new Map(
    Object.entries(delivered.files).map(([file, { secret, keys }]): [string, Origin] => [
      file,
      { secret: secrets.get(secret)?.name ?? secret, keys },
    ]),
  );
  return {
    mount: planned,
    files: paths.flatMap((directory) =>
      [...origins].map(([file, origin]) => ({
        path: `${directory}/${file}`,
        ...origin,
        ...someOf(
          mount.workload.containers,
          mounts.filter(({ path }) => path === directory).map(({ container }) => container),
        ),
      })),
    ),
    synced: syncedOrigins(delivered.secrets, origins),
  };
}

/** The secrets of a mount by what the class calls them. */
function mountedSecrets(mount: Mount, facts: Facts): ReadonlyMap<string, MountedSecret> {
  const rotations = rotationsIn(mount, facts);
  return new Map(
    mount.objects.map(({ descriptor: { objectName }, service, secret, value }) => [
      objectName,
      {
        name: secret?.name ?? objectName,
        ...(service === "ssmparameter" && { parameter: { isPlanned: value !== undefined } }),
        planned: secret && plannedSecret(secret, facts),
        rotation: rotations.get(objectName),
      },
    ]),
  );
}

function roleOf({ workload, mode }: Mount, { accounts }: Facts): PlannedRole | undefined {
  const link = accounts.link(workload, workload.serviceAccount, mode);
  if (link === undefined) return undefined;
  const { roleArn: arn, role } = readsAs(link);
  return {
    arn,
    name: role?.name ?? arn.slice(arn.lastIndexOf("/") + 1),
    via: mode,
    urn: role?.urn,
  };
}

function syncedOrigins(
  synced: Readonly<Record<string, Readonly<Record<string, string>>>>,
  origins: ReadonlyMap<string, Origin>,
): ReadonlyMap<string, Origin> {
  return new Map(
    Object.entries(synced).flatMap(([secret, data]) =>
      Object.entries(data).flatMap(([key, file]): [string, Origin][] => {
        const origin = origins.get(file);
        return origin === undefined ? [] : [[`${secret}/${key}`, origin]];
      }),
    ),
  );
}

function variableOf(
  { name, secretKeyRef }: Variable,
  synced: ReadonlyMap<string, Origin>,
): PlannedVariable {
  if (secretKeyRef === undefined) return { name, source: { kind: "plain" } };
  const origin = synced.get(`${secretKeyRef.name}/${secretKeyRef.key}`);
  if (origin !== undefined) return { name, source: { kind: "secret", ...origin } };
  return { name, source: { kind: "kubernetesSecret", ...secretKeyRef } };
}
