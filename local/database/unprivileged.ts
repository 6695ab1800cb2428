import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** How to run a program that refuses to run as root. */
export interface Unprivileged {
  /** The command that runs it, before the program itself. */
  readonly prefix: readonly string[];
  /** The user that runs it, who must own its files. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const IN_OWN_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];

let found: Unprivileged | undefined;

/**
 * How to run PostgreSQL, which refuses to run as root: for root, in a user namespace where it is not
 * root and can still access root's files; where the system allows none, as an unprivileged user.
 */
export function unprivileged(): Unprivileged {
  return (found ??= findMethod());
}

function findMethod(): Unprivileged {
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
