import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { exitCodeOf } from "../../../local/commands/interruption";
import { volumesFolder } from "../../../local/kubelet/mount";
import { PROJECT } from "../../../local/engine/project";

/** How the commands show the connection of an app. */
export const CONNECTED = /connection {2}TLSv1\.3, PostgreSQL \d+/;

/** What the commands read of this repository. */
const NEEDED = [
  "components",
  "functions",
  "index.ts",
  "launch",
  "local",
  "package.json",
  "preflight",
  "Pulumi.local.yaml",
  "Pulumi.local-many.yaml",
  "Pulumi.local-rotation.yaml",
  "Pulumi.yaml",
  "stack",
  "tsconfig.json",
];

/** What a command printed, and how it ended. */
export interface Ended {
  /** As a shell says it: 128 and the signal's number for what a signal ended. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command at work. */
export interface Running {
  /** Resolves when what it printed so far matches. Rejects when it ends before. */
  readonly says: (pattern: RegExp) => Promise<void>;
  /** Sends a signal to the command and all it started, as a terminal does. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Sends a signal to the command alone, as `kill` does: neither to npm nor to what it started. */
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

/** A copy of this repository to work in, as a user who has just installed it. */
export interface Checkout {
  readonly folder: string;
  /** Starts a script of package.json, e.g. `local:up`. */
  readonly start: (script: string, ...args: readonly string[]) => Running;
  readonly run: (script: string, ...args: readonly string[]) => Promise<Ended>;
  /** What is left of its stacks on this machine: processes, folders, files in memory. */
  readonly leftovers: () => readonly string[];
}

/** Runs `use` in a new checkout, and leaves nothing of it. */
export async function inCheckout(use: (checkout: Checkout) => Promise<void>): Promise<void> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "checkout-")));
  for (const name of NEEDED) {
    fs.cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
  }
  fs.symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
  const start = (script: string, ...args: readonly string[]) =>
    running(
      spawn("npm", ["run", "--silent", script, "--", ...args], {
        cwd: folder,
        // A group of its own, which a signal reaches as a whole.
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  const run: Checkout["run"] = (...command) => start(...command).ended;
  try {
    await use({ folder, start, run, leftovers: () => leftoversOf(folder) });
  } finally {
    for (const stack of stacksIn(folder)) await run("local:down", "--stack", stack, "--force");
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function running(child: ChildProcess): Running {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the command has no pipes");
  let printed = "";
  const exited = (once(child, "exit") as Promise<[number | null, NodeJS.Signals]>).then(
    ([code, signal]) => code ?? exitCodeOf(signal),
  );
  const ended = Promise.all([exited, text(stdout), text(stderr)]).then(([code, out, errors]) => ({
    code,
    stdout: out,
    stderr: errors,
  }));
  const says = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (chunk: Buffer): void => {
        printed += chunk.toString();
        if (pattern.test(printed)) resolve();
      };
      stdout.on("data", look);
      stderr.on("data", look);
      void exited.then(() => reject(new Error(`it ended without ${pattern}: ${printed}`)));
    });
  return {
    says,
    signal: (signal) => void process.kill(-(child.pid ?? NaN), signal),
    kill: (signal) => void process.kill(commandIn(child.pid ?? NaN), signal),
    ended,
  };
}

const stacksIn = (folder: string): readonly string[] => {
  const local = path.join(folder, ".local");
  return fs.existsSync(local) ? fs.readdirSync(local) : [];
};

function leftoversOf(folder: string): readonly string[] {
  const volumes = ["local", "local-many", "local-rotation"]
    .map((stack) => volumesFolder(path.join(folder, ".local", stack)))
    .filter((volume) => fs.existsSync(volume));
  const stacks = fs.existsSync(path.join(folder, ".local")) ? [".local"] : [];
  return [...stacks, ...volumes, ...processesOf(folder)];
}

/** Processes that work in a folder, or were started with it. */
function processesOf(folder: string): readonly string[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " "))
    .filter((command) => command.includes(folder));
}

/** The process of a group that is the command itself. */
function commandIn(group: number): number {
  const found = fs
    .readdirSync("/proc")
    .filter((pid) => read(`/proc/${pid}/cmdline`).startsWith("node\0local/main.cjs\0"))
    // The group is the third field after the name of the program.
    .find((pid) => read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[2] === String(group));
  return Number(found);
}

/** A file of a process that may be gone by now. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
