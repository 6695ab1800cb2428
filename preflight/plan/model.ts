import { type PlannedApp, plannedApps } from "./chain";
import { collectFacts, findingsOf } from "../doctor";
import type { EvaluatedProgram } from "../simulation/program/evaluate-program";
import { type Finding, withSources } from "../doctor/findings";
import { inventory, type PlannedResource } from "./inventory";
import { readersIn, type SecretReaders } from "../doctor/readers";

/** What the doctor says of a stack. */
export interface Diagnosis {
  readonly project: string;
  readonly stack: string;
  readonly findings: readonly Finding[];
  /** Who can read each secret of the stack. */
  readonly readers: readonly SecretReaders[];
}

/** What a stack would be: the one source of every report. */
export interface Plan extends Diagnosis {
  readonly resources: readonly PlannedResource[];
  readonly apps: readonly PlannedApp[];
}

/** The plan of a program in a folder, whose path has no links in it. */
export function planOf(evaluated: EvaluatedProgram, folder: string): Plan {
  const { project, stack, account, registrations } = evaluated;
  const facts = collectFacts(registrations, account);
  return {
    project,
    stack,
    resources: inventory(registrations),
    apps: plannedApps(facts),
    readers: readersIn(facts),
    findings: withSources(findingsOf(facts), registrations, folder),
  };
}
