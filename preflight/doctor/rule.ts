import type { Severity } from "./findings";
import type { Facts } from "./facts";

/** One thing that can be wrong with a chain, and how to see it. */
export interface Rule {
  /** Stable: findings, suppressions and links use it. */
  readonly id: string;
  readonly severity: Severity;
  /** What happens where nobody notices. */
  readonly why: string;
  readonly remedy: string;
  /** Where the behaviour is documented or can be read in code. */
  readonly source: string;
  readonly check: (facts: Facts) => readonly Problem[];
}

/** One place where a rule is broken. Never holds a secret value. */
export interface Problem {
  readonly message: string;
  /** The resource that it is about; absent where it is about the program. */
  readonly urn?: string;
}

/** For messages: `a`, `a and b`, `a, b and c`. */
export function listing(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** The same problem is told once, however many pods have it. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.urn ?? ""} ${problem.message}`, problem]),
    ).values(),
  ];
}
