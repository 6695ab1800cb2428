import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PROJECT } from "../../local/engine/project";
import { type Checkout, inCheckout } from "./support/checkout";
import { inProjectMode } from "./support/project-mode";
import type { Printed } from "./support/run-cli";

describe("the Pulumi CLI in the project's folder", () => {
  it("takes Pulumi.yaml and Pulumi.dev.yaml as they are: preview, up, up unchanged, destroy", async () => {
    await inDevCheckout(async ({ folder }) => {
      await inProjectMode({ folder }, async ({ cloud, pulumi }) => {
        succeeded(await pulumi("stack", "init", "dev"));
        const previewed = succeeded(await pulumi("preview"));
        const [, count = "none"] = /\+ (\d+) to create/.exec(previewed) ?? [];
        assert.ok(Number(count) > 50, `only ${count} resources`);
        assert.deepEqual(cloud.store.all(), []);

        const created = succeeded(await pulumi("up", "--yes", "--skip-preview"));
        assert.match(created, new RegExp(`\\+ ${count} created`));
        assert.match(created, /kubeconfig *: *\[secret\]/);

        const second = await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
        assert.match(succeeded(second), new RegExp(`${count} unchanged`));

        succeeded(await pulumi("destroy", "--yes", "--skip-preview"));
        assert.deepEqual(cloud.store.all(), []);
      });
    });
  });

  it("names file and line of a mistake, and takes a change of the sources at once", async () => {
    await inDevCheckout(async ({ folder }) => {
      await inProjectMode({ folder }, async ({ pulumi }) => {
        succeeded(await pulumi("stack", "init", "dev"));
        const file = path.join(folder, "stack/network.ts");
        const source = fs.readFileSync(file, "utf8");
        const end = source.split("\n").length;
        for (const [mistake, line, message] of MISTAKES) {
          fs.writeFileSync(file, source + mistake);
          const { code, output } = await pulumi("preview");
          assert.notEqual(code, 0);
          assert.match(output, message);
          assert.match(output, new RegExp(`stack/network\\.ts:${end + line}:\\d+`));
        }
        fs.writeFileSync(file, source);
        succeeded(await pulumi("preview"));
      });
    });
  });

  it("hands over nodeargs, main, the root folder and secrets of the configuration", async () => {
    await inFolder(async (folder) => {
      write(folder, {
        "Pulumi.yaml": [
          "name: options",
          "main: program/",
          "runtime:",
          "  name: nodejs",
          "  options:",
          "    typescript: false",
          `    nodeargs: --require ./hook.cjs --title="two words"`,
        ].join("\n"),
        "program/hook.cjs": 'globalThis.hooked = "yes";\n',
        "program/package.json": '{ "main": "start.js" }',
        "program/start.js": PROGRAM,
      });
      await inProjectMode({ folder }, async ({ pulumi }) => {
        succeeded(await pulumi("stack", "init", "dev"));
        succeeded(await pulumi("config", "set", "plain", "open"));
        succeeded(await pulumi("config", "set", "--secret", "hidden", "s3cr3t-canary"));
        const shown = succeeded(await pulumi("up", "--yes", "--skip-preview"));
        assert.match(shown, /a line of the program/);
        assert.ok(!shown.includes("s3cr3t-canary"), shown);

        const { output } = await pulumi("stack", "output", "--json", "--show-secrets");
        const real = fs.realpathSync(folder);
        assert.deepEqual(JSON.parse(output), {
          hooked: "yes",
          title: "two words",
          folder: path.join(real, "program"),
          root: real,
          plain: "open",
          hidden: "s3cr3t-canary",
          dryRun: false,
        });
        const masked = await pulumi("stack", "output", "--json");
        assert.equal((JSON.parse(masked.output) as { hidden: string }).hidden, "[secret]");
      });
    });
  });

  it("tells of a program that ends by itself with which code", async () => {
    await inFolder(async (folder) => {
      write(folder, {
        "Pulumi.yaml": "name: ends\nruntime: nodejs\n",
        "package.json": "{}",
        "index.js": 'console.error("on my way out"); process.exit(7);\n',
      });
      await inProjectMode({ folder }, async ({ pulumi }) => {
        succeeded(await pulumi("stack", "init", "dev"));
        const { code, output } = await pulumi("preview");
        assert.notEqual(code, 0);
        assert.match(output, /on my way out/);
        assert.match(output, /Program exited with non-zero exit code: 7/);
      });
    });
  });

  for (const { version, folder: node } of otherNodes()) {
    it(`runs on Node.js ${version}, which is on PATH`, async () => {
      await inDevCheckout(async ({ folder }) => {
        await inProjectMode({ folder, node }, async ({ pulumi }) => {
          succeeded(await pulumi("stack", "init", "dev"));
          assert.match(succeeded(await pulumi("preview")), /\+ \d+ to create/);
          assert.match(succeeded(await pulumi("about")), new RegExp(`nodejs.*'v${version}'`));
        });
      });
    });
  }
});

/** Ends of a file with a mistake, in which of their lines it is, and what the message says. */
const MISTAKES: readonly (readonly [string, number, RegExp])[] = [
  ['type Cause = string;\n\nthrow new Error("no" as Cause);\n', 2, /Error: no/],
  ["const first = 1;\nconst = 2;\n", 1, /Expected identifier/],
];

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
console.log("a line of the program");
module.exports = {
  hooked: globalThis.hooked,
  title: process.title,
  folder: process.cwd(),
  root: pulumi.getRootDirectory(),
  plain: config.require("plain"),
  hidden: config.get("hidden") && config.requireSecret("hidden"),
  dryRun: pulumi.runtime.isDryRun(),
};
`;

/** Each other Node.js on PATH: the one of the machine, and what a CI run has put there beside it. */
function otherNodes(): readonly { readonly version: string; readonly folder: string }[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders
    .map((folder) => path.join(folder, "node"))
    .filter((file) => fs.existsSync(file))
    .map((file) => ({
      folder: path.dirname(file),
      version: execFileSync(file, ["--version"], { encoding: "utf8" }).trim().slice(1),
    }));
  const byVersion = new Map(found.map((node) => [node.version, node]));
  byVersion.delete(process.versions.node);
  return [...byVersion.values()];
}

function succeeded({ code, output }: Printed): string {
  assert.equal(code, 0, output);
  return output;
}

/** A checkout with the stack `dev`, which the local commands do not need. */
const inDevCheckout = (use: (checkout: Checkout) => Promise<void>): Promise<void> =>
  inCheckout(async (checkout) => {
    const file = "Pulumi.dev.yaml";
    fs.copyFileSync(path.join(PROJECT, file), path.join(checkout.folder, file));
    await use(checkout);
  });

/** Runs `use` with an empty folder that has the project's packages. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "project-"));
  try {
    fs.symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
    await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}
