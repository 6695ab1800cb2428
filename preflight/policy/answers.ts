import { printable } from "../plan/report/printable";
import { enforcementOf, POLICIES, type Policy } from "./enforcement";
import type { Violation } from "./judge";
import type { Diagnostic, PackInfo, PolicyInfo } from "./protocol/responses";

/** What a pack says of itself. */
export interface Pack {
  readonly name: string;
  readonly version: string;
}

/** Every rule, with why it is one, the remedy, and where the behaviour is documented. */
export const packInfo = ({ name, version }: Pack): PackInfo => ({
  ...{ name, version },
  displayName: "eks-db-secrets",
  description: "What is wrong with the way of a database password to its pods on Amazon EKS",
  policies: POLICIES.map(policyInfo),
});

const policyInfo = ({ id, severity, why, remedy, source }: Policy): PolicyInfo => ({
  ...{ name: id, description: why, message: remedy, url: source, severity },
  enforcement: enforcementOf(severity),
});

export const diagnosticOf = (violation: Violation, { name, version }: Pack): Diagnostic => ({
  policy: violation.id,
  pack: name,
  packVersion: version,
  description: POLICIES.find(({ id }) => id === violation.id)?.why ?? "",
  message: textOf(violation),
  enforcement: violation.enforcement,
  severity: violation.severity,
  ...(violation.urn !== undefined && { urn: violation.urn }),
});

const textOf = ({ message, remedy }: Violation): string =>
  [message, remedy].flatMap((line) => (line === undefined ? [] : printable(line))).join("\n");
