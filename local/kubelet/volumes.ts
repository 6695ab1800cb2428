import * as path from "node:path";
import type { SuccessfulDelivery, SyncedSecret } from "../../preflight/delivery";
import { keyFiles } from "./key-files";
import type { MountedFile } from "./mount";
import type { DriverVolume, PodSpec } from "./pod";
import type { Sources } from "./sources";

/** The files of a pod's volumes, by the volume's name, and the Secrets that the driver synced. */
export interface MountedVolumes {
  readonly files: ReadonlyMap<string, readonly MountedFile[]>;
  readonly secrets: readonly SyncedSecret[];
}

/** Writes the files of a volume to its folder. */
export type VolumeWriter = (folder: string, files: readonly MountedFile[]) => void;

/**
 * Mounts the volumes of a pod under `folder`, those of the driver first: another volume may show a
 * Secret that the driver syncs. As on a node, a volume that no container mounts is not mounted.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go
 */
export function mountVolumes(
  { volumes, containers }: PodSpec,
  folder: string,
  deliver: (volume: DriverVolume) => SuccessfulDelivery,
  configMap: Sources["configMap"],
  write: VolumeWriter,
): MountedVolumes {
  const mounted = new Set(containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)));
  const wanted = volumes.filter(({ name }) => mounted.has(name));
  const files = new Map<string, readonly MountedFile[]>();
  const mount = (name: string, content: readonly MountedFile[]): void => {
    write(path.join(folder, name), content);
    files.set(name, content);
  };
  const secrets: SyncedSecret[] = [];
  for (const volume of wanted) {
    if (volume.kind !== "driver") continue;
    const delivery = deliver(volume);
    mount(volume.name, delivery.files);
    secrets.push(...delivery.secrets);
  }
  for (const volume of wanted) {
    if (volume.kind === "driver") continue;
    mount(volume.name, volume.kind === "empty" ? [] : keyFiles(volume, { secrets, configMap }));
  }
  return { files, secrets };
}
