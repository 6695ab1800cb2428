import { type PlannedApp, plannedApps } from "./chain";
import { collectFacts, findingsOf } from "../doctor";
import type { EvaluatedProgram } from "../simulation/program/evaluate-program";
import type { Finding } from "../doctor/findings";
import { inventory, type PlannedResource } from "./inventory";
import { readersIn, type SecretReaders } from "../doctor/readers";

/** What a stack would be: the one source of every report. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly PlannedResource[];
  readonly apps: readonly PlannedApp[];
  /** Who can read each secret of the stack. */
  readonly readers: readonly SecretReaders[];
  readonly findings: readonly Finding[];
}

export function planOf({ project, stack, account, registrations }: EvaluatedProgram): Plan {
  const facts = collectFacts(registrations, account);
  return {
    project,
    stack,
    resources: inventory(registrations),
    apps: plannedApps(facts),
    readers: readersIn(facts),
    findings: findingsOf(facts),
  };
}
