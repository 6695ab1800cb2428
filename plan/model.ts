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

export function planOf({ project, stack, registrations }: EvaluatedProgram): Plan {
  const apps = plannedApps(registrations);
  const resources = inventory(registrations);
  return { project, stack, resources, apps, findings: apps.flatMap(mountFindings) };
}

/** What the model of driver and provider refuses: the pods would wait for ever. */
const mountFindings = ({ mounts, name, namespace }: PlannedApp): readonly Finding[] =>
  mounts.flatMap(({ problems, providerClass, urn }) =>
    problems.map((problem) => ({
      id: "mount-refused",
      severity: "error",
      message: `The pods of ${namespace}/${name} will not start, mounting ${providerClass} fails: ${problem}`,
      ...(urn !== undefined && { urn }),
    })),
  );
