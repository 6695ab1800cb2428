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
 * `undefined`. A rule never quotes the value, which may turn out to be secret: `problem` and the
 * checks of `checks.ts` do.
 */
export type Rule<T> = (value: T) => string | undefined;

/** How a message shows a value: `shown`, or something that does not show it. */
export type Show = (value: unknown) => string;

/** The problem with one argument, value shown; none where the rule is kept. */
export const problem = <T>(
  path: string,
  value: T,
  rule: Rule<T>,
  show: Show = shown,
): readonly Problem[] => {
  const reason = rule(value);
  return because(path, reason && `${reason}; got ${show(value)}`);
};

/** A problem of several arguments, or of what is not there: no value is shown. */
export const because = (path: string, reason: string | undefined): readonly Problem[] =>
  reason === undefined ? [] : [{ path, reason }];

/** The path of a member, as Pulumi writes property paths: `tags.team`, `tags["cost center"]`. */
export const memberPath = (path: string, name: string): string => {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
};

/** The argument that a problem is in: `clients` of `clients.cluster`. */
export const argumentOf = ({ path }: Problem): string => /^[^.[]*/.exec(path)?.[0] ?? "";

/** How errors call a component resource: `SecureDatabase "orders"`. */
export const componentTitle = (type: string, name: unknown): string => `${type} ${shown(name)}`;

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

/**
 * A value as messages show it: strings in double quotes, long ones cut. What is inside an object or
 * a list is not shown, because it may be secret.
 */
export function shown(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a promise";
  if (pulumi.Resource.isInstance(value)) {
    return "a resource; pass one of its outputs, for example its 'id' or 'arn'";
  }
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return value.length > LONGEST_SHOWN
        ? `${JSON.stringify(value.slice(0, LONGEST_SHOWN))}… (${value.length} characters)`
        : JSON.stringify(value);
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "a list" : "an object";
    default:
      return String(value);
  }
}

/** True for a value that is known only when the program runs on: an Output or a promise. */
export const isLate = (value: unknown): value is pulumi.Output<unknown> | Promise<unknown> =>
  pulumi.Output.isInstance(value) || value instanceof Promise;
