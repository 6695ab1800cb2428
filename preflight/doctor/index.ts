import type { Registration } from "../simulation/mocks/run";
import { type Finding, SEVERITIES } from "./findings";
import { byText } from "../simulation/wire/values";
import { collectFacts, type DoctorContext, type Facts } from "./facts";
import { RULES } from "./rules";

export type { Registration } from "../simulation/mocks/run";
export { contextOf } from "./context";
export { collectFacts, type DoctorContext, type Facts } from "./facts";
export type { Rule } from "./rule";
export { RULES, RULES_BY_GROUP } from "./rules";

/**
 * What is wrong with the chain from the database's password to the pods of a program, as its
 * resources are registered: worst first, then by rule and resource. Holds for any Pulumi program.
 */
export const diagnose = (
  registrations: readonly Registration[],
  context: DoctorContext,
): readonly Finding[] => findingsOf(collectFacts(registrations, context));

/** The same for facts that are collected already. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const { endedBy } = facts.context;
  const rules = endedBy === undefined ? RULES : RULES.filter(({ id }) => !NEEDS_ALL.has(id));
  return rules
    .flatMap(({ id, severity, remedy, check }) =>
      check(facts).map(({ message, urn }): Finding => ({
        ...{ id, severity, message, remedy },
        ...(urn !== undefined && { urn }),
      })),
    )
    .sort(
      byText(
        ({ id, severity, urn = "", message }) =>
          `${SEVERITIES.indexOf(severity)} ${id} ${urn} ${message}`,
      ),
    );
}

/** Rules that miss something, which the rest of a program that ended early may have brought. */
const NEEDS_ALL: ReadonlySet<string> = new Set([
  ...[
    "class-not-found",
    "class-not-mounted",
    "class-in-other-namespace",
    "env-secret-unknown",
    "volume-missing",
  ],
  ...["env-secret-not-mounted", "synced-file-missing", "sync-not-enabled", "sync-rights-missing"],
  ...["role-not-linked", "trust-refuses", "read-denied", "describe-denied", "decrypt-denied"],
  ...["token-audience-missing", "provider-tolerations-missing"],
  ...["account-in-other-namespace", "namespace-missing"],
  ...["driver-missing", "provider-missing", "pod-identity-agent-missing"],
]);
