import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { environment, writeWorkspace } from "../../local/engine/engine";
import { readMap } from "../../preflight/simulation/program/stack-file";
import { recordOf } from "../../preflight/simulation/wire/values";
import { FORMS_PROJECT, STACK_FILE_FORMS, type StackFileForm } from "../support/stack-file-forms";
import { theCli } from "./support/harness";

const STACK = "dev";
const PROJECT = { name: FORMS_PROJECT, runtime: "nodejs" };

/** Forms of one value, which a single file can hold, and the rest. */
const isValue = ({ config, text }: StackFileForm): boolean =>
  Object.keys(config ?? {}).join() === "shop:v" && text.startsWith("config:\n  shop:v: ");
const VALUES = STACK_FILE_FORMS.filter(isValue);
const OTHERS = STACK_FILE_FORMS.filter((form) => !isValue(form));
const RECORDED = Object.fromEntries(
  VALUES.map(({ config }, index) => [`shop:v${index}`, config?.["shop:v"]]),
);

/** What `pulumi config --json` says. */
type Listing = Readonly<Record<string, { readonly value?: string; readonly secret?: boolean }>>;

describe("settings files that the CLI in use reads", () => {
  let folder: string;
  let workDir: string;
  let pulumi: (...args: string[]) => Promise<string>;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "stack-file-forms-"));
    const { command } = await theCli();
    const env = { ...process.env, ...environment(folder, STACK, "") };
    workDir = writeWorkspace(folder, STACK, PROJECT, {});
    pulumi = async (...args) =>
      (await promisify(execFile)(command, [...args, "--non-interactive"], { cwd: workDir, env }))
        .stdout;
    await pulumi("stack", "init", STACK);
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const configOf = async () => {
    const listing = JSON.parse(await pulumi("config", "--json", "--stack", STACK)) as Listing;
    const entries = Object.entries(listing);
    return {
      config: Object.fromEntries(
        entries.filter(([, { secret }]) => !secret).map(([key, { value }]) => [key, value]),
      ),
      secretKeys: entries.filter(([, { secret }]) => secret).map(([key]) => key),
    };
  };

  it("are recorded as it reads them", async () => {
    const file = path.join(workDir, `Pulumi.${STACK}.yaml`);
    const now = [];
    for (const { name, text, config, secretKeys = [], refused } of OTHERS) {
      fs.writeFileSync(file, text);
      const read = await configOf().catch(() => "refused");
      now.push([name, read, refused === undefined ? { config, secretKeys } : "refused"]);
    }
    assert.deepEqual(
      now.map(([name, read]) => [name, read]),
      now.map(([name, , recorded]) => [name, recorded]),
    );

    const together = VALUES.map(({ text }, index) =>
      text.replace("config:\n", "").replace("shop:v:", `shop:v${index}:`),
    );
    fs.writeFileSync(file, `config:\n${together.join("")}`);
    assert.deepEqual(await configOf(), { config: RECORDED, secretKeys: [] });
  });

  it("mean the same once the local cloud has written them again", async () => {
    const settings = VALUES.map(({ text }, index): readonly [string, unknown] => {
      fs.writeFileSync(path.join(folder, "form.yaml"), text);
      return [`shop:v${index}`, recordOf(readMap(folder, "form.yaml").config)["shop:v"]];
    });
    fs.rmSync(path.join(workDir, `Pulumi.${STACK}.yaml`));
    writeWorkspace(folder, STACK, PROJECT, { config: Object.fromEntries(settings) });
    assert.deepEqual(await configOf(), { config: RECORDED, secretKeys: [] });
  });
});
