import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { childEnvironment } from "../support/child-environment";
import { PROJECT, withFolder } from "./support/run-plan";

/** Evaluates the program in a folder, and prints where each resource is declared. */
const SCRIPT = `
  const launch = "./launch/";
  const typescript = require(launch + "typescript.cjs");
  const { sendCallsites } = require("./preflight/simulation/program/launch/callsites.cjs");
  typescript.register(require(launch + "cache.cjs").TRANSLATED);
  if (process.argv[2] === "mapped") typescript.mapStackTraces();
  sendCallsites(require);
  Error.stackTraceLimit = 0;
  require("./preflight/simulation/program/evaluate-program")
    .evaluateProgram(process.argv[1], "dev", { unknown: "echo" })
    .then(({ registrations }) => console.log(JSON.stringify(
      Object.fromEntries(registrations.map(({ name, source }) => [name, source ?? null])))));
`;

const PACKAGE = `
  const pulumi = require("@pulumi/pulumi");
  const random = require("@pulumi/random");
  exports.Pair = class Pair extends pulumi.ComponentResource {
    constructor(name) {
      super("kit:index:Pair", name);
      new random.RandomId(name + "-now", { byteLength: 1 }, { parent: this });
      pulumi.output(1).apply((byteLength) => {
        new random.RandomId(name + "-late", { byteLength }, { parent: this });
      });
    }
  };
  pulumi.output(1).apply((byteLength) => new random.RandomId("nobodys", { byteLength }));
`;

const PROGRAM = `import * as random from "@pulumi/random";
import { Pair } from "kit";

interface Shape {
  readonly bytes: number;
}

const shape: Shape = { bytes: 4 };
new random.RandomId("plain", { byteLength: shape.bytes });
export const pair =
  new Pair("pair");

function deep(levels: number): void {
  if (levels > 0) return deep(levels - 1);
  new random.RandomId("deep", { byteLength: 1 });
}
deep(40);
`;

/** Where each resource of a program is declared: the program as files, with packages of its own. */
function declared(files: Readonly<Record<string, string>>, ...options: readonly string[]): unknown {
  return withFolder((made) => {
    const folder = realpathSync(made);
    mkdirSync(join(folder, "node_modules/kit"), { recursive: true });
    symlinkSync(join(PROJECT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
    writeFileSync(join(folder, "node_modules/kit/index.js"), PACKAGE);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const printed = execFileSync(process.execPath, ["-e", SCRIPT, folder, ...options], {
      ...{ cwd: PROJECT, encoding: "utf8", env: childEnvironment() },
    });
    return JSON.parse(printed.replaceAll(`${folder}/`, ""));
  });
}

describe("where resources are declared", function () {
  this.timeout(60_000);

  const project = "name: any\nruntime: nodejs\n";

  it("is told as it was written, for what packages make at the line that uses them", () => {
    const file = "index.ts";
    const pair = { file, line: 11, column: 3 };
    assert.deepEqual(declared({ "Pulumi.yaml": project, [file]: PROGRAM }), {
      plain: { file, line: 9, column: 1 },
      pair,
      "pair-now": pair,
      "pair-late": pair,
      deep: { file, line: 15, column: 3 },
      nobodys: null,
    });
  });

  it("is told for a program that was compiled before, where source maps are read", () => {
    const source =
      'import { RandomId } from "@pulumi/random";\n\nnew RandomId("a", { byteLength: 1 });\n';
    const { code, map } = transformSync(source, {
      ...{ loader: "ts", format: "cjs", sourcemap: "external", sourcefile: "../src/index.ts" },
    });
    const files = {
      "Pulumi.yaml": `${project}main: bin/\n`,
      "bin/index.js": `${code}//# sourceMappingURL=index.js.map\n`,
      "bin/index.js.map": map,
    };
    const line = code.split("\n").findIndex((text) => text.startsWith("new ")) + 1;
    const compiled = declared(files) as { a: object };
    assert.deepEqual(compiled.a, { file: "bin/index.js", line, column: 1 });
    assert.deepEqual(declared(files, "mapped"), {
      a: { file: "src/index.ts", line: 3, column: 1 },
    });
  });
});
