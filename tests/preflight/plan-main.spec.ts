import * as assert from "node:assert/strict";
import { main } from "../../preflight/cli/plan-cli";
import type { Finding, Severity } from "../../preflight/doctor/findings";
import type { MadePlan } from "../../preflight/cli/make-plan";

const made = (severities: readonly Severity[] = [], log: MadePlan["log"] = []): MadePlan => ({
  plan: {
    project: "shop",
    stack: "dev",
    resources: [],
    apps: [],
    readers: [],
    findings: severities.map((severity): Finding => ({ id: "a", severity, message: "b" })),
  },
  log,
});

/** Runs the command line in this process, and returns what it wrote. */
async function run(
  args: readonly string[],
  makePlan: (folder: string, stack: string) => MadePlan = () => made(),
  terminal: { readonly isTTY?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const [folder, { exitCode, env, stdout, stderr }] = [process.cwd(), process];
  const written = { stdout: "", stderr: "" };
  const originals = {
    stdout: stdout.write.bind(stdout),
    stderr: stderr.write.bind(stderr),
    isTTY: stdout.isTTY,
  };
  stdout.write = (text: string | Uint8Array) => {
    written.stdout += String(text);
    return true;
  };
  stderr.write = (text: string | Uint8Array) => {
    written.stderr += String(text);
    return true;
  };
  stdout.isTTY = terminal.isTTY ?? false;
  process.env = { ...env, NO_COLOR: "", TERM: "xterm", ...terminal.env };
  try {
    const code = await main(args, {
      traced: true,
      makePlan: (...where) => Promise.resolve().then(() => makePlan(...where)),
    });
    return { code, ...written };
  } finally {
    stdout.write = originals.stdout;
    stderr.write = originals.stderr;
    stdout.isTTY = originals.isTTY;
    stdout.removeAllListeners("error");
    process.env = env;
    process.exitCode = exitCode;
    process.chdir(folder);
  }
}

const COLOUR = "\u001b[";

describe("running the plan's command line", () => {
  it("plans the stack it is told, in the folder it is told", async () => {
    const asked: string[][] = [];
    await run(["--cwd", "/", "--stack", "prod"], (...where) => {
      asked.push(where);
      return made();
    });
    assert.deepEqual(asked, [["/", "prod"]]);
  });

  it("fails for findings of severity error only", async () => {
    const codes: number[] = [];
    for (const found of [[], ["note"], ["warning"], ["warning", "error"]] as const) {
      codes.push((await run([], () => made(found))).code);
    }
    assert.deepEqual(codes, [0, 0, 0, 1]);
  });

  it("passes on what the program logs, with its severity where it matters", async () => {
    const { stderr } = await run([], () =>
      made(
        [],
        [
          { severity: "info", message: "said" },
          { severity: "warning", message: "warned" },
          { severity: "error", message: "complained" },
        ],
      ),
    );
    assert.equal(stderr, "said\nwarning: warned\nerror: complained\n");
  });

  it("uses colour on a terminal", async () => {
    const { stdout } = await run([], undefined, { isTTY: true });
    assert.ok(stdout.includes(COLOUR));
  });

  for (const [where, terminal] of [
    ["where NO_COLOR is set", { isTTY: true, env: { NO_COLOR: "1" } }],
    ["on a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }],
    ["in a pipe, not even in CI", { isTTY: false, env: { CI: "true" } }],
  ] as const) {
    it(`uses no colour ${where}`, async () => {
      const { stdout } = await run([], undefined, terminal);
      assert.ok(!stdout.includes(COLOUR));
    });
  }

  it("shows the message and the lines of an error in the program", async () => {
    const { code, stdout, stderr } = await run([], () => {
      throw new TypeError("no such thing");
    });
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^error: TypeError: no such thing\n {4}at .*main\.spec\.ts:\d+:\d+/);
  });

  it("shows what is thrown even if it is no error", async () => {
    const { code, stderr } = await run([], () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw "a bare text";
    });
    assert.equal(code, 2);
    assert.match(stderr, /^error: a bare text\n/);
  });
});
