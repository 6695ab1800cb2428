import * as fs from "node:fs";
import * as path from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import { INSTANCE } from "../../../local/database/databases";
import { environment, type Engine } from "../../../local/engine/engine";
import type { CommandLine } from "../../../local/engine/terminal";
import type { LifecycleHooks } from "../../../local/server/lifecycle-hooks";
import type { CloudObject } from "../../../local/server/store";
import { deploymentIn } from "../../../preflight/engine/deployment";
import { fromEngine } from "../../../preflight/simulation/wire/engine";
import { recordOf } from "../../../preflight/simulation/wire/values";
import { inSandbox, type Sandbox, STACK, theCli } from "./harness";

export const RELEASE = "0.1.0";

/** Encrypts the generated secrets of the recorded states, which open nothing. */
const PASSPHRASE = "recorded for tests";

/** The state of a stack that the release made. */
export const recordedFile = (name: string): string =>
  path.join(__dirname, "../baselines", `${RELEASE}-${name}.json`);

export const recordedState = (name: string): Deployment =>
  JSON.parse(fs.readFileSync(recordedFile(name), "utf8")) as Deployment;

/** A sandbox that can read the secrets of recorded states. */
export const withPassphrase = (use: (sandbox: Sandbox) => Promise<void>): Promise<void> =>
  inSandbox(async (sandbox) => {
    fs.writeFileSync(path.join(sandbox.folder, "passphrase"), PASSPHRASE);
    await use(sandbox);
  });

/** What `pulumi stack export` prints. */
export async function exported(folder: string, ...more: readonly string[]): Promise<string> {
  const cli = (await theCli()) as unknown as CommandLine;
  const args = ["stack", "export", "--stack", STACK, ...more];
  const { stdout } = await cli.run(
    args,
    path.join(folder, "workspace"),
    environment(folder, STACK, ""),
  );
  return stdout;
}

/**
 * Fills an empty local cloud with what a recorded state says is there, and starts its databases. What is
 * computed from an object's seed stays as it is until the object is updated.
 */
export async function standUp(
  name: string,
  { stack, cloud: { store } }: Engine,
  { folder, hooks }: { readonly folder: string; readonly hooks: LifecycleHooks },
): Promise<void> {
  await stack.importStack(recordedState(name));
  const state = deploymentIn(await exported(folder, "--show-secrets"));
  if (typeof state === "string") throw new Error(state);
  const objects = state.resources
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"))
    .map(({ urn, type, id = "", inputs, outputs }): CloudObject => ({
      ...{ urn, type, id, seed: id },
      inputs: recordOf(fromEngine(inputs)),
      outputs: recordOf(fromEngine(outputs)),
    }));
  for (const object of objects) store.put(object);
  for (const object of objects.filter(({ type }) => type === INSTANCE)) {
    await hooks[INSTANCE]?.created?.(object, store);
  }
}
