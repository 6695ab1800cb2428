import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRecord, type Properties } from "../models/model";
import { at, listOf, recordOf } from "../wire/values";
import { decodeYaml, objectsOf } from "./decode";
import { fileSource } from "./files";
import { renamedByKustomize } from "./kustomize-names";

/** What a kustomization gives, and what of it was not read. */
export interface Kustomized {
  readonly objects: readonly Properties[];
  readonly unread: readonly string[];
}

const FILES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Fields that change nothing of what the rules look at. */
const HARMLESS: readonly string[] = [
  ...["apiVersion", "kind", "metadata", "resources", "namespace", "labels", "commonLabels"],
  ...["commonAnnotations", "images", "buildMetadata", "sortOptions"],
];

const RENAMING: readonly string[] = ["namePrefix", "nameSuffix"];

/** Kinds that have no namespace. */
const CLUSTER_WIDE =
  /^(?:Namespace|Cluster\w+|CustomResourceDefinition|PersistentVolume|StorageClass|CSIDriver)$/;

/**
 * The objects of a kustomization: its `resources`, also of other folders, in its `namespace`. What
 * else a kustomization may do, such as patches, is named as unread.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function kustomize(folder: string, depth = 0): Kustomized {
  const file = FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined || depth > 20) return { objects: [], unread: [folder] };
  let kustomization: Properties;
  try {
    const source = fileSource(file);
    const [document] = "text" in source ? decodeYaml(source.text) : [];
    kustomization = recordOf(document);
  } catch {
    return { objects: [], unread: [file] };
  }
  const parts = listOf(kustomization.resources).map((resource) =>
    partOf(folder, String(resource), depth),
  );
  const { namespace } = kustomization;
  // With references of its own a kustomization may rename what is left alone otherwise.
  const isRenamed = kustomization.configurations === undefined;
  const others = Object.keys(kustomization).filter(
    (field) => !HARMLESS.includes(field) && !(isRenamed && RENAMING.includes(field)),
  );
  const objects = parts
    .flatMap((part) => part.objects)
    .map((object) => (typeof namespace === "string" ? inNamespace(object, namespace) : object));
  return {
    objects: isRenamed ? renamedByKustomize(objects, kustomization) : objects,
    unread: [
      ...parts.flatMap(({ unread }) => unread),
      ...others.map((field) => `${field} of ${file}`),
    ],
  };
}

function partOf(folder: string, resource: string, depth: number): Kustomized {
  const path = join(folder, resource);
  if (existsSync(path) && statSync(path).isDirectory()) return kustomize(path, depth + 1);
  const source = fileSource(resource.includes("://") ? resource : path);
  if ("unread" in source) return { objects: [], unread: [source.unread] };
  try {
    return { objects: decodeYaml(source.text).flatMap(objectsOf), unread: [] };
  } catch {
    return { objects: [], unread: [path] };
  }
}

function inNamespace(object: Properties, namespace: string): Properties {
  if (CLUSTER_WIDE.test(String(object.kind))) return object;
  const metadata = at(object, "metadata");
  return { ...object, metadata: { ...(isRecord(metadata) && metadata), namespace } };
}
