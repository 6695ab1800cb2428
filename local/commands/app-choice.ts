import { UsageError } from "../engine/errors";
import type { Machine } from "../engine/machine";
import { DEPLOYMENT } from "../kubelet/kubelet";
import { type NamespacedName, namespacedName } from "../kubelet/objects";
import { findRotatingSecret } from "../rotation/rotating-secret";
import type { CloudStore } from "../server/store";

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

/** The named app; without an argument the first one of which a secret rotates, or the only one. */
export function chooseRotatingApp(
  store: CloudStore,
  machine: Pick<Machine, "kubelet">,
  named: string | undefined,
): ReturnType<typeof appsOf>[number] {
  const apps = appsOf(store);
  const rotates = ({ deployment }: (typeof apps)[number]): boolean =>
    findRotatingSecret(deployment, machine, store) !== undefined;
  return (named === undefined ? apps.find(rotates) : undefined) ?? chooseApp(apps, named);
}
