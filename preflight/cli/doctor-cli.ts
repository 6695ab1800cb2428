import { relative, resolve } from "node:path";
import { CommanderError } from "commander";
import { listStacks, StackFileError } from "../simulation/program/stack-file";
import type { EvaluatedProgram } from "../simulation/program/evaluate-program";
import { failureText } from "./failure";
import { failing, type Finding } from "../doctor/findings";
import { checkOutputFile, writeOutputFile } from "./output-file";
import { readersIn, type SecretReaders } from "../doctor/readers";
import { findingsSection } from "../plan/report/findings";
import { githubReport } from "../plan/report/github";
import { readersSection } from "../plan/report/readers";
import { sarifReport } from "../plan/report/sarif";
import { style as styleOf } from "../plan/report/style";
import { failIfNeverSettled } from "./never-settled";
import { collectFacts, findingsOf, RULES } from "../doctor";
import { type DoctorOptions, parseOptions } from "./doctor-usage";

const OK = 0;
const FINDINGS = 1;
const NO_DIAGNOSIS = 2;

/** What runs the program: its lines in a stack trace explain nothing about it. */
const MACHINERY = [resolve(__dirname, "..")];

type Evaluate = (folder: string, stack: string) => Promise<EvaluatedProgram>;

interface Diagnosis {
  readonly project: string;
  readonly stack: string;
  readonly findings: readonly Finding[];
  readonly readers: readonly SecretReaders[];
}

/** Runs the command line and returns its exit code. */
export async function main(argv: readonly string[], evaluate: Evaluate): Promise<number> {
  let folder = process.cwd();
  const finished = failIfNeverSettled(NO_DIAGNOSIS);
  try {
    const options = parseOptions(argv);
    folder = resolve(options.program);
    return await run(folder, options, evaluate);
  } catch (thrown) {
    // Commander has already said what there is to say.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? OK : NO_DIAGNOSIS;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    say(`error: ${failureText(error, folder, MACHINERY)}`);
    return NO_DIAGNOSIS;
  } finally {
    finished();
  }
}

async function run(folder: string, options: DoctorOptions, evaluate: Evaluate): Promise<number> {
  const { out, failOn } = options;
  if (out !== undefined) checkOutputFile(out);
  const evaluated = await evaluate(folder, stackOf(folder, options.stack));
  const { project, stack, account, registrations, unanswered } = evaluated;
  const facts = collectFacts(registrations, { ...account, unanswered });
  const findings = findingsOf(facts);
  const report = reportOf({ project, stack, findings, readers: readersIn(facts) }, folder, options);
  if (out === undefined) process.stdout.write(report);
  else {
    writeOutputFile(resolve(out), report);
    say(`wrote ${out}`);
  }
  return failing(findings, failOn) ? FINDINGS : OK;
}

/** The one that is asked for, the only one, or `dev`. */
function stackOf(folder: string, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  const stacks = listStacks(folder);
  const [only] = stacks;
  if (only === undefined || stacks.length === 1) return only ?? "dev";
  if (stacks.includes("dev")) return "dev";
  throw new StackFileError(`which stack? Name one with --stack: ${stacks.join(", ")}`);
}

function reportOf(diagnosis: Diagnosis, folder: string, options: DoctorOptions): string {
  // Pulumi does not tell on which line a resource was declared.
  const file = relative(process.cwd(), resolve(folder, "Pulumi.yaml"));
  switch (options.format) {
    case "json":
      return `${JSON.stringify({ version: 2, ...diagnosis }, null, 2)}\n`;
    case "sarif":
      return sarifReport(diagnosis.findings, RULES, file);
    case "github":
      return githubReport(diagnosis.findings, file);
    case "text":
      return textReport(diagnosis, options);
  }
}

function textReport(
  { project, stack, findings, readers }: Diagnosis,
  { out }: DoctorOptions,
): string {
  const { NO_COLOR, TERM } = process.env;
  const colour = out === undefined && process.stdout.isTTY && TERM !== "dumb" && !NO_COLOR;
  const style = styleOf(colour);
  const sections = [
    [`${style.heading(`Diagnosis of stack ${stack}`)}  project ${project}`],
    readersSection(readers, style),
    findingsSection(findings, style),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const say = (message: string): void => void process.stderr.write(`${message}\n`);
