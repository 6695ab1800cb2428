import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eachInFolder } from "../../support/folder";

const TYPESCRIPT = ["-r", path.resolve(__dirname, "../../support/typescript.cjs")];

/** Stands in for the CLI: writes down each signal, and ends two seconds and a half after the first. */
const CLI = `#!${process.execPath}
const end = () => setTimeout(() => process.exit(1), 2500);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {
  require("node:fs").appendFileSync(__filename + ".signals", signal + " ");
  end();
});
setTimeout(() => process.exit(1), 10_000);
console.log("at work");
`;

/** Runs the CLI at `process.argv[1]` as a command does that has a terminal, and ends as it does. */
const COMMAND = `
  const { displayed } = require("./local/commands/display");
  const { interruptedCode, listenForSignals } = require("./local/commands/interruption");
  const { onTerminal } = require("./local/engine/terminal");
  listenForSignals();
  const cli = onTerminal({ command: process.argv[1] });
  displayed(({ signal }) => cli.run(["up"], ".", process.env, undefined, undefined, signal))
    .catch(() => process.exit(interruptedCode()));
`;

/** A command whose work does not end by itself, whatever signal it has taken. */
const ENDLESS = `
  const { withGracefulShutdown, listenForSignals } = require("./local/commands/interruption");
  listenForSignals();
  setTimeout(() => process.exit(1), 10_000);
  void withGracefulShutdown(() => console.log("taken"), () => new Promise(() => console.log("at work")));
`;

/** A command that lends the terminal to a program that does not end by itself. */
const LENDING = `
  const { spawn } = require("node:child_process");
  const { handOverTerminal, listenForSignals } = require("./local/commands/interruption");
  listenForSignals();
  const program = spawn("sleep", ["10"]);
  program.once("spawn", () => console.log("at work"));
  void handOverTerminal(program).then((code) => { process.exitCode = code; });
`;

/** Runs a program and, once it is at work, `use`; returns its exit code. */
async function running(
  command: string,
  args: readonly string[],
  use: (child: ReturnType<typeof start>) => Promise<void> | void,
): Promise<number | null> {
  const child = start(command, args);
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  await use(child);
  const [code] = (await exited) as [number | null];
  return code;
}

const start = (command: string, args: readonly string[]) =>
  spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });

describe("a command that gets a signal", () => {
  it("ends at once at the second, but not at what npm passes on of the first", async () => {
    const args = [...TYPESCRIPT, "-e", ENDLESS];
    let began = 0;
    const code = await running(process.execPath, args, async (child) => {
      child.kill("SIGTERM");
      await once(child.stdout, "data");
      child.kill("SIGTERM");
      await delay(1200);
      assert.equal(child.exitCode, null);
      began = Date.now();
      child.kill("SIGTERM");
    });
    assert.equal(code, 143);
    assert.ok(Date.now() - began < 1000);
  });

  it("forwards all signals but Ctrl-C to the program that has the terminal, and ends with its exit code", async () => {
    const args = [...TYPESCRIPT, "-e", LENDING];
    const code = await running(process.execPath, args, async (child) => {
      child.kill("SIGINT");
      await delay(100);
      assert.equal(child.exitCode, null);
      child.kill("SIGTERM");
    });
    assert.equal(code, 143);
  });
});

describe("a command on a terminal", () => {
  let folder: string;
  let cli: string;

  before(function () {
    // Other systems have a `script` that takes other arguments.
    if (process.platform !== "linux") this.skip();
  });

  eachInFolder((made) => {
    folder = made;
    cli = path.join(folder, "cli");
    fs.writeFileSync(cli, CLI, { mode: 0o755 });
    fs.writeFileSync(path.join(folder, "command"), COMMAND);
  });

  const signals = () => fs.readFileSync(`${cli}.signals`, "utf8");

  /** Runs the command on a terminal of its own, and says which signals the CLI had of it. */
  async function onTerminal(
    use: (child: ReturnType<typeof start>) => Promise<void> | void,
  ): Promise<[number | null, string]> {
    const command = [process.execPath, ...TYPESCRIPT, "-e", `"$(cat ${folder}/command)"`, cli];
    const args = ["-qec", `echo $$ > ${folder}/pid; exec ${command.join(" ")}`, "/dev/null"];
    const code = await running("script", args, use);
    return [code, signals()];
  }

  it("leaves Ctrl-C to the terminal: the CLI receives it once, and shuts down gracefully", async () => {
    const ended = await onTerminal(({ stdin }) => void stdin.write("\x03"));
    assert.deepEqual(ended, [130, "SIGINT "]);
  });

  it("forwards what kill sends, which the CLI does not receive itself", async () => {
    const ended = await onTerminal(
      () => void process.kill(Number(fs.readFileSync(path.join(folder, "pid"), "utf8")), "SIGTERM"),
    );
    assert.deepEqual(ended, [143, "SIGINT "]);
  });
});
