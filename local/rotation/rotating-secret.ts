import { commandLine } from "../engine/command-line";
import { UsageError } from "../engine/errors";
import type { Machine } from "../engine/machine";
import { rotationOf } from "../secrets/rotation";
import { ServiceError } from "../secrets/errors";
import { secretNamed, type StoredSecret, versionsIn } from "../secrets/stored";
import { currentOf } from "../secrets/versions";
import { namespacedName } from "../kubelet/objects";
import type { CloudObject, CloudStore } from "../server/store";
import { recordOf } from "../../preflight/simulation/wire/values";

/** A secret that an app reads and a function rotates. */
export interface RotatingSecret {
  readonly secret: StoredSecret;
  readonly functionArn: string;
}

/** The secret of an app that rotates. Throws `UsageError` where there is none. */
export function rotatingSecret(
  stack: string,
  deployment: CloudObject,
  machine: Pick<Machine, "kubelet">,
  store: CloudStore,
): RotatingSecret {
  const mounted = mountedSecrets(deployment, machine, store);
  const found = rotatingAmong(mounted, store);
  if (found !== undefined) return found;
  const { name } = namespacedName(deployment);
  const read = mounted.map((secret) => `'${secret.name}'`).join(", ");
  throw new UsageError(
    `app '${name}' reads no secret that rotates` +
      (read === "" ? "" : `: ${read} has no rotation`) +
      `. Give its database a 'user' with rotation in Pulumi.${stack}.yaml, and run ` +
      commandLine("up", stack),
  );
}

/** The secret of an app that rotates, if one does. */
export const findRotatingSecret = (
  deployment: CloudObject,
  machine: Pick<Machine, "kubelet">,
  store: CloudStore,
): RotatingSecret | undefined => rotatingAmong(mountedSecrets(deployment, machine, store), store);

function rotatingAmong(
  secrets: readonly StoredSecret[],
  store: CloudStore,
): RotatingSecret | undefined {
  for (const secret of secrets) {
    const rotation = rotationOf(store, secret);
    if (rotation !== undefined) return { secret, functionArn: rotation.functionArn };
  }
  return undefined;
}

const mountedSecrets = (
  deployment: CloudObject,
  { kubelet }: Pick<Machine, "kubelet">,
  store: CloudStore,
): readonly StoredSecret[] =>
  kubelet.mountedSecrets(deployment, store).flatMap((name) => existing(store, name) ?? []);

/** Secrets outside the stack are not kept in the local cloud. */
function existing(store: CloudStore, name: string): StoredSecret | undefined {
  try {
    return secretNamed(store, name);
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

/** The current version of a secret: its id, and whom it lets log in. */
export function currentVersion(
  store: CloudStore,
  secret: StoredSecret,
): { readonly id: string; readonly user: string } {
  const found = currentOf(versionsIn(store, secret));
  return { id: found?.id ?? "", user: userIn(found?.value) };
}

/** The user in a secret's JSON. */
function userIn(text: string | undefined): string {
  try {
    const { username } = recordOf(JSON.parse(text ?? ""));
    return typeof username === "string" ? username : "nobody";
  } catch {
    return "nobody";
  }
}
