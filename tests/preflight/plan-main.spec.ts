import * as assert from "node:assert/strict";
import { main } from "../../preflight/cli/main";
import type { EvaluatedProgram } from "../../preflight/simulation/program/evaluate-program";
import { evaluated } from "../support/evaluated";
import { type Example, planted } from "../unit/preflight/doctor/examples";

/** Runs the command line in this process, and returns what it wrote. */
async function run(
  args: readonly string[],
  evaluate: (folder: string, stack: string) => EvaluatedProgram = () => evaluated(),
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
    const code = await main(["plan", ...args], {
      evaluate: (where, stack) => Promise.resolve().then(() => evaluate(where, stack)),
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
      return evaluated();
    });
    assert.deepEqual(asked, [["/", "prod"]]);
  });

  it("fails for findings of severity error only, or for warnings where it is told to", async () => {
    const healthy: Example["plant"] = () => undefined;
    const noSnapshot: Example["plant"] = (draft) =>
      draft.set("orders-instance", ["skipFinalSnapshot"], true);
    const isPublic: Example["plant"] = (draft) =>
      draft.set("orders-instance", ["publiclyAccessible"], true);
    const codes: number[][] = [];
    for (const plant of [healthy, noSnapshot, isPublic]) {
      const { registrations } = await planted({ plant });
      const lenient = await run([], () => evaluated({ registrations }));
      const strict = await run(["--fail-on", "warning"], () => evaluated({ registrations }));
      codes.push([lenient.code, strict.code]);
    }
    assert.deepEqual(codes, [
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it("gives the rights that a stack takes in place of its plan, and fails where some are not known", async () => {
    const { registrations } = await planted({ plant: () => undefined });
    const known = await run(["--iam"], () => evaluated({ registrations, called: [] }));
    const { version, stack, deploy, preview, refresh, unknown } = JSON.parse(known.stdout) as {
      version: number;
      stack: string;
      unknown: string[];
    } & Record<"deploy" | "preview" | "refresh", { Statement: { Action: string[] }[] }[]>;
    assert.deepEqual(
      { version, stack, preview, unknown, code: known.code, stderr: known.stderr },
      { version: 1, stack: "dev", preview: [], unknown: [], code: 0, stderr: "" },
    );
    for (const [policies, writes] of [
      [deploy, true],
      [refresh, false],
    ] as const) {
      const actions = policies.flatMap(({ Statement }) =>
        Statement.flatMap(({ Action }) => Action),
      );
      assert.equal(actions.includes("rds:CreateDBInstance"), writes);
      assert.ok(actions.includes("rds:DescribeDBInstances"));
    }
    const draft = (await planted({ plant: () => undefined })).add(
      "aws:sqs/queue:Queue",
      "jobs",
      {},
    );
    const partial = await run(["--iam"], () => evaluated({ registrations: draft.registrations }));
    assert.deepEqual(
      [partial.code, partial.stderr],
      [
        1,
        "unknown: what aws:sqs/queue:Queue jobs takes of AWS; its rights are not in the policies\n",
      ],
    );
  });

  it("refuses the form of a plan where its rights are asked for", async () => {
    for (const option of ["--format=json", "--manifests", "--fail-on=warning"]) {
      const { code, stderr } = await run(["--iam", option]);
      assert.equal(code, 2);
      assert.match(stderr, /^error: option '--iam' cannot be used with option/);
    }
  });

  it("passes on what the program logs, with its severity where it matters", async () => {
    const { stderr } = await run([], () =>
      evaluated({
        log: [
          { severity: "info", message: "said" },
          { severity: "warning", message: "warned" },
          { severity: "error", message: "complained" },
        ],
      }),
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

  it("lets neither a message nor an error be a command to a terminal or a CI runner", async () => {
    const hostile = "a\u001b[2Jb\u202ec\r\n  ::warning::d\n##[error]e";
    const shown = "a\\u001b[2Jb\\u202ec\n  \\u003a:warning::d\n\\u0023#[error]e";
    const said = await run([], () => evaluated({ log: [{ severity: "info", message: hostile }] }));
    assert.equal(said.stderr, `${shown}\n`);
    const thrown = await run([], () => {
      const error = new Error(hostile);
      error.stack = "";
      throw error;
    });
    assert.equal(thrown.stderr, `error: ${shown}\n`);
    const misused = await run(["--\u001b[2J\n::error::x"]);
    assert.match(misused.stderr, /^error: unknown option '--\\u001b\[2J\n\\u003a:error::x'\n/);
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
