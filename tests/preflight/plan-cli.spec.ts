import * as assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT, RAW, runPlan, withFolder, withStack } from "./support/run-plan";

/** A run that made no plan, and says why. */
const refused = (stderr: string) => ({ code: 2, stdout: "", stderr });

describe("the command line of the plan", function () {
  this.timeout(120_000);

  it("explains itself: options, examples and exit codes", () => {
    const { code, stdout, stderr } = runPlan(["--help"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const mentioned = [
      "--stack",
      "--format",
      "--out",
      "--fail-on",
      "--manifests",
      "--iam",
      "--cwd",
      "--help",
    ];
    const missing = [...mentioned, "Examples:", "Exit codes:", "NO_COLOR"].filter(
      (word) => !stdout.includes(word),
    );
    assert.deepEqual(missing, []);
  });

  it("names the command that was typed", () => {
    const usage = (script?: string) => {
      const { stdout } = runPlan(["--help"], [], { npm_lifecycle_event: script });
      return stdout
        .split("\n")
        .filter((line) => /^Usage|--manifests {2,}with|--format json \|/.test(line));
    };
    assert.deepEqual(usage("plan"), [
      "Usage: npm run plan -- [options]",
      "  npm run plan -- --stack prod --manifests               with its Kubernetes manifests",
      "  npm run -s plan -- --format json | jq '.apps[].files'  for programs; -s keeps npm quiet",
    ]);
    assert.deepEqual(usage("test"), [
      "Usage: node preflight/cli/main.cjs plan [options]",
      "  node preflight/cli/main.cjs plan --stack prod --manifests            with its Kubernetes manifests",
      "  node preflight/cli/main.cjs plan --format json | jq '.apps[].files'  for programs",
    ]);
  });

  it("plans the dev stack of this folder where it is told nothing", () => {
    const { code, stdout, stderr } = runPlan([]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.equal(stdout.split("\n")[0], "Plan of stack dev  project eks-db-secrets");
  });

  it("ends with 1 where a finding is an error, and still prints the plan", () => {
    const { code, stdout } = runPlan(["--cwd", RAW, "--stack", "refused", "--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: { id: string; severity: string }[] };
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error").map(({ id }) => id),
      ["key-missing"],
    );
    assert.equal(code, 1);
  });

  describe("refuses with exit code 2, a reason and nothing on standard output", () => {
    const cases: readonly [name: string, args: readonly string[], stderr: string][] = [
      [
        "an unknown option, and names the nearest",
        ["--frmat", "json"],
        "error: unknown option '--frmat'\n(Did you mean --format?)\n",
      ],
      [
        "an option without its value",
        ["--stack"],
        "error: option '-s, --stack <name>' argument missing\n",
      ],
      [
        "an argument that is no option",
        ["prod"],
        "error: too many arguments for 'plan'. Expected 0 arguments but got 1: prod.\n",
      ],
      [
        "manifests in JSON",
        ["--format", "json", "--manifests"],
        "error: option '--manifests' adds to the text report; leave out '--format json'\n",
      ],
      [
        "a folder that is not there",
        ["--cwd", "/no/such/folder"],
        "error: cannot enter the folder /no/such/folder\n",
      ],
      [
        "an output folder that is not there",
        ["--cwd", RAW, "--out", "/no/such/folder/plan.txt"],
        "error: cannot write /no/such/folder/plan.txt: there is no folder /no/such/folder\n",
      ],
      [
        "an output file that is a folder",
        ["--cwd", RAW, "--out", PROJECT],
        `error: cannot write ${PROJECT}: it is a folder\n`,
      ],
      [
        "an unknown stack, and lists the existing ones",
        ["--cwd", RAW, "--stack", "production"],
        `error: no stack 'production' in ${RAW}; there are: dev, failing, refused, waiting\n`,
      ],
      [
        "a program that waits for ever",
        ["--cwd", RAW, "--stack", "waiting"],
        "error: the program never finished: it waits for ever\n",
      ],
      [
        "a program with a bug, and shows the lines of its TypeScript",
        ["--cwd", RAW, "--stack", "failing"],
        [
          "error: TypeError: Cannot destructure property 'name' of 'settings.first' as it is undefined.",
          "    at refuse (refuse.ts:8:11)",
          "    at Object.<anonymous> (index.ts:12:41)",
          "",
        ].join("\n"),
      ],
    ];
    for (const [name, args, stderr] of cases) {
      it(name, () => assert.deepEqual(runPlan(args), refused(stderr)));
    }

    it("a program that ends the process", () => {
      withFolder((folder) => {
        writeFileSync(join(folder, "Pulumi.yaml"), "name: any\nruntime: nodejs\n");
        writeFileSync(join(folder, "index.js"), "process.exit(0);\n");
        assert.deepEqual(
          runPlan(["--cwd", folder]),
          refused("error: the program never finished: it ended the process\n"),
        );
      });
    });

    it("an unknown format, and lists the known ones", () => {
      const { code, stdout, stderr } = runPlan(["--format", "xml"]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(stderr, /'xml' is invalid\. Allowed choices are text, json/);
    });

    it("a stack file that is no YAML, and names the line", () => {
      const settings = "config:\n  aws:region: [eu-central-1\n";
      assert.deepEqual(
        withStack(settings, (folder) => runPlan(["--cwd", folder])),
        refused(
          "error: Pulumi.dev.yaml, line 3: Flow sequence in block collection must be sufficiently indented and end with a ]\n",
        ),
      );
    });

    it("a stack file that cannot be read", () => {
      withFolder((folder) => {
        writeFileSync(join(folder, "Pulumi.yaml"), "name: any\nruntime: nodejs\n");
        writeFileSync(join(folder, "index.ts"), "");
        mkdirSync(join(folder, "Pulumi.dev.yaml"));
        assert.deepEqual(
          runPlan(["--cwd", folder]),
          refused(`error: cannot read ${join(folder, "Pulumi.dev.yaml")}: EISDIR\n`),
        );
      });
    });

    it("a folder without a project", () => {
      withFolder((folder) => {
        assert.deepEqual(
          runPlan(["--cwd", folder]),
          refused(`error: cannot read ${join(folder, "Pulumi.yaml")}: ENOENT\n`),
        );
      });
    });

    it("a configuration with mistakes, all at once and without a stack trace", () => {
      const settings = [
        "config:",
        "  aws:region: eu-central-1",
        "  eks-db-secrets:netwrk: {}",
        "  eks-db-secrets:apps: []",
      ].join("\n");
      const { code, stdout, stderr } = withStack(settings, (folder) => runPlan(["--cwd", folder]));
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      for (const key of ["netwrk", "network", "cluster", "apps"]) {
        assert.match(stderr, new RegExp(`eks-db-secrets:${key}\\b`));
      }
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  });

  describe("with --out", () => {
    it("writes what it would print, and prints nothing", () => {
      withFolder((folder) => {
        const file = join(folder, "plan.json");
        const args = ["--cwd", RAW, "--format", "json"];
        assert.deepEqual(runPlan([...args, "--out", file]), {
          code: 0,
          stdout: "",
          stderr: `warning: the fixture warns\nwrote ${file}\n`,
        });
        assert.equal(readFileSync(file, "utf8"), runPlan(args).stdout);
        assert.deepEqual(readdirSync(folder), ["plan.json"]);
      });
    });

    it("leaves the folder as it is when there is no plan", () => {
      withFolder((folder) => {
        const file = join(folder, "plan.txt");
        writeFileSync(file, "the plan before");
        assert.equal(runPlan(["--cwd", RAW, "--stack", "failing", "--out", file]).code, 2);
        assert.deepEqual(readdirSync(folder), ["plan.txt"]);
        assert.equal(readFileSync(file, "utf8"), "the plan before");
      });
    });
  });

  it("plans a project that it reaches by a symbolic link, and shows its lines there", () => {
    withFolder((folder) => {
      const link = join(folder, "linked");
      symlinkSync(RAW, link);
      const { code, stderr } = runPlan(["--cwd", link, "--stack", "failing"]);
      assert.equal(code, 2);
      assert.match(stderr, /at refuse \(refuse\.ts:8:11\)/);
    });
  });
});
