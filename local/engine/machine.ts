import * as fs from "node:fs";
import * as path from "node:path";
import { accountIn } from "../../preflight/simulation/models/model";
import { type Authority, openAuthority } from "../database/authority";
import { Databases } from "../database/databases";
import { Functions } from "../functions/functions";
import { rotationHooks } from "../functions/hooks";
import { Kubelet } from "../kubelet/kubelet";
import { volumesFolder } from "../kubelet/mount";
import type { Existing } from "../kubelet/placeholders";
import type { Clock } from "../secrets/operations";
import type { LifecycleHooks } from "../server/lifecycle-hooks";

/** The processes and files of a local stack on this machine: databases, and the pods that use them. */
export interface Machine {
  readonly authority: Authority;
  readonly databases: Databases;
  readonly kubelet: Kubelet;
  readonly functions: Functions;
  readonly hooks: LifecycleHooks;
  /** Ends every process of the stack; removes its volumes in memory and the events of its pods. */
  readonly clear: () => Promise<void>;
}

export interface MachineOptions {
  /** Whether a secret exists outside the stack. @default none */
  readonly existing?: Existing;
  /** The stack's region. @default "eu-central-1" */
  readonly region?: string;
  /** The time that Secrets Manager tells the functions. @default the machine's */
  readonly clock?: Clock;
}

/** Opens the machine of the stack that is kept in `folder`. */
export async function openMachine(
  folder: string,
  { existing, region = "eu-central-1", clock }: MachineOptions = {},
): Promise<Machine> {
  const authority = await openAuthority(path.join(folder, "authority"));
  const databases = new Databases(path.join(folder, "databases"), authority);
  const volumes = volumesFolder(folder);
  const events = path.join(folder, "pods");
  const account = accountIn(region);
  const kubelet = new Kubelet({ volumes, events, databases, existing, account });
  const functions = new Functions({
    folder: path.join(folder, "functions"),
    ...{ databases, account, clock },
  });
  return {
    authority,
    databases,
    kubelet,
    functions,
    hooks: {
      ...databases.hooks,
      ...kubelet.hooks,
      ...functions.hooks,
      ...rotationHooks(functions),
    },
    clear: async () => {
      functions.close();
      await databases.removeAll();
      for (const kept of [volumes, events]) fs.rmSync(kept, { recursive: true, force: true });
    },
  };
}
