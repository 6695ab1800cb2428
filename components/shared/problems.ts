import * as pulumi from "@pulumi/pulumi";

/** A mistake in what a caller passed to a component. */
export interface Problem {
  /** The argument as the caller typed it, e.g. `clients.cluster` or `writablePaths[1]`. */
  readonly path: string;
  /** The rest of a sentence that starts with the argument: the rule, the way out, the value. Never a secret value. */
  readonly reason: string;
}

/**
 * What is wrong with a value, as the rest of a sentence that starts with the argument's name, or
 * `undefined`. A rule never quotes the value, which may turn out to be secret: `problem` and `late` do.
 */
export type Rule<T> = (value: T) => string | undefined;

/** The problem with one argument, value shown; none where the rule is kept. */
export function problem<T>(path: string, value: T, rule: Rule<T>): readonly Problem[] {
  const reason = rule(value);
  return reason === undefined ? [] : [{ path, reason: `${reason}; got ${shown(value)}` }];
}

/** The same for an argument that may be left out. */
export const optionalProblem = <T>(
  path: string,
  value: T | undefined,
  rule: Rule<T>,
): readonly Problem[] => (value === undefined ? [] : problem(path, value, rule));

/** A problem of several arguments, or of what is not there: no value is shown. */
export const because = (path: string, reason: string | undefined): readonly Problem[] =>
  reason === undefined ? [] : [{ path, reason }];

/**
 * The error for a component's arguments, all mistakes at once. The engine shows each under its
 * property where the component runs in a plugin.
 */
export function inputError(
  component: string,
  problems: readonly Problem[],
): pulumi.InputPropertiesError {
  const lines = problems.map(({ path, reason }) => `'${path}' ${reason}`);
  const [only] = lines;
  return new pulumi.InputPropertiesError({
    message:
      lines.length === 1
        ? `${component}: ${only}`
        : [`${component}: ${lines.length} arguments are wrong`, ...lines].join("\n  "),
    errors: problems.map(({ path, reason }) => ({ propertyPath: path, reason })),
  });
}

/** Throws `InputPropertiesError` where there is a problem. */
export function refuse(component: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw inputError(component, problems);
}

const LONGEST_SHOWN = 80;

/** A value as messages show it: strings in double quotes, long ones cut. */
export function shown(value: unknown): string {
  if (isLate(value)) return "an Output";
  if (value === undefined) return "nothing";
  const text = typeof value === "function" ? "a function" : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** True for a value that is known only when the program runs on: an Output or a promise. */
export const isLate = (value: unknown): value is pulumi.Output<unknown> | Promise<unknown> =>
  pulumi.Output.isInstance(value) || value instanceof Promise;
