import { PbfWriter } from "pbf";
import type { Enforcement } from "../enforcement";
import type { Severity } from "../../doctor/findings";

// https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto

/** `EnforcementLevel` */
export const ENFORCEMENT_LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

const levelOf = (enforcement: Enforcement): number => ENFORCEMENT_LEVELS.indexOf(enforcement);

/** `PolicySeverity` */
const SEVERITIES: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };

/** `PolicyType`: they are judged when the whole stack is known. */
const OF_STACKS = 2;

/** `AnalyzerInfo` */
export interface PackInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
}

/** `PolicyInfo` */
export interface PolicyInfo {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly url: string;
  readonly enforcement: Enforcement;
  readonly severity: Severity;
}

/** `AnalyzeDiagnostic` */
export interface Diagnostic {
  readonly policy: string;
  readonly pack: string;
  readonly packVersion: string;
  readonly description: string;
  readonly message: string;
  readonly enforcement: Enforcement;
  readonly severity: Severity;
  readonly urn?: string;
}

/** Every response that has nothing to say. */
export const EMPTY = new Uint8Array();

/** `AnalyzerInfo` */
export const writePackInfo = (info: PackInfo): Uint8Array =>
  written((message) => {
    message.writeStringField(1, info.name);
    message.writeStringField(2, info.displayName);
    for (const policy of info.policies) message.writeMessage(3, writePolicy, policy);
    message.writeStringField(4, info.version);
    // It takes a configuration.
    message.writeBooleanField(5, true);
    message.writeStringField(7, info.description);
  });

function writePolicy(policy: PolicyInfo, message: PbfWriter): void {
  message.writeStringField(1, policy.name);
  message.writeStringField(2, policy.name);
  message.writeStringField(3, policy.description);
  message.writeStringField(4, policy.message);
  message.writeVarintField(5, levelOf(policy.enforcement));
  message.writeVarintField(7, OF_STACKS);
  message.writeVarintField(8, SEVERITIES[policy.severity]);
  // What to do, where the engine shows it apart from the message.
  message.writeStringField(11, policy.message);
  message.writeStringField(12, policy.url);
}

/** `PluginInfo` */
export const writePluginInfo = (version: string): Uint8Array =>
  written((message) => message.writeStringField(1, version));

/** `AnalyzeResponse` */
export const writeDiagnostics = (diagnostics: readonly Diagnostic[]): Uint8Array =>
  written((message) => {
    for (const diagnostic of diagnostics) message.writeMessage(2, writeDiagnostic, diagnostic);
  });

function writeDiagnostic(diagnostic: Diagnostic, message: PbfWriter): void {
  message.writeStringField(1, diagnostic.policy);
  message.writeStringField(2, diagnostic.pack);
  message.writeStringField(3, diagnostic.packVersion);
  message.writeStringField(4, diagnostic.description);
  message.writeStringField(5, diagnostic.message);
  message.writeVarintField(7, levelOf(diagnostic.enforcement));
  if (diagnostic.urn !== undefined) message.writeStringField(8, diagnostic.urn);
  message.writeVarintField(9, SEVERITIES[diagnostic.severity]);
}

function written(write: (message: PbfWriter) => void): Uint8Array {
  const message = new PbfWriter();
  write(message);
  return message.finish();
}
