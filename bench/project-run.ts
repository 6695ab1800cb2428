// One `pulumi preview` as users run it, through Pulumi.yaml and a language host, on a local cloud without
// databases, in a process of its own: `project-run.ts FOLDER APPS`. No apps are a program that declares
// nothing, with no options. What the CLI and all that it started took goes to FOLDER/marks.json.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { findCli } from "../local/engine/cli";
import { environment } from "../local/engine/engine";
import { PROJECT, readProjectFile } from "../local/engine/project";
import { LocalCloud } from "../local/server/local-cloud";
import { serve } from "../local/server/servers";
import { CloudStore } from "../local/server/store";
import { accountIn } from "../preflight/simulation/models/model";
import { installLanguageHost } from "../tests/support/language-host/install";
import { childrenUserSeconds } from "./children-time.cjs";
import { writeMarks } from "./marks";
import { run } from "./run-process";
import { stackSettings } from "./workspace";

/** What a `pulumi preview` took, with all processes that it started. */
export interface ProjectMarks {
  readonly previewSeconds: number;
  readonly userSeconds: number;
}

const STACK = "bench";

async function main([folder = "", apps = "0"]: readonly string[]): Promise<void> {
  const { command } = await findCli();
  const store = new CloudStore(folder);
  const providers = await serve(new LocalCloud({ store, account: accountIn("eu-central-1") }));
  try {
    const env = {
      ...process.env,
      ...environment(folder, STACK, providers.attach),
      PATH: installLanguageHost(join(folder, "bin"), dirname(process.execPath)),
    };
    const cwd = apps === "0" ? emptyProject(folder) : projectWith(folder, Number(apps));
    execFileSync(command, ["stack", "init", STACK], { cwd, env, stdio: "ignore" });
    const before = childrenUserSeconds();
    const started = performance.now();
    await run(command, ["preview", "--non-interactive"], { cwd, env });
    const marks: ProjectMarks = {
      previewSeconds: (performance.now() - started) / 1000,
      userSeconds: childrenUserSeconds() - before,
    };
    writeMarks(folder, marks);
  } finally {
    providers.close();
  }
}

/** The unchanged program, for so many apps, from a `Pulumi.yaml` elsewhere that differs in `main` alone. */
function projectWith(folder: string, apps: number): string {
  const project = join(folder, "project");
  mkdirSync(project);
  const file = { ...readProjectFile(), main: PROJECT };
  writeFileSync(join(project, "Pulumi.yaml"), stringify(file));
  writeFileSync(join(project, `Pulumi.${STACK}.yaml`), stringify(stackSettings(apps)));
  return project;
}

function emptyProject(folder: string): string {
  const project = join(folder, "empty");
  mkdirSync(project);
  symlinkSync(join(PROJECT, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
  writeFileSync(join(project, "package.json"), "{}");
  writeFileSync(join(project, "index.js"), "");
  return project;
}

void main(process.argv.slice(2));
