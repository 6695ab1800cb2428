import * as fs from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { Failure } from "../engine/errors";
import { openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { displayed } from "./display";
import { commandLine, exists, openSession, removeFolder, stackFolder } from "./session";

/** `local:down`: destroys the stack and leaves nothing of it. */
export async function down(stackName: string, force: boolean): Promise<void> {
  if (!exists(stackName)) {
    sayOnStderr(`There is no local stack '${stackName}'.`);
    return;
  }
  if (!force) await destroy(stackName);
  await clearMachine(stackFolder(stackName));
  removeFolder(stackName);
}

async function clearMachine(folder: string): Promise<void> {
  // Nothing is signed any more: a broken authority must not be in the way.
  fs.rmSync(path.join(folder, "authority"), { recursive: true, force: true });
  const machine = await openMachine(folder);
  try {
    await machine.clear();
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Failure(`the databases in ${folder} cannot be ended: ${why}`, { cause });
  }
}

async function destroy(stackName: string): Promise<void> {
  const { stack, close } = await openSession(stackName);
  try {
    const found = protectedNames(await stack.exportStack());
    // The engine would stop at one of them when others are gone already.
    if (found.length > 0) throw new Failure(protectionText(stackName, found));
    await displayed((display) => stack.destroy(display));
  } finally {
    close();
  }
}

/** Names of the resources that the engine would refuse to delete. */
export function protectedNames({ deployment }: Awaited<ReturnType<Stack["exportStack"]>>) {
  const { resources = [] } = deployment as { readonly resources?: readonly Protectable[] };
  return resources
    .filter(({ protect }) => protect === true)
    .map(({ urn }) => urn.split("::").at(-1) ?? urn);
}

interface Protectable {
  readonly urn: string;
  readonly protect?: boolean;
}

const protectionText = (stack: string, names: readonly string[]): string =>
  `the stack '${stack}' is protected (${names.join(", ")}): set 'lifecycle: disposable' for its ` +
  `databases in Pulumi.${stack}.yaml and run ${commandLine("up", stack)}, ` +
  `or remove it as it is: ${commandLine("down", stack, "--force")}`;
