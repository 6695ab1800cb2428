import { type Rule, RULES } from "../doctor";
import type { Severity } from "../doctor/findings";
import { valuesUndecided } from "./values-undecided";

/** What a violation does to a preview or an update. @see https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/#enforcement-levels */
export type Enforcement = "disabled" | "advisory" | "mandatory";

/**
 * The rules that speak of a program's run, of which the engine's resources tell nothing: neither what the
 * program read, nor which of its texts are secrets of its configuration.
 */
const OF_THE_RUN: ReadonlySet<string> = new Set([
  ...["address-unread", "environment-unread", "function-unanswered", "manifest-unread"],
  ...["program-ended-early", "secret-in-program", "urn-twice"],
]);

/** A rule, without how to see what it finds. */
export type Policy = Omit<Rule, "check">;

/** The rules that resources of the engine are judged by. */
export const POLICIES: readonly Policy[] = [
  ...RULES.filter(({ id }) => !OF_THE_RUN.has(id)),
  valuesUndecided,
];

/** What cannot work is refused; what may surprise is said. */
export const enforcementOf = (severity: Severity): Enforcement =>
  severity === "error" ? "mandatory" : "advisory";

/** Rules whose enforcement somebody has chosen, by id. */
export type Configuration = ReadonlyMap<string, string>;

/** What is wrong with a configuration, each in one sentence. */
export function configurationProblems(configuration: Configuration): readonly string[] {
  const known = POLICIES.map(({ id }) => id);
  return [...configuration].flatMap(([id, level]) => {
    if (!known.includes(id)) return [`there is no rule "${id}"`];
    if (LEVELS.includes(level)) return [];
    return [
      level === "remediate"
        ? `the rule "${id}" cannot be set to remediate: it changes nothing; choose ${CHOICES}`
        : `the rule "${id}" cannot be set to "${level}"; choose ${CHOICES}`,
    ];
  });
}

const LEVELS: readonly string[] = ["disabled", "advisory", "mandatory"];
const CHOICES = "disabled, advisory or mandatory";

/** Whether it says that something cannot be told. */
export const isUndecided = ({ id }: Pick<Policy, "id">): boolean => id.endsWith("-undecided");

/**
 * How a rule is enforced: as configured, else by its severity. What says that something cannot be told
 * refuses nothing, even where every rule is set to mandatory.
 */
export function enforcementIn(
  configuration: Configuration,
  { id, severity }: Pick<Policy, "id" | "severity">,
): Enforcement {
  const level = configuration.get(id) ?? enforcementOf(severity);
  return level === "mandatory" && isUndecided({ id }) ? "advisory" : (level as Enforcement);
}
