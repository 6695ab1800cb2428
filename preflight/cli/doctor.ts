import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type * as doctor from "../doctor";
import { type Finding, withSources } from "../doctor/findings";
import { readersIn } from "../doctor/readers";
import { listStacks, StackFileError } from "../simulation/program/stack-file";
import { diagnosesJson, diagnosisJson } from "../plan/report/json";
import type { Diagnosis, StateDiagnosis } from "../plan/model";
import type * as stacksPage from "../plan/report/html/stacks";
import { diagnosesReport, diagnosisReport } from "../plan/report/text";
import { isColourful } from "./console";
import { failureLine } from "./failure";
import type { Launch } from "./launch";
import { delivery, findingsReport, type ReportOptions } from "./report";
import { diagnosesOf } from "./states";

export interface DoctorOptions extends ReportOptions {
  readonly program: string;
  readonly stack?: string;
  /** Judge what stands, by these state files, in place of a program. */
  readonly state?: readonly string[];
}

/** Diagnoses a program, and returns the exit code. */
export async function runDoctor(options: DoctorOptions, { evaluate }: Launch): Promise<number> {
  if (options.state !== undefined) return runOnStates(options.state, options);
  const folder = resolve(options.program);
  const deliver = delivery(options);
  const evaluated = await evaluate(folder, stackOf(folder, options.stack), {
    unknown: "echo",
    keepPart: true,
  });
  const { project, stack, registrations, endedBy: failure } = evaluated;
  // Of nothing there is nothing to say.
  if (failure !== undefined && registrations.length === 0) throw failure;
  // Loaded with the program; help and wrong usage do without.
  const { collectFacts, contextOf, findingsOf } = require("../doctor") as typeof doctor;
  const endedBy = failure === undefined ? undefined : failureLine(failure, folder);
  const facts = collectFacts(registrations, contextOf({ ...evaluated, endedBy }));
  const findings = withSources(findingsOf(facts), registrations, realpathSync(folder));
  const known = { project, stack, findings, readers: readersIn(facts) };
  const diagnosis = endedBy === undefined ? known : { ...known, endedBy };
  return deliver(reportOf(diagnosis, folder, options), findings);
}

/** Diagnoses what stands; no program is run, and no SDK is needed. */
function runOnStates(files: readonly string[], options: DoctorOptions): number {
  const deliver = delivery(options);
  const stacks = diagnosesOf(files);
  const findings = stacks.flatMap((each) => each.findings);
  return deliver(statesReport(stacks, findings, options), findings);
}

function statesReport(
  stacks: readonly StateDiagnosis[],
  findings: readonly Finding[],
  options: DoctorOptions,
): string {
  switch (options.format) {
    case "text":
      return diagnosesReport(stacks, { colour: isColourful(options.out) });
    case "json":
      return diagnosesJson(stacks);
    case "html": {
      // Loaded where it is asked for, which takes time.
      const page = require("../plan/report/html/stacks") as typeof stacksPage;
      return page.stacksReport(stacks);
    }
    case "sarif":
    case "github":
      return findingsReport(options.format, findings, process.cwd());
  }
}

function reportOf(diagnosis: Diagnosis, folder: string, options: DoctorOptions): string {
  switch (options.format) {
    case "text":
      return diagnosisReport(diagnosis, { colour: isColourful(options.out) });
    case "json":
      return diagnosisJson(diagnosis);
    case "html":
      throw new Error("the doctor has a page of states only");
    case "sarif":
    case "github":
      return findingsReport(options.format, diagnosis.findings, folder);
  }
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
