import { commandLine } from "../engine/command-line";
import { UsageError } from "../engine/errors";
import type { Machine } from "../engine/machine";
import { rotationOf } from "../secrets/rotation";
import { findSecret, type StoredSecret, versionsIn } from "../secrets/stored";
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
  const found = findRotatingSecret(deployment, machine, store);
  if (found !== undefined) return found;
  const { name } = namespacedName(deployment);
  const mounted = mountedSecrets(deployment, machine, store);
  const read = mounted.map((secret) => `'${secret.name}'`).join(", ");
  throw new UsageError(
    `app '${name}' reads no secret that rotates` +
      (read === "" ? "" : `: ${read} has no rotation`) +
      `. Give its database a 'user' with rotation in Pulumi.${stack}.yaml, and run ` +
      commandLine("up", stack),
  );
}

/** The secret of an app that rotates, if one does. */
export function findRotatingSecret(
  deployment: CloudObject,
  machine: Pick<Machine, "kubelet">,
  store: CloudStore,
): RotatingSecret | undefined {
  for (const secret of mountedSecrets(deployment, machine, store)) {
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
  kubelet.mountedSecrets(deployment, store).flatMap((name) => findSecret(store, name) ?? []);

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
