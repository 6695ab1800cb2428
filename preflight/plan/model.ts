import { type PlannedApp, plannedApps } from "./chain";
import { collectFacts, contextOf, findingsOf } from "../doctor";
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
  /** Why only a part of the program was run; absent where all of it was. */
  readonly endedBy?: string;
}

/** What the doctor says of a stack that stands, by its state. */
export interface StateDiagnosis extends Diagnosis {
  /** The file, as it was named; `-` for standard input. */
  readonly state: string;
}

/** What a stack would be: the one source of every report. */
export interface Plan extends Diagnosis {
  readonly resources: readonly PlannedResource[];
  readonly apps: readonly PlannedApp[];
}

/** The plan of a program in a folder, whose path has no links in it. */
export function planOf(evaluated: EvaluatedProgram, folder: string): Plan {
  const { project, stack, registrations } = evaluated;
  const facts = collectFacts(registrations, contextOf({ ...evaluated, endedBy: undefined }));
  return {
    project,
    stack,
    resources: inventory(registrations),
    apps: plannedApps(facts),
    readers: readersIn(facts),
    findings: withSources(findingsOf(facts), registrations, folder),
  };
}
