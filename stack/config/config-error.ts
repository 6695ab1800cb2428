import { RunError } from "@pulumi/pulumi";

/** One mistake in a stack's configuration. */
export interface ConfigIssue {
  /** Where it is, as Pulumi writes it: `eks-db-secrets:apps[1].database.name`. */
  readonly key: string;
  /** The rule, and the value where it is no secret. */
  readonly problem: string;
}

/** Every mistake in a stack's configuration at once. Pulumi prints it without a stack trace. */
export class ConfigError extends RunError {
  override readonly name = "ConfigError";
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    const count = issues.length === 1 ? "one mistake" : `${issues.length} mistakes`;
    const lines = issues.map(({ key, problem }) => `  ${key} ${problem}`);
    super(
      [
        `the stack's configuration has ${count}:`,
        ...lines,
        "Every key is described in docs/configuration.md.",
      ].join("\n"),
    );
    this.issues = issues;
  }
}
