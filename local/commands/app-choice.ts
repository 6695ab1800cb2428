import { UsageError } from "../engine/errors";
import { DEPLOYMENT } from "../kubelet/kubelet";
import { placeOf } from "../kubelet/objects";
import type { CloudStore } from "../server/store";

/** An app of a stack: the namespace and the name of its Deployment. */
export interface AppName {
  readonly namespace: string;
  readonly name: string;
}

/** The app that a person names, by itself or by its namespace; the only one where they name none. */
export function chooseApp<T extends AppName>(apps: readonly T[], named: string | undefined): T {
  if (apps.length === 0) {
    throw new UsageError("the stack has no app yet: its last update did not get that far");
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
  store.all(DEPLOYMENT).map((deployment) => ({ ...placeOf(deployment), deployment }));
