import type { SyncedSecret } from "../../preflight/delivery";
import type { FileSource } from "./pod";

/** The Secrets and ConfigMaps of a pod's namespace. */
export interface Sources {
  readonly secrets: readonly SyncedSecret[];
  /** `undefined` where none of that name exists. */
  readonly configMap: (name: string) => Readonly<Record<string, string>> | undefined;
}

/** The content of an object, by key; `undefined` where it does not exist. */
export function contentOf(
  { kind, name }: Pick<FileSource, "kind" | "name">,
  { secrets, configMap }: Sources,
): ReadonlyMap<string, Buffer> | undefined {
  if (kind === "configmap") return buffers(configMap(name));
  const secret = secrets.find((one) => one.name === name && one.refusal === undefined);
  if (secret === undefined) return undefined;
  return new Map(
    Object.entries(secret.data).map(([key, { content }]) => [key, Buffer.from(content ?? [])]),
  );
}

const buffers = (data: Readonly<Record<string, string>> | undefined) =>
  data && new Map(Object.entries(data).map(([key, value]) => [key, Buffer.from(value)]));
