// What the npm packages cost beside what a clone, an empty process or a preview costs:
// `npm run bench:packages -- [ROUNDS]`. It packs and installs them, from npm's registry.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack, Project, ROOT } from "../tests/packages/support/project";
import { inRounds } from "./in-rounds";
import { measure, type Usage } from "./measure";
import { type PackagesRound, packagesReport } from "./packages-report";
import { inFolder, script } from "./script";

const APPS = 50;
const STACKS = 100;

/** States of the program's stacks, as an update left them. */
const STATES = ["dev", "prod"].map((name) =>
  join(ROOT, `tests/engine/baselines/0.1.0-${name}.json`),
);
const WITH_FINDINGS = ["--require", join(__dirname, "with-findings.cjs")];
const PREFLIGHT = "eks-db-secrets-preflight";

async function main(rounds = 3): Promise<void> {
  const tarballs = mkdtempSync(join(tmpdir(), "tarballs-"));
  const project = new Project();
  try {
    project.installWithNpm(pack(tarballs));
    const program = join(project.folder, "hand-written");
    cpSync(join(ROOT, "examples/hand-written"), program, { recursive: true });
    const states = writeStates(join(project.folder, "states"));
    const measured = await inRounds(
      rounds,
      (message) => console.error(message),
      () => measureRound(project.folder, program, states, 1),
      () => measureRound(project.folder, program, states, APPS),
    );
    console.log(packagesReport(measured, { apps: APPS, stacks: STACKS }));
  } finally {
    project.remove();
    rmSync(tarballs, { recursive: true });
  }
}

/** As many exported states as a platform team has, of stacks with names of their own. */
function writeStates(folder: string): readonly string[] {
  mkdirSync(folder);
  const texts = STATES.map((file) => readFileSync(file, "utf8"));
  return Array.from({ length: STACKS }, (_, index) => {
    const file = join(folder, `stack-${index}.json`);
    const text = texts[index % texts.length] ?? "";
    writeFileSync(file, text.replaceAll("urn:pulumi:test:", `urn:pulumi:stack-${index}:`));
    return file;
  });
}

async function measureRound(
  folder: string,
  program: string,
  states: readonly string[],
  apps: number,
): Promise<PackagesRound> {
  const installed = join(folder, "node_modules", PREFLIGHT);
  const doctor = (main: string): Promise<Usage> =>
    measure([...WITH_FINDINGS, main, "doctor", "--program", program]);
  const judgeStates = (...files: readonly string[]): Promise<Usage> => {
    const page = ["--format", "html", "--out", join(folder, "stacks.html")];
    const main = join(installed, "dist/main.cjs");
    return measure([...WITH_FINDINGS, main, "doctor", "--state", ...files, ...page]);
  };
  return {
    empty: await measure(["--eval", ""]),
    sdk: await measure([join(__dirname, "load-sdk.cjs")]),
    plugin: await measure([join(__dirname, "plugin-start.cjs")]),
    clone: await doctor(join(ROOT, "preflight/cli/main.cjs")),
    installed: await doctor(join(installed, "dist/main.cjs")),
    oneStack: await judgeStates(...states.slice(0, 1)),
    allStacks: await judgeStates(...states),
    preview: await preview(apps),
    emptyPack: await preview(apps, join(__dirname, "empty-policy.cjs")),
    judged: await preview(apps, join(installed, "policy/pulumi-analyzer-eks-db-secrets")),
    hosted: await preview(apps, join(installed, "policy")),
  };
}

/** A first preview on the real engine and a local cloud, with a policy pack or without. */
const preview = (apps: number, ...policyPacks: readonly string[]): Promise<Usage> =>
  inFolder((folder) =>
    measure(script("engine-run.ts", folder, String(apps), "preview", ...policyPacks)),
  );

const [rounds] = process.argv.slice(2);
main(rounds === undefined ? undefined : Number(rounds)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
