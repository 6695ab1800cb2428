import { nearest } from "../../components";
import type { ConfigIssue } from "./config-error";

interface OwnKeys {
  /** Name without the project's → key. */
  readonly own: Readonly<Record<string, string>>;
  /** Keys of a project that does not exist; each counts as this one's all the same. */
  readonly misspelled: readonly ConfigIssue[];
}

/** Namespaces of other packages, which read their configuration themselves. */
const PACKAGES: readonly string[] = ["aws", "eks", "kubernetes", "pulumi", "random"];

/** Pulumi hands out every key of the stack's file, and no package reads one with a typo. */
export function ownKeys(project: string, allKeys: readonly string[]): OwnKeys {
  const keys = allKeys.map((key) => {
    const [namespace = "", ...name] = key.split(":");
    return { key, namespace, name: name.join(":") };
  });
  const own = keys.filter(({ namespace }) => namespace === project);
  const misspelled = keys.filter(
    ({ namespace }) =>
      namespace !== project &&
      !PACKAGES.includes(namespace) &&
      nearest(namespace, [project]) !== undefined,
  );
  return {
    own: Object.fromEntries([...misspelled, ...own].map(({ name, key }) => [name, key])),
    misspelled: misspelled.map(({ key, name }) => ({
      key,
      problem: `is not a key of this project; did you mean '${project}:${name}'?`,
    })),
  };
}
