import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** How to run a program that refuses to run as root. */
export interface Unprivileged {
  /** The command that runs it, before the program itself. */
  readonly prefix: readonly string[];
  /** The user that runs it; its files must be this user's. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const IN_OWN_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];

let found: Unprivileged | undefined;

/**
 * PostgreSQL refuses to run as root. Then it gets a user namespace in which it is not root and still
 * has this user's files, wherever they are; where the system allows none, an unprivileged user of the
 * system runs it.
 */
export function unprivileged(): Unprivileged {
  return (found ??= findWay());
}

function findWay(): Unprivileged {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const [command = "", ...args] = [...IN_OWN_NAMESPACE, "true"];
  if (spawnSync(command, args).status === 0) return { prefix: IN_OWN_NAMESPACE };
  const accounts = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  const account =
    accounts.find((line) => line.startsWith("postgres:")) ??
    accounts.find((line) => line.startsWith("nobody:"));
  const [, , uid, gid] = account?.split(":") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      "PostgreSQL does not run as root, and there is neither a user namespace for it nor a user " +
        "'postgres' or 'nobody'; run this as another user",
    );
  }
  return { prefix: [], owner: { uid: Number(uid), gid: Number(gid) } };
}
