import * as assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { main } from "../../preflight/cli/main";
import { childEnvironment } from "../support/child-environment";
import { evaluated } from "../support/evaluated";
import { type Example, planted } from "../unit/preflight/doctor/examples";

const ROOT = resolve(__dirname, "../..");

/** Where the program declares its database. */
const FILE = "src/database.ts";
const SOURCE = { line: 7, column: 3 };

describe("npm run doctor", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "doctor-")));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(folder, "Pulumi.test.yaml"), "config: {}\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the command line on a stack with a fault, and catches what it writes. */
  async function doctor(plant: Example["plant"], ...options: string[]) {
    const { registrations: made } = await planted({ plant });
    const registrations = made.map((one) => {
      const isDatabase = one.name === "orders-instance";
      return { ...one, source: isDatabase ? { ...SOURCE, file: join(folder, FILE) } : undefined };
    });
    const asked: string[] = [];
    const written = { stdout: "", stderr: "" };
    const restore = (["stdout", "stderr"] as const).map((stream) => {
      const write = process[stream].write.bind(process[stream]);
      process[stream].write = (text) => {
        written[stream] += String(text);
        return true;
      };
      return () => void (process[stream].write = write);
    });
    try {
      const evaluate = (_folder: string, stack: string) => {
        asked.push(stack);
        return Promise.resolve(evaluated({ registrations, stack }));
      };
      const launch = { evaluate };
      const code = await main(["doctor", "--program", folder, ...options], launch);
      return { code, asked, ...written };
    } finally {
      for (const each of restore) each();
    }
  }

  const healthy = () => undefined;
  const isPublic: Example["plant"] = (draft) =>
    draft.set("orders-instance", ["publiclyAccessible"], true);
  const noSnapshot: Example["plant"] = (draft) =>
    draft.set("orders-instance", ["skipFinalSnapshot"], true);

  it("fails on errors, and on warnings where it is asked to", async () => {
    const found: number[][] = [];
    for (const plant of [healthy, noSnapshot, isPublic]) {
      const lenient = await doctor(plant);
      const strict = await doctor(plant, "--fail-on", "warning");
      found.push([lenient.code, strict.code]);
    }
    assert.deepEqual(found, [
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it("reports for people", async () => {
    const { stdout } = await doctor(isPublic);
    assert.match(stdout, /^Diagnosis of stack test {2}project shop\n\nWho can read it\n/);
    assert.match(stdout, /\n {2}error {2}the database orders-instance has a public address/);
  });

  it("reports JSON with findings and readers", async () => {
    const { stdout } = await doctor(isPublic, "--format", "json");
    const { version, project, stack, findings, readers } = JSON.parse(stdout);
    assert.deepEqual([version, project, stack], [2, "shop", "test"]);
    assert.deepEqual(
      findings.map(({ id }: { id: string }) => id),
      ["database-public", "master-user-in-app"],
    );
    assert.deepEqual(
      findings.map(({ source }: { source?: object }) => source),
      [{ file: FILE, ...SOURCE }, undefined],
    );
    assert.equal(readers[0].exclusive, true);
  });

  it("reports for pull requests, on the program's lines, or else on its project file", async () => {
    const from = relative(process.cwd(), folder);
    const { stdout } = await doctor(isPublic, "--format", "github");
    const [known = "", unknown = ""] = stdout.split("\n");
    assert.ok(known.startsWith(`::error file=${from}/${FILE},line=7,col=3,title=`), known);
    assert.ok(unknown.startsWith(`::notice file=${from}/Pulumi.yaml,line=1,title=`), unknown);
    const sarif = JSON.parse((await doctor(isPublic, "--format", "sarif")).stdout);
    const [location] = sarif.runs[0].results[0].locations;
    assert.deepEqual(location.physicalLocation, {
      artifactLocation: { uri: `${from}/${FILE}` },
      region: { startLine: 7, startColumn: 3 },
    });
  });

  it("writes a file where it is told to", async () => {
    const out = join(folder, "doctor.json");
    const { stdout, stderr } = await doctor(healthy, "--format", "json", "--out", out);
    assert.deepEqual([stdout, stderr], ["", `wrote ${out}\n`]);
    assert.equal(JSON.parse(readFileSync(out, "utf8")).stack, "test");
    const nowhere = await doctor(healthy, "--out", join(folder, "no/such/file"));
    assert.deepEqual([nowhere.code, nowhere.asked], [2, []]);
  });

  it("takes the stack that is asked for, the only one, or dev", async () => {
    assert.deepEqual((await doctor(healthy)).asked, ["test"]);
    assert.deepEqual((await doctor(healthy, "--stack", "prod")).asked, ["prod"]);
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config: {}\n");
    const unclear = await doctor(healthy);
    assert.deepEqual(
      [unclear.code, unclear.asked, unclear.stderr],
      [2, [], "error: which stack? Name one with --stack: prod, test\n"],
    );
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}\n");
    assert.deepEqual((await doctor(healthy)).asked, ["dev"]);
  });

  it("explains itself: options, examples and exit codes", async () => {
    const { code, asked, stdout, stderr } = await doctor(healthy, "--help");
    assert.deepEqual({ code, asked, stderr }, { code: 0, asked: [], stderr: "" });
    const mentioned = ["--program", "--stack", "--format", "--out", "--fail-on", "--help"];
    const missing = [...mentioned, "Examples:", "Exit codes:", "docs/findings.md"].filter(
      (word) => !stdout.includes(word),
    );
    assert.deepEqual(missing, []);
  });

  const misused: readonly [options: readonly string[], why: RegExp][] = [
    [["--format", "xml"], /Allowed choices are text, json, html, sarif, github/],
    [["--fail-on", "note"], /Allowed choices are error, warning/],
    [["--formt", "json"], /^error: unknown option '--formt'\n\(Did you mean --format\?\)\n$/],
    [["--out"], /^error: option '-o, --out <file>' argument missing\n$/],
    [
      ["prod"],
      /^error: too many arguments for 'doctor'\. Expected 0 arguments but got 1: prod\.\n$/,
    ],
    [
      ["--program", "/no/such/folder"],
      /^error: cannot read the folder \/no\/such\/folder: ENOENT\n$/,
    ],
  ];
  for (const [options, why] of misused) {
    it(`says what is wrong with ${options.join(" ")}, and diagnoses nothing`, async () => {
      const { code, asked, stdout, stderr } = await doctor(healthy, ...options);
      assert.deepEqual([code, asked, stdout], [2, [], ""]);
      assert.match(stderr, why);
    });
  }

  it("diagnoses a program in a process of its own", function () {
    this.timeout(60_000);
    const script = join(ROOT, "preflight/cli/main.cjs");
    const options = ["--program", join(ROOT, "examples/hand-written"), "--format", "json"];
    const run = () =>
      execFileSync(process.execPath, [script, "doctor", ...options], {
        encoding: "utf8",
        env: childEnvironment(),
      });
    assert.throws(run, ({ status, stdout }: { status: number; stdout: string }) => {
      assert.equal(status, 1);
      assert.equal(JSON.parse(stdout).findings.length, 14);
      return true;
    });
  });

  it("runs the program where its project file says, with imports as ES modules write them", function () {
    this.timeout(60_000);
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: program/\n");
    writeFileSync(join(folder, "program/index.ts"), 'import "./fault.js";\nimport "./none.js";\n');
    writeFileSync(join(folder, "program/fault.ts"), "export const fault: string = 'x';\n");
    const script = join(ROOT, "preflight/cli/main.cjs");
    const run = () =>
      spawnSync(process.execPath, [script, "doctor", "--program", folder], {
        encoding: "utf8",
        env: childEnvironment(),
      });
    const missing = run();
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /^error: Cannot find module '\.\/none\.js'/);
    writeFileSync(
      join(folder, "program/index.ts"),
      'import { fault } from "./fault.js";\n\nthrow new Error(`found ${fault}`);\n',
    );
    const failed = run();
    assert.deepEqual(
      [failed.status, failed.stdout, failed.stderr.split("\n").slice(0, 2)],
      [2, "", ["error: found x", "    at Object.<anonymous> (program/index.ts:3:7)"]],
    );
  });

  const unfinished: readonly [what: string, program: string, why: string][] = [
    [
      "waits for ever",
      "export = () => new Promise(() => undefined);",
      "the program never finished: it waits for ever",
    ],
    ["ends the process", "process.exit(0);", "the program never finished: it ended the process"],
  ];
  for (const [what, program, why] of unfinished) {
    it(`does not take a program for healthy that ${what}`, function () {
      this.timeout(60_000);
      writeFileSync(join(folder, "index.ts"), program);
      const script = join(ROOT, "preflight/cli/main.cjs");
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [script, "doctor", "--program", folder],
        { encoding: "utf8", env: childEnvironment() },
      );
      assert.deepEqual([status, stdout, stderr], [2, "", `error: ${why}\n`]);
    });
  }

  it("has everybody use the SDK of the program, and their own packages otherwise", () => {
    const sdk = join(folder, "node_modules/@pulumi/pulumi");
    const library = join(folder, "node_modules/google-protobuf");
    for (const place of [sdk, library]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "package.json"), "{}");
      writeFileSync(join(place, "index.js"), "");
    }
    const script = `
      require("./preflight/simulation/program/launch/sdk-of.cjs").useSdkOf(process.argv[1]);
      const { createRequire } = require("node:module");
      const from = (file) => createRequire(require("node:path").resolve(file));
      const own = from("preflight/simulation/mocks/run.ts");
      const other = from("node_modules/@pulumi/aws/index.js");
      console.log(JSON.stringify([
        own.resolve("@pulumi/pulumi"), own.resolve("google-protobuf"), own.resolve("yaml"),
        other.resolve("@pulumi/pulumi"),
      ]));`;
    const printed = execFileSync(process.execPath, ["-e", script, folder], {
      cwd: ROOT,
      encoding: "utf8",
      env: childEnvironment(),
    });
    const [ownSdk, ownLibrary, yaml, otherSdk] = JSON.parse(printed) as [
      string,
      string,
      string,
      string,
    ];
    // Two SDKs in one process do not know of each other: whoever asks gets the program's.
    for (const file of [ownSdk, otherSdk]) assert.equal(file, join(sdk, "index.js"));
    assert.equal(ownLibrary, join(library, "index.js"));
    // Node.js says where a file is in the end, also where node_modules is a link.
    const installed = realpathSync(join(ROOT, "node_modules"));
    assert.ok(yaml.startsWith(installed), `${yaml} not in ${installed}`);
  });
});
