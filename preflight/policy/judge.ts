import { diagnose, type DoctorContext, type Registration } from "../doctor";
import type { Finding } from "../doctor/findings";
import { groupedFindings } from "../doctor/grouped-findings";
import { holdsUnknown } from "../simulation/wire/unknown";
import {
  type Configuration,
  type Enforcement,
  enforcementIn,
  isUndecided,
  POLICIES,
} from "./enforcement";
import { valuesUndecided } from "./values-undecided";

/** A finding as the engine is told of it. */
export interface Violation extends Finding {
  readonly enforcement: Exclude<Enforcement, "disabled">;
}

/**
 * What the rules find in the resources of a stack, gravest first. Nothing that is unknown yet is held
 * against them: a rule that needs it finds nothing, or that it is undecided, and that something is unknown
 * is a finding of its own.
 */
export function judge(
  registrations: readonly Registration[],
  context: DoctorContext,
  configuration: Configuration,
): readonly Violation[] {
  const policies = new Map(POLICIES.map((rule) => [rule.id, rule]));
  const found = diagnose(registrations, context);
  const all = [
    ...found.filter((finding) => !isUndecided(finding)),
    ...together(found.filter(isUndecided)),
    ...unknownIn(registrations),
  ];
  return all.flatMap((finding) => {
    const rule = policies.get(finding.id);
    const enforcement = rule === undefined ? "disabled" : enforcementIn(configuration, rule);
    return enforcement === "disabled" ? [] : [{ ...finding, enforcement }];
  });
}

/** At a first preview there are many of them, for instance one for each key of a secret. */
const together = (findings: readonly Finding[]): readonly Finding[] =>
  groupedFindings(findings).map(({ message, names, findings: [first] }) => ({
    ...first,
    message: names.length === 0 ? message : `${message} (${names.join(", ")})`,
  }));

function unknownIn(registrations: readonly Registration[]): readonly Finding[] {
  const { length } = registrations.filter(
    ({ inputs, outputs }) => holdsUnknown(inputs) || holdsUnknown(outputs),
  );
  if (length === 0) return [];
  const { id, severity, remedy } = valuesUndecided;
  const message = `${length} of ${registrations.length} resources hold values that are not known here: what rests on them is not judged`;
  return [{ id, severity, remedy, message }];
}
