import * as assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { entryPointOf } from "../../../../../preflight/simulation/program/entry-point";
import { StackFileError } from "../../../../../preflight/simulation/program/stack-file";
import { eachInFolder } from "../../../../support/folder";

describe("where a program starts", () => {
  let folder: string;
  eachInFolder((made) => (folder = made));

  /** A folder with these files, each empty unless a package.json says something. */
  function write(files: readonly (string | readonly [string, object])[]): void {
    for (const file of files) {
      const [name, content] = typeof file === "string" ? [file, {}] : file;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
  }

  type Files = Parameters<typeof write>[0];
  const cases: [what: string, files: Files, main: string | undefined, file: string, cwd: string][] =
    [
      ["its index", ["index.ts"], undefined, "index.ts", ""],
      ["compiled before TypeScript", ["index.js", "index.ts"], undefined, "index.js", ""],
      ["an index of ES modules", ["index.mts"], undefined, "index.mts", ""],
      ["a file beside the folder is another's", ["p/index.ts", "p.js"], "p", "p/index.ts", "p"],
      [
        "main of Pulumi.yaml: a folder",
        ["src/index.ts", "index.ts"],
        "src/",
        "src/index.ts",
        "src",
      ],
      [
        "main of Pulumi.yaml: a file",
        ["src/app.ts", "index.ts"],
        "src/app.ts",
        "src/app.ts",
        "src",
      ],
      ["a file without its ending", ["src/app.ts"], "src/app", "src/app.ts", "src"],
      ["a compiled file that was not made", ["src/app.ts"], "src/app.js", "src/app.ts", "src"],
      [
        "main of package.json",
        [["package.json", { main: "infra/main.ts" }], "infra/main.ts", "index.ts"],
        undefined,
        "infra/main.ts",
        "",
      ],
      [
        "the index where main of package.json was not built",
        [["package.json", { main: "bin/index.js" }], "index.ts"],
        undefined,
        "index.ts",
        "",
      ],
      [
        "exports of package.json before its main",
        [
          ["package.json", { exports: { ".": { import: "./a.mjs" } }, main: "b.js" }],
          "a.mjs",
          "b.js",
        ],
        undefined,
        "a.mjs",
        "",
      ],
      [
        "its own index before the entry of a workspace",
        [["package.json", { main: "b.js" }], "b.js", "app/index.ts"],
        "app",
        "app/index.ts",
        "app",
      ],
    ];
  for (const [what, files, main, file, directory] of cases) {
    it(what, () => {
      write(files);
      const found = entryPointOf(folder, main);
      assert.deepEqual(
        [relative(folder, found.file), relative(folder, found.directory), found.isModule],
        [file, directory, false],
      );
    });
  }

  it("knows ES modules by the nearest package.json", () => {
    write([["package.json", { type: "module" }], "app/index.ts", ["cjs/package.json", {}]]);
    write(["cjs/index.ts"]);
    assert.deepEqual(
      ["app", "cjs"].map((main) => entryPointOf(folder, main).isModule),
      [true, false],
    );
  });

  const refused: [what: string, files: Files, main: string | undefined, message: RegExp][] = [
    ["no program at all", ["Pulumi.yaml"], undefined, /^there is no program in \//],
    [
      "a main that is not there",
      [],
      "src",
      /^'main' of Pulumi\.yaml names \/.*\/src, which does not/,
    ],
  ];
  for (const [what, files, main, message] of refused) {
    it(`refuses ${what}`, () => {
      write(files);
      assert.throws(
        () => entryPointOf(folder, main),
        (error) => error instanceof StackFileError && message.test(error.message),
      );
    });
  }

  it("refuses a package.json that is no JSON", () => {
    writeFileSync(join(folder, "package.json"), "{");
    assert.throws(() => entryPointOf(folder), /^StackFileError: cannot read .*package\.json: /);
  });
});
