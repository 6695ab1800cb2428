import * as fs from "node:fs";
import * as path from "node:path";
import { type Authority, openAuthority } from "../database/authority";
import { Databases } from "../database/databases";
import { Kubelet } from "../kubelet/kubelet";
import { volumesFolder } from "../kubelet/mount";
import type { Reactions } from "../server/reactions";

/** What a local stack runs on this machine: databases, and the pods that use them. */
export interface Machine {
  readonly authority: Authority;
  readonly databases: Databases;
  readonly kubelet: Kubelet;
  readonly reactions: Reactions;
  /** Ends every process of the stack and removes what is kept in memory. */
  readonly clear: () => Promise<void>;
}

/** Opens the machine of the stack that is kept in `folder`. */
export async function openMachine(folder: string): Promise<Machine> {
  const authority = await openAuthority(path.join(folder, "authority"));
  const databases = new Databases(path.join(folder, "databases"), authority);
  const volumes = volumesFolder(folder);
  const kubelet = new Kubelet(volumes, databases);
  return {
    authority,
    databases,
    kubelet,
    reactions: { ...databases.reactions, ...kubelet.reactions },
    clear: async () => {
      await databases.removeAll();
      fs.rmSync(volumes, { recursive: true, force: true });
    },
  };
}
