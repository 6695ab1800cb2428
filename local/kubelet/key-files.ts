import type { MountedFile } from "./mount";
import type { FilesVolume, FileSource, KeyItem } from "./pod";
import { failedMount } from "./pod-event";
import { contentOf, type Sources } from "./sources";

/**
 * The files of a volume of ConfigMaps and Secrets. Throws `PodEvent` where an object or a key that is not
 * optional is missing.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/volume/secret/secret.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/volume/configmap/configmap.go
 */
export function keyFiles(volume: FilesVolume, sources: Sources): readonly MountedFile[] {
  return volume.sources.flatMap((source) => {
    const content = contentOf(source, sources);
    if (content !== undefined) return filesOf(volume, source, content);
    if (source.optional) return [];
    throw failedMount(volume.name, `${source.kind} "${source.name}" not found`);
  });
}

function filesOf(
  { name, mode }: FilesVolume,
  { kind, items, optional }: FileSource,
  content: ReadonlyMap<string, Buffer>,
): readonly MountedFile[] {
  const wanted: readonly KeyItem[] =
    items ?? [...content.keys()].map((key) => ({ key, path: key }));
  return wanted.flatMap((item) => {
    const found = content.get(item.key);
    if (found !== undefined) return [{ path: item.path, mode: item.mode ?? mode, content: found }];
    if (optional) return [];
    throw failedMount(name, `${MISSING_KEY[kind]} key: ${item.key}`);
  });
}

const MISSING_KEY = {
  secret: "references non-existent secret",
  configmap: "configmap references non-existent config",
} as const;
