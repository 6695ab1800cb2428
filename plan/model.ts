import { type PlannedApp, plannedApps } from "./chain";
import type { EvaluatedProgram } from "./evaluate-program";
import type { Finding } from "./findings";
import { inventory, type PlannedResource } from "./inventory";

/** What a stack would be: the one source of every report. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly PlannedResource[];
  readonly apps: readonly PlannedApp[];
  readonly findings: readonly Finding[];
}

export const planOf = ({ project, stack, registrations }: EvaluatedProgram): Plan => ({
  project,
  stack,
  resources: inventory(registrations),
  apps: plannedApps(registrations),
  findings: [],
});
