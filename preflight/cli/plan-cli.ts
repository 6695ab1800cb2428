import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { CommanderError } from "commander";
import type * as doctor from "../doctor";
import { failureText, isExpected } from "./failure";
import { failing } from "../doctor/findings";
import type { MadePlan } from "./make-plan";
import { checkOutputFile, OutputFileError, writeOutputFile } from "./output-file";
import { githubReport } from "../plan/report/github";
import { jsonReport } from "../plan/report/json";
import { manifests } from "../plan/report/manifests";
import type * as htmlPage from "../plan/report/html/page";
import { sarifReport } from "../plan/report/sarif";
import { textReport } from "../plan/report/text";
import { type Plan } from "../plan/model";
import { failIfNeverSettled } from "./never-settled";
import { parseOptions, type PlanOptions } from "./plan-usage";

/** What runs the program: its lines in a stack trace explain nothing about it. */
const MACHINERY = [resolve(__dirname, "..")];

/** Where findings stand: Pulumi does not tell on which line a resource was declared. */
const PROJECT_FILE = "Pulumi.yaml";

const OK = 0;
const FINDINGS = 1;
const NO_PLAN = 2;

export interface Launch {
  /** Errors carry stack traces, which cost more than the rest of the evaluation. */
  readonly traced: boolean;
  /** Given as a function so that help and wrong usage need not load what it takes to make a plan. */
  readonly makePlan: (folder: string, stack: string) => Promise<MadePlan>;
}

/** Runs the command line and returns its exit code. */
export async function main(argv: readonly string[], launch: Launch): Promise<number> {
  const startedIn = process.cwd();
  const finished = failIfNeverSettled(NO_PLAN);
  try {
    return await run(parseOptions(argv), launch);
  } catch (thrown) {
    // Commander has already said what there is to say.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? OK : NO_PLAN;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (!launch.traced && !isExpected(error)) return runTraced(argv, startedIn);
    say(`error: ${failureText(error, process.cwd(), MACHINERY)}`);
    return NO_PLAN;
  } finally {
    finished();
  }
}

async function run(options: PlanOptions, { makePlan }: Launch): Promise<number> {
  enter(options.cwd);
  const { out, stack, failOn } = options;
  if (out !== undefined) checkOutputFile(out);
  const { plan, log } = await makePlan(process.cwd(), stack);
  for (const { severity, message } of log) {
    say(severity === "info" ? message : `${severity}: ${message}`);
  }
  const report = reportOf(plan, options);
  if (out === undefined) print(report);
  else {
    writeOutputFile(out, report);
    say(`wrote ${out}`);
  }
  return failing(plan.findings, failOn) ? FINDINGS : OK;
}

function reportOf(plan: Plan, options: PlanOptions): string {
  switch (options.format) {
    case "text":
      return textOf(plan, options);
    case "json":
      return jsonReport(plan);
    case "html": {
      // Loaded where it is asked for: the layout of pictures takes time to load.
      const page = createRequire(__filename)("../plan/report/html/page") as typeof htmlPage;
      return page.htmlReport(plan);
    }
    case "sarif": {
      // Loaded with the plan; help and wrong usage do without.
      const { RULES } = createRequire(__filename)("../doctor") as typeof doctor;
      return sarifReport(plan.findings, RULES, PROJECT_FILE);
    }
    case "github":
      return githubReport(plan.findings, PROJECT_FILE);
  }
}

function textOf(plan: Plan, options: PlanOptions): string {
  const { NO_COLOR, TERM } = process.env;
  const toTerminal = options.out === undefined && process.stdout.isTTY && TERM !== "dumb";
  const report = textReport(plan, { colour: toTerminal && !NO_COLOR });
  return options.manifests ? `${report}\n${manifests(plan)}` : report;
}

function print(report: string): void {
  process.stdout.once("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe.
    if (error.code !== "EPIPE") throw error;
  });
  process.stdout.write(report);
}

const say = (message: string): void => void process.stderr.write(`${message}\n`);

function enter(folder: string): void {
  try {
    process.chdir(folder);
  } catch (cause) {
    throw new OutputFileError(`cannot enter the folder ${folder}`, { cause });
  }
}

/** Starts over in a process that keeps stack traces, and reads the source maps for them. */
function runTraced(argv: readonly string[], cwd: string): number {
  const flags = ["--enable-source-maps", "--stack-trace-limit=100"];
  const script = resolve(__dirname, "plan.cjs");
  const { status } = spawnSync(process.execPath, [...flags, script, ...argv], {
    cwd,
    stdio: "inherit",
  });
  return status ?? NO_PLAN;
}
