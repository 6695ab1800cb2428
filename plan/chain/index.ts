import type { Registration } from "../../local/mocks/run";
import { byText } from "../values";
import { deliver } from "./delivery";
import {
  PROVIDER_CLASS_TYPE,
  type ProviderClass,
  providerClassOf,
  roleVia,
} from "./provider-classes";
import { type PlannedRole, RoleIndex } from "./roles";
import { type PlannedSecret, SecretIndex } from "./secrets";
import { type EnvEntry, type Mount, type Workload, workloadOf } from "./workloads";

/** An app: a workload that mounts secrets, and the way each value takes to it. */
export interface PlannedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workload: Pick<Workload, "urn" | "kind" | "replicas" | "serviceAccount">;
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

export interface MountedSecret {
  /** The secret's name; for a secret outside the plan, what the class calls it. */
  readonly name: string;
  /** `undefined` for a secret outside the plan. */
  readonly planned: PlannedSecret | undefined;
}

/** Where a value comes from: one secret, and the keys of its JSON that it is made of. */
export interface Origin {
  readonly secret: string;
  /** None for the whole secret. */
  readonly keys: readonly string[];
}

export interface PlannedFile extends Origin {
  /** Absolute, in the container. */
  readonly path: string;
}

export interface PlannedVariable {
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
export function plannedApps(registrations: readonly Registration[]): readonly PlannedApp[] {
  const cloud: Cloud = {
    secrets: new SecretIndex(registrations),
    roles: new RoleIndex(registrations),
    classes: new Map(
      registrations
        .filter(({ type }) => type === PROVIDER_CLASS_TYPE)
        .map(providerClassOf)
        .map((each) => [`${each.namespace}/${each.name}`, each]),
    ),
  };
  return registrations
    .map(workloadOf)
    .filter((workload) => workload !== undefined)
    .map((workload) => appOf(workload, cloud))
    .sort(byText(({ namespace, name }) => `${namespace}/${name}`));
}

interface Cloud {
  readonly secrets: SecretIndex;
  readonly roles: RoleIndex;
  readonly classes: ReadonlyMap<string, ProviderClass>;
}

function appOf(workload: Workload, cloud: Cloud): PlannedApp {
  const { name, namespace, urn, kind, replicas, serviceAccount, env } = workload;
  const deliveries = workload.mounts.map((mount) => deliveryOf(workload, mount, cloud));
  const synced = new Map(deliveries.flatMap((delivery) => [...delivery.synced]));
  return {
    name,
    namespace,
    workload: { urn, kind, replicas, serviceAccount },
    mounts: deliveries.map(({ mount }) => mount),
    files: deliveries.flatMap(({ files }) => files),
    env: env.map((entry) => variableOf(entry, synced)),
  };
}

interface Delivery {
  readonly mount: PlannedMount;
  readonly files: readonly PlannedFile[];
  /** `SECRET/KEY` of a Kubernetes Secret → origin of its value. */
  readonly synced: ReadonlyMap<string, Origin>;
}

function deliveryOf(workload: Workload, mount: Mount, cloud: Cloud): Delivery {
  const { namespace, serviceAccount } = workload;
  const { providerClass: name, paths } = mount;
  const providerClass = cloud.classes.get(`${namespace}/${name}`);
  if (providerClass === undefined) {
    const unknown = { ...mount, urn: undefined, role: undefined, secrets: [] };
    return { mount: unknown, files: [], synced: new Map() };
  }
  const known = {
    ...mount,
    urn: providerClass.urn,
    role: cloud.roles.find(namespace, serviceAccount, roleVia(providerClass)),
  };
  const delivered = deliver(providerClass, (secret) => cloud.secrets.find(secret)?.shape);
  if (!delivered.ok) {
    const refused = { ...known, secrets: [] };
    return { mount: refused, files: [], synced: new Map() };
  }

  const secrets = new Map<string, MountedSecret>();
  const origins = new Map<string, Origin>();
  for (const [file, { secret: address, keys }] of Object.entries(delivered.files)) {
    const planned = cloud.secrets.find(address);
    const secret = planned?.name ?? address;
    secrets.set(secret, { name: secret, planned });
    origins.set(file, { secret, keys });
  }
  return {
    mount: { ...known, secrets: [...secrets.values()] },
    files: paths.flatMap((directory) =>
      [...origins].map(([file, origin]) => ({ path: `${directory}/${file}`, ...origin })),
    ),
    synced: syncedOrigins(delivered.secrets, origins),
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
  { name, secretKeyRef }: EnvEntry,
  synced: ReadonlyMap<string, Origin>,
): PlannedVariable {
  if (secretKeyRef === undefined) return { name, source: { kind: "plain" } };
  const origin = synced.get(`${secretKeyRef.name}/${secretKeyRef.key}`);
  if (origin !== undefined) return { name, source: { kind: "secret", ...origin } };
  return { name, source: { kind: "kubernetesSecret", ...secretKeyRef } };
}
