import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { EngineEvent, PulumiCommand } from "@pulumi/pulumi/automation";
import { findCli } from "../../../local/engine/cli";
import { existingIn } from "../../../local/engine/existing";
import {
  type Engine,
  openEngine,
  type ProjectFile,
  type StackSettings,
  writeWorkspace,
} from "../../../local/engine/engine";
import type { CommandLine } from "../../../local/engine/terminal";
import type { LocalCloud } from "../../../local/server/local-cloud";
import type { LifecycleHooks } from "../../../local/server/lifecycle-hooks";
import { EXISTING, type Program } from "./program";

export const STACK = "test";

const PROJECT: ProjectFile = { name: "eks-db-secrets", runtime: "nodejs" };

const DEFAULTS: StackSettings = { config: { "aws:region": "eu-central-1" } };

export type { Program } from "./program";

export interface Opening {
  readonly settings?: StackSettings;
  readonly hooks?: LifecycleHooks;
  /** Stands in for the CLI, e.g. to add an argument. */
  readonly cli?: PulumiCommand;
}

/** A stack in a folder of its own, which a test may open again and again, as a user would. */
export interface Sandbox {
  readonly folder: string;
  readonly open: (program: Program, opening?: Opening) => Promise<Engine>;
  /** Gives the stack other settings from the next run on. */
  readonly configure: (settings: StackSettings) => void;
}

let cli: Promise<PulumiCommand> | undefined;

/** The one CLI of this test run. Where none can be had the tests fail: they are not skipped. */
export const theCli = (): Promise<PulumiCommand> => (cli ??= findCli());

/** The CLI, with something else in place of its own way to run. */
export async function cliThatRuns(
  through: (own: CommandLine["run"]) => CommandLine["run"],
): Promise<PulumiCommand> {
  const own = await theCli();
  const line = own as unknown as CommandLine;
  const run = through((...args) => line.run(...args));
  return Object.assign(Object.create(own) as PulumiCommand, { run });
}

/**
 * The CLI without what the Automation API asks it after each run: the outputs and the history. A test
 * of many runs that reads neither takes two thirds of the time.
 */
export const terseCli = (): Promise<PulumiCommand> =>
  cliThatRuns((own) => (args, ...rest) => {
    const answer = ANSWERS[args.slice(0, 2).join(" ")];
    return answer === undefined
      ? own(args, ...rest)
      : Promise.resolve({ stdout: answer, stderr: "" });
  });

const ANSWERS: Readonly<Record<string, string | undefined>> = {
  "stack output": "{}",
  "stack history": "[]",
};

/** Runs `use` with an empty sandbox; closes what it opened and removes the folder. */
export async function inSandbox(use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
  const opened: Engine[] = [];
  try {
    await use({
      folder,
      open: async (program, { settings = DEFAULTS, hooks, cli: standIn } = {}) => {
        const engine = await openEngine({
          cli: standIn ?? (await theCli()),
          folder,
          stack: STACK,
          project: PROJECT,
          settings,
          program: asPulumiFn(program),
          hooks,
          existing: [...EXISTING, ...existingIn(settings)],
        });
        opened.push(engine);
        return engine;
      },
      configure: (settings) => void writeWorkspace(folder, STACK, PROJECT, settings),
    });
  } finally {
    for (const engine of opened) engine.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A program as the Automation API takes it. */
export const asPulumiFn = (program: Program) => () => Promise.resolve(program() ?? {});

/** What is in a local cloud: the URNs, sorted. What was made twice is there twice. */
export const inventory = ({ store }: LocalCloud): readonly string[] =>
  store
    .all()
    .map(({ urn }) => urn)
    .sort();

/** Files of a folder that hold a secret in plain text. */
export const filesWith = (secret: string, folder: string): readonly string[] => {
  assert.ok(secret.length > 20);
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(secret));
};

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
