import { resolve } from "node:path";
import type * as model from "../plan/model";
import type * as htmlPage from "../plan/report/html/page";
import { jsonReport } from "../plan/report/json";
import { manifests } from "../plan/report/manifests";
import { textReport } from "../plan/report/text";
import { isColourful, say } from "./console";
import { runIam } from "./iam";
import type { Launch } from "./launch";
import { OutputFileError } from "./output-file";
import { delivery, findingsReport, type ReportOptions } from "./report";

export interface PlanOptions extends ReportOptions {
  readonly stack: string;
  readonly manifests: boolean;
  /** The rights that it takes, in place of the plan. */
  readonly iam: boolean;
  readonly cwd: string;
}

/** Plans a stack, and returns the exit code. */
export async function runPlan(options: PlanOptions, { evaluate }: Launch): Promise<number> {
  enter(options.cwd);
  const deliver = delivery(options);
  if (options.iam) return runIam(options.stack, deliver, { evaluate });
  const folder = process.cwd();
  const evaluated = await evaluate(folder, options.stack);
  for (const { severity, message } of evaluated.log) {
    say(severity === "info" ? message : `${severity}: ${message}`);
  }
  // Loaded with the program; help and wrong usage do without.
  const { planOf } = require("../plan/model") as typeof model;
  const plan = planOf(evaluated, folder);
  return deliver(reportOf(plan, folder, options), plan.findings);
}

function reportOf(plan: model.Plan, folder: string, options: PlanOptions): string {
  switch (options.format) {
    case "text": {
      const report = textReport(plan, { colour: isColourful(options.out) });
      return options.manifests ? `${report}\n${manifests(plan)}` : report;
    }
    case "json":
      return jsonReport(plan);
    case "html": {
      // Loaded where it is asked for, which takes time.
      const page = require("../plan/report/html/page") as typeof htmlPage;
      return page.htmlReport(plan);
    }
    case "sarif":
    case "github":
      return findingsReport(options.format, plan.findings, folder);
  }
}

function enter(folder: string): void {
  try {
    process.chdir(folder);
  } catch (cause) {
    throw new OutputFileError(`cannot enter the folder ${resolve(folder)}`, { cause });
  }
}
