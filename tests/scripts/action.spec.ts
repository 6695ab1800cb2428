import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";

const ROOT = join(__dirname, "../..");
const read = (file: string): any => parse(readFileSync(join(ROOT, file), "utf8"));

const ACTION = read("action.yml");
const HOOKS = read(".pre-commit-hooks.yaml");

const described = (properties: object) => ({
  type: "object",
  additionalProperties: {
    type: "object",
    required: ["description"],
    additionalProperties: false,
    properties: { description: { type: "string", minLength: 10 }, ...properties },
  },
});

/** @see https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
const ACTION_SCHEMA = {
  type: "object",
  required: ["name", "description", "inputs", "runs"],
  additionalProperties: false,
  properties: {
    name: { type: "string" },
    description: { type: "string", maxLength: 125 },
    author: { type: "string" },
    branding: {
      type: "object",
      additionalProperties: false,
      properties: { icon: { type: "string" }, color: { enum: ["green", "blue", "gray-dark"] } },
    },
    inputs: described({ default: { type: "string" }, required: { type: "boolean" } }),
    outputs: described({ value: { type: "string" } }),
    runs: {
      type: "object",
      required: ["using", "steps"],
      additionalProperties: false,
      properties: {
        using: { const: "composite" },
        steps: {
          type: "array",
          items: {
            type: "object",
            required: ["name", "run", "shell"],
            additionalProperties: false,
            properties: {
              name: { type: "string" },
              run: { type: "string" },
              shell: { const: "bash" },
              env: { type: "object", additionalProperties: { type: "string" } },
            },
          },
        },
      },
    },
  },
};

/** @see https://pre-commit.com/#creating-new-hooks */
const HOOKS_SCHEMA = {
  type: "array",
  minItems: 1,
  items: {
    type: "object",
    required: ["id", "name", "entry", "language"],
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(
        ["id", "name", "description", "entry", "files"].map((key) => [key, { type: "string" }]),
      ),
      language: { const: "system" },
      pass_filenames: { const: false },
    },
  },
};

const errorsOf = (schema: object, value: unknown) => {
  const ajv = new Ajv({ allErrors: true });
  return ajv.validate(schema, value) ? [] : (ajv.errors ?? []);
};

interface Ran {
  readonly status: number | null;
  /** The arguments of each call of npx. */
  readonly calls: readonly (readonly string[])[];
}

/** Runs the action's step as a runner does, with `npx` that notes what it is asked for. */
function run(inputs: Readonly<Record<string, string>>, codes: readonly number[] = []): Ran {
  const folder = mkdtempSync(join(tmpdir(), "action-"));
  try {
    const log = join(folder, "log");
    const stub = `#!/bin/bash\nprintf '%s\\037' "$@" >> '${log}'; echo >> '${log}'
codes=(${codes.join(" ")}); exit "\${codes[$(($(wc -l < '${log}') - 1))]:-0}"\n`;
    writeFileSync(join(folder, "npx"), stub, { mode: 0o755 });
    const [step] = ACTION.runs.steps;
    const given: Record<string, string> = Object.fromEntries(
      Object.entries<any>(ACTION.inputs).map(([name, input]) => [name, input.default]),
    );
    Object.assign(given, inputs);
    const env = Object.fromEntries(
      Object.entries<string>(step.env).map(([name, value]) => [
        name,
        value
          .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => given[input] ?? "?")
          .replace(
            /\$\{\{ inputs\.version && .+ \}\}/,
            given.version === "" ? "" : `@${given.version}`,
          ),
      ]),
    );
    writeFileSync(log, "");
    const { status } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run],
      {
        env: { ...env, PATH: `${folder}${delimiter}${process.env.PATH}` },
      },
    );
    const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { status, calls: lines.map((line) => line.split("\u001f").slice(0, -1)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the GitHub Action", () => {
  it("has the form that GitHub reads", () => {
    assert.deepEqual(errorsOf(ACTION_SCHEMA, ACTION), []);
  });

  it("gives every input to its step, as a variable and never inside the script", () => {
    const [{ env, run: script }] = ACTION.runs.steps;
    const used = Object.values<string>(env).join(" ");
    for (const name of Object.keys(ACTION.inputs))
      assert.ok(used.includes(`inputs.${name} `), name);
    assert.equal(String(script).includes("${{"), false);
  });

  it("annotates the program in the working directory", () => {
    assert.deepEqual(run({}), {
      status: 0,
      calls: [
        [
          "--yes",
          "eks-db-secrets-preflight",
          "doctor",
          "--fail-on",
          "error",
          "--program",
          ".",
        ].concat("--format", "github"),
      ],
    });
  });

  it("takes a stack, a version, and names with blanks", () => {
    const { calls } = run({
      program: "my shop",
      stack: "prod",
      version: "1.2.3",
      "fail-on": "warning",
    });
    assert.deepEqual(calls, [
      [
        ...["--yes", "eks-db-secrets-preflight@1.2.3", "doctor", "--fail-on", "warning"],
        ...["--program", "my shop", "--stack", "prod", "--format", "github"],
      ],
    ]);
  });

  it("takes states, one a line", () => {
    const { calls } = run({ state: "a.json\n\nb c.json\n" });
    assert.deepEqual(calls, [
      [
        ...["--yes", "eks-db-secrets-preflight", "doctor", "--fail-on", "error"],
        ...["--state", "a.json", "b c.json", "--format", "github"],
      ],
    ]);
  });

  it("writes SARIF first, and fails by the annotations' exit code", () => {
    const { status, calls } = run({ sarif: "doctor.sarif" }, [1, 1]);
    assert.equal(status, 1);
    assert.deepEqual(
      calls.map((call) => call.slice(-4)),
      [
        ["--format", "sarif", "--out", "doctor.sarif"],
        ["--program", ".", "--format", "github"],
      ],
    );
  });

  it("stops where there is no diagnosis", () => {
    const { status, calls } = run({ sarif: "doctor.sarif" }, [2]);
    assert.deepEqual([status === 0, calls.length], [false, 1]);
  });
});

describe("the pre-commit hook", () => {
  it("has the form that pre-commit reads", () => {
    assert.deepEqual(errorsOf(HOOKS_SCHEMA, HOOKS), []);
  });

  it("looks again when the program or its settings change", () => {
    const files = new RegExp(HOOKS[0].files);
    const seen = ["Pulumi.yaml", "infra/Pulumi.dev.yaml", "index.ts", "lib/app.mjs"];
    assert.deepEqual(
      [...seen, "README.md", "Pulumi.txt"].filter((file) => files.test(file)),
      seen,
    );
  });
});
