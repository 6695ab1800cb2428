import * as fs from "node:fs";
import * as path from "node:path";
import type { Facts } from "../../preflight/doctor/facts";
import type { Account } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { CloudObject, CloudStore } from "../server/store";
import { connectionIn, type ConnectionSettings, type ReadFile } from "./connection";
import { deliver } from "./delivery";
import { environmentOf, type Variable } from "./environment";
import { factsFor } from "./facts";
import { type MountedFile, mountFiles, pathInContainer, pathInVolume } from "./mount";
import { nodeSetup } from "./node";
import { objectIn } from "./objects";
import { type Container, type PodSpec, podOf } from "./pod";
import { PodEvent } from "./pod-event";
import type { Existing } from "./placeholders";
import { mountVolumes, type VolumeWriter } from "./volumes";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** A pod whose containers could start. */
export interface RunningPod {
  readonly namespace: string;
  readonly name: string;
  /** Paths in the containers. */
  readonly files: readonly string[];
  /** Where each of its files is on this machine, by its path in the containers. */
  readonly onNode: ReadonlyMap<string, string>;
  /** Variables of the container that connects; where none does, of the first one. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of the variables that come from a secret. */
  readonly secretVariables: readonly string[];
  /** Absent where its variables describe no connection. */
  readonly connection?: ConnectionSettings;
  /** Path on this machine of the certificate authorities that the container trusts. */
  readonly authoritiesFile?: string;
}

/** What a pod is started with. */
export interface StartContext {
  readonly store: CloudStore;
  readonly account: Account;
  readonly existing: Existing;
  /** Folder on this machine for the pod's volumes. */
  readonly folder: string;
  /** How the files of a volume are written. @default all of them at once, as at the start of a pod */
  readonly write?: VolumeWriter;
}

/** Mounts a Deployment's volumes and starts its containers. Throws `PodEvent` where that fails. */
export function startPod(deployment: CloudObject, context: StartContext): RunningPod {
  const { store, account, existing, folder, write = mountFiles } = context;
  const pod = podOf(deployment);
  const { namespace, name, containers } = pod;
  if (pod.unsupported.length > 0) {
    throw new PodEvent(
      "NotSupported",
      `the local kubelet does not support ${pod.unsupported.join(", ")}`,
    );
  }
  const facts = factsFor(deployment, store, account);
  if (!hasAccount(pod, facts)) throw withoutAccount(pod);

  const node = nodeSetup(facts, store);
  const configMap = (id: string) => configMapIn(store, namespace, id);
  const { files, secrets } = mountVolumes(
    pod,
    folder,
    (volume) => deliver(volume, pod, { facts, node, store, existing }),
    configMap,
    write,
  );
  const onNode = visibleFiles(containers, files, folder);
  const started = containers.map((container) => ({
    container,
    variables: environmentOf(container, pod, { secrets, configMap }),
  }));
  const main = connecting(started, folder);
  const env = valuesOf(main?.variables ?? []);
  const connection = connectionIn(env, readerOf(main?.container, folder));
  const secretVariables = started.flatMap(({ variables }) =>
    variables.filter(({ secret }) => secret).map((variable) => variable.name),
  );
  return {
    ...{ namespace, name, env },
    files: [...onNode.keys()],
    onNode,
    secretVariables: [...new Set(secretVariables)],
    ...(connection !== undefined && { connection }),
    ...authorities(main?.container, connection?.rootCertificate, folder),
  };
}

/** Every namespace has a ServiceAccount `default`. */
const hasAccount = ({ serviceAccount }: PodSpec, { accounts }: Facts): boolean =>
  serviceAccount === "default" || accounts.all.some(({ name }) => name === serviceAccount);

const withoutAccount = ({ namespace, name, serviceAccount }: PodSpec): PodEvent =>
  new PodEvent(
    "FailedCreate",
    `pods "${name}-" is forbidden: error looking up service account ` +
      `${namespace}/${serviceAccount}: serviceaccount "${serviceAccount}" not found`,
  );

function configMapIn(
  store: CloudStore,
  namespace: string,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const found = objectIn(store, CONFIG_MAP, namespace, name);
  return found && ((unwrapSecrets(found.inputs.data) ?? {}) as Readonly<Record<string, string>>);
}

interface StartedContainer {
  readonly container: Container;
  readonly variables: readonly Variable[];
}

/** The container that connects to the database: the first whose variables describe a connection. */
function connecting(
  started: readonly StartedContainer[],
  folder: string,
): StartedContainer | undefined {
  const inOrder = [
    ...started.filter(({ container }) => !container.isInit),
    ...started.filter(({ container }) => container.isInit),
  ];
  const connected = inOrder.find(({ container, variables }) =>
    connectionIn(valuesOf(variables), readerOf(container, folder)),
  );
  return connected ?? inOrder[0];
}

const valuesOf = (variables: readonly Variable[]): Readonly<Record<string, string>> =>
  Object.fromEntries(variables.map(({ name, value }) => [name, value]));

/** The mounted files by their paths in the containers, and where each is on this machine. */
function visibleFiles(
  containers: readonly Container[],
  files: ReadonlyMap<string, readonly MountedFile[]>,
  folder: string,
): ReadonlyMap<string, string> {
  const mounts = containers.flatMap((container) => container.mounts);
  const seen = [...files].flatMap(([volume, content]) =>
    mounts
      .filter((mount) => mount.volume === volume)
      .flatMap((mount) =>
        content.flatMap((file): [string, string][] => {
          const inside = pathInContainer(mount, file.path);
          return inside === undefined ? [] : [[inside, path.join(folder, volume, file.path)]];
        }),
      ),
  );
  return new Map(seen);
}

/** The path on this machine of the authorities' file in a container, if it exists. */
function authorities(
  container: Container | undefined,
  file: string | undefined,
  folder: string,
): Pick<RunningPod, "authoritiesFile"> {
  const authoritiesFile = file === undefined ? undefined : pathHere(container, file, folder);
  return authoritiesFile === undefined ? {} : { authoritiesFile };
}

/** Reads the files that a container's volumes show. */
const readerOf =
  (container: Container | undefined, folder: string): ReadFile =>
  (file) => {
    const found = pathHere(container, file, folder);
    return found === undefined ? undefined : fs.readFileSync(found, "utf8");
  };

/** The path on this machine of a file in a container; `undefined` where no volume has it. */
function pathHere(
  container: Container | undefined,
  file: string,
  folder: string,
): string | undefined {
  const found = pathInVolume(container?.mounts ?? [], file);
  if (found === undefined) return undefined;
  const here = path.join(folder, found.volume, found.path);
  return fs.existsSync(here) ? here : undefined;
}
