import { UsageError } from "../engine/errors";
import { DEPLOYMENT } from "../kubelet/kubelet";
import { type NamespacedName, namespacedName } from "../kubelet/objects";
import {
  findRotatingSecret,
  type RotatingSecret,
  rotatingSecret,
} from "../rotation/rotating-secret";
import type { CloudStore } from "../server/store";
import type { LocalStack } from "./local-stack";

/** The app with a name, or in a namespace; without an argument the only one. */
export function chooseApp<T extends NamespacedName>(
  apps: readonly T[],
  named: string | undefined,
): T {
  if (apps.length === 0) {
    throw new UsageError("the stack has no app yet: its last update ended before it created one");
  }
  const names = apps.map(({ name }) => name).join(", ");
  const [first] = apps;
  if (named === undefined) {
    if (apps.length > 1 || first === undefined) {
      throw new UsageError(`which app? There are: ${names}`);
    }
    return first;
  }
  const found =
    apps.find(({ name }) => name === named) ?? apps.find(({ namespace }) => namespace === named);
  if (found === undefined) throw new UsageError(`no app '${named}'; there are: ${names}`);
  return found;
}

/** The apps of a local cloud. */
export const appsOf = (store: CloudStore) =>
  store.all(DEPLOYMENT).map((deployment) => ({ ...namespacedName(deployment), deployment }));

/**
 * The named app and its secret that rotates; without an argument the first one that has such a secret.
 * Throws `UsageError` where there is none.
 */
export function chooseRotatingApp(
  stack: string,
  { store, machine }: Pick<LocalStack, "store" | "machine">,
  named: string | undefined,
): ReturnType<typeof appsOf>[number] & RotatingSecret {
  const apps = appsOf(store);
  for (const app of named === undefined ? apps : []) {
    const found = findRotatingSecret(app.deployment, machine, store);
    if (found !== undefined) return { ...app, ...found };
  }
  const app = chooseApp(apps, named);
  return { ...app, ...rotatingSecret(stack, app.deployment, machine, store) };
}
