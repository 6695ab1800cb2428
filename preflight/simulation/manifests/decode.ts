import { parseAllDocuments, type Tags } from "yaml";
import { isRecord, type Properties } from "../models/model";
import { listOf } from "../wire/values";

/** Types that YAML 1.1 has, and Kubernetes' decoder reads as text. */
const NOT_KUBERNETES: readonly unknown[] = ["timestamp", "intTime", "floatTime", "binary"];

/**
 * The documents of a YAML text as Kubernetes and Helm read them: YAML 1.1, in which `yes` is a
 * boolean. Throws where the text is no YAML.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function decodeYaml(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, {
    version: "1.1",
    customTags: (tags): Tags =>
      tags.filter((tag) => !NOT_KUBERNETES.includes(typeof tag === "string" ? tag : nameOf(tag))),
  });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(error.message);
    return document.toJS({ maxAliasCount: 1000 }) as unknown;
  });
}

const nameOf = ({ tag }: { readonly tag: string }): string => tag.replace("tag:yaml.org,2002:", "");

/** The Kubernetes objects of a YAML text; the items of a `List` are objects of their own. */
export const decodeManifest = (text: string): readonly Properties[] =>
  decodeYaml(text).flatMap(objectsOf);

/** The objects that a document is, or holds. */
export function objectsOf(document: unknown): readonly Properties[] {
  if (!isRecord(document)) return [];
  if (typeof document.kind === "string" && document.kind.endsWith("List")) {
    return listOf(document.items).flatMap(objectsOf);
  }
  return typeof document.kind === "string" ? [document] : [];
}
