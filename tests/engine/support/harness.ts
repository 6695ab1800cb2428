import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { EngineEvent, PulumiCommand } from "@pulumi/pulumi/automation";
import { findCli } from "../../../local/engine/cli";
import { type Engine, openEngine, type StackFile } from "../../../local/engine/engine";
import type { Reactions } from "../../../local/server/reactions";

export const PROJECT = "eks-db-secrets";
export const STACK = "test";

const DEFAULTS: StackFile = { config: { "aws:region": "eu-central-1" } };

export type Program = () => Record<string, unknown> | undefined;

export interface Opening {
  readonly settings?: StackFile;
  readonly reactions?: Reactions;
  /** Stands in for the CLI, e.g. to add an argument. */
  readonly cli?: PulumiCommand;
}

/** A stack in a folder of its own, which a test may open again and again, as a user would. */
export interface Sandbox {
  readonly folder: string;
  readonly open: (program: Program, opening?: Opening) => Promise<Engine>;
}

let cli: Promise<PulumiCommand> | undefined;

/** Runs the CLI itself; the Automation API's types leave this method out. */
export interface CommandLine {
  run(
    args: string[],
    folder: string,
    env: Record<string, string>,
    ...rest: unknown[]
  ): Promise<{ readonly stdout: string }>;
}

/** The one CLI of this test run. Where none can be had the tests fail: they are not skipped. */
export const theCli = (): Promise<PulumiCommand> => (cli ??= findCli());

/** Runs `use` with an empty sandbox; closes what it opened and removes the folder. */
export async function inSandbox(use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
  const opened: Engine[] = [];
  try {
    await use({
      folder,
      open: async (program, { settings = DEFAULTS, reactions, cli: standIn } = {}) => {
        const engine = await openEngine({
          cli: standIn ?? (await theCli()),
          folder,
          stack: STACK,
          project: { name: PROJECT, runtime: "nodejs" },
          settings,
          program: () => Promise.resolve(program() ?? {}),
          reactions,
        });
        opened.push(engine);
        return engine;
      },
    });
  } finally {
    for (const engine of opened) engine.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One step that the engine took, e.g. `create RandomPassword orders-password`. */
export interface Step {
  readonly operation: string;
  readonly urn: string;
}

/** Collects the steps of an operation, in the order in which they ended, without unchanged resources. */
export function stepsInto(steps: Step[]): (event: EngineEvent) => void {
  return (event) => {
    const metadata = event.resOutputsEvent?.metadata;
    if (metadata === undefined || metadata.op === "same") return;
    steps.push({ operation: metadata.op, urn: metadata.urn });
  };
}

/** Type and name of a URN, e.g. `RandomPassword orders-password`. */
export function shortName(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split(":").at(-1) ?? ""} ${name}`;
}
