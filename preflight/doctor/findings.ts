import { relative, sep } from "node:path";
import type { Registration } from "../simulation/mocks/run";

/** Gravest first. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Where in the program a resource is declared. Line and column count from 1. */
export interface SourcePosition {
  /** From the program's folder, with `/` between folders. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something in a plan that a person should know before deploying it. */
export interface Finding {
  /** Stable and machine-readable, e.g. `file-not-delivered`. */
  readonly id: string;
  /** `error`: will not work as declared; `warning`: may surprise; `note`: worth knowing. */
  readonly severity: Severity;
  /** What is wrong, in one sentence. Never holds a secret value. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The resource that it is about. */
  readonly urn?: string;
  /** Where that resource is declared; absent where it is not known. */
  readonly source?: SourcePosition;
}

/** True when something is at least as grave as `failOn`: the plan must not be deployed as it is. */
export const failing = (
  findings: readonly Finding[],
  failOn: "error" | "warning" = "error",
): boolean => findings.some(({ severity }) => severity === "error" || severity === failOn);

/** The findings with the places where the resources are declared that they are about. */
export function withSources(
  findings: readonly Finding[],
  registrations: readonly Registration[],
  folder: string,
): readonly Finding[] {
  const sources = new Map(registrations.map(({ urn, source }) => [urn, source]));
  return findings.map((finding) => {
    const source = sources.get(finding.urn ?? "");
    if (source === undefined) return finding;
    const file = relative(folder, source.file).replaceAll(sep, "/");
    return { ...finding, source: { ...source, file } };
  });
}
