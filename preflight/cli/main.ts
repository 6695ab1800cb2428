import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { CommanderError } from "commander";
import type * as recorded from "../delivery/recorded/check";
import { say } from "./console";
import { runDoctor } from "./doctor";
import { failureText, MACHINERY } from "./failure";
import type { Launch } from "./launch";
import { failIfNeverSettled } from "./never-settled";
import { runPlan } from "./plan";
import { commandLine } from "./usage";

/** Wrong usage, wrong configuration, or an error in the program. */
const NO_REPORT = 2;

/** Runs the command line and returns its exit code. */
export async function main(argv: readonly string[], launch: Launch): Promise<number> {
  const finished = failIfNeverSettled(NO_REPORT);
  let code = NO_REPORT;
  let folder = process.cwd();
  const commands = commandLine({
    plan: async (options) => {
      folder = realPath(options.cwd);
      code = await runPlan(options, launch);
    },
    doctor: async (options) => {
      folder = realPath(options.program);
      code = await runDoctor(options, launch);
    },
    deliveryCheck: (file) => {
      const { main: check } = require("../delivery/recorded/check") as typeof recorded;
      code = check(file);
    },
  });
  try {
    await commands.parseAsync(argv, { from: "user" });
    return code;
  } catch (thrown) {
    // Commander has already said what there is to say.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : NO_REPORT;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    say(`error: ${failureText(error, folder, MACHINERY)}`);
    return NO_REPORT;
  } finally {
    finished();
  }
}

/** Where Node.js says that modules of the folder are; links are followed. */
function realPath(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) ? realpathSync(path) : path;
}
