import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = path.resolve(__dirname, "../..");
const SCRIPT = "scripts/build-functions.cjs";
const BUNDLE = "rotation-function/index.mjs";
/** pg and what it needs. */
const BUNDLED = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/;

describe("the bundle of the rotation function", () => {
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-"));
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  const run = (cwd: string, ...args: readonly string[]) => {
    const ran = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
    assert.equal(ran.status, 0, ran.stderr);
    return ran;
  };

  const built = (root: string, name: string, cwd = root): string => {
    const out = path.join(folder, name);
    run(cwd, path.join(root, SCRIPT), out);
    return fs.readFileSync(path.join(out, BUNDLE), "utf8");
  };

  /** A copy of what the bundle is made of, elsewhere. */
  function copied(): string {
    const copy = path.join(folder, "a copy of the project");
    for (const part of ["functions", SCRIPT, "package.json"]) {
      fs.cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
    }
    for (const name of fs.readdirSync(path.join(ROOT, "node_modules"))) {
      const part = path.join("node_modules", name);
      if (BUNDLED.test(name)) {
        fs.cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
      }
    }
    return copy;
  }

  /** The program needs it too, so it is there without development dependencies. */
  function withEsbuild(copy: string): void {
    fs.mkdirSync(path.join(copy, "node_modules"), { recursive: true });
    const esbuild = "node_modules/esbuild";
    fs.symlinkSync(path.join(ROOT, esbuild), path.join(copy, esbuild), "junction");
  }

  it("has the same bytes each time, from any folder and in any", () => {
    const first = built(ROOT, "one");
    assert.ok(first === built(ROOT, "two", folder), "differs from another working folder");
    const copy = copied();
    withEsbuild(copy);
    assert.ok(first === built(copy, "three"), "differs in another project folder");
    assert.ok(!first.includes(ROOT), "names a folder of this machine");
  });

  it("asks the runtime for the AWS SDK and Node.js alone", () => {
    const asked = built(ROOT, "four").matchAll(
      /^(?:import .*|\} )from "([^"]+)";|__require\("([^"]+)"\)/gm,
    );
    const names = new Set([...asked].map(([, imported, required]) => imported ?? required));
    const foreign = [...names].filter((name = "") => !process.getBuiltinModule(name));
    assert.deepEqual(foreign.sort(), ["@aws-sdk/client-secrets-manager", "pg-native"]);
  });

  it("runs as an ES module", () => {
    const bundle = path.join(folder, "run", BUNDLE);
    built(ROOT, "run");
    fs.symlinkSync(
      path.join(ROOT, "node_modules"),
      path.join(folder, "run/node_modules"),
      "junction",
    );
    const program = `import(${JSON.stringify(pathToFileURL(bundle).href)})
      .then(({ handler }) => handler({ action: "report" }))
      .catch(({ name, message }) => console.log(name, message))`;
    assert.match(
      run(folder, "-e", program).stdout,
      /^RotationError the variable ROTATION_SETTINGS is missing/,
    );
  });

  it("is left out, with a note, where development dependencies are missing", () => {
    const copy = path.join(folder, "without");
    fs.cpSync(path.join(ROOT, SCRIPT), path.join(copy, SCRIPT));
    withEsbuild(copy);
    const { stderr } = run(copy, SCRIPT);
    assert.match(stderr, /^note: the rotation function is not built/);
    assert.ok(!fs.existsSync(path.join(copy, "components")));
  });
});
