import { textsIn } from "../server/elsewhere";
import type { StackFile } from "./engine";

type Settings = Readonly<Record<string, unknown>>;

/**
 * Names, ids and ARNs in a stack's settings that stand for things outside the stack: networks, the
 * cluster, roles, keys, secrets. What the stack gives its own apps, databases and namespaces is not
 * among them, or nobody would notice where one of those is missing.
 */
export function existingIn({ config = {} }: StackFile): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    key.endsWith(":apps") ? (value as readonly Settings[]).flatMap(inApp) : textsIn(value),
  );
}

function inApp({ name, namespace, createNamespace, database, ...app }: Settings) {
  const own = { ...(database as Settings | undefined), name: undefined };
  const place = createNamespace === false ? (namespace ?? name) : undefined;
  return textsIn([app, own, place]);
}
