import * as pulumi from "@pulumi/pulumi";
import type { Check } from "./checks";
import { isLate, refuse, shown } from "./problems";

/** The value as an Output: itself where it is one, of which `pulumi.output` would make two more. */
export const asOutput = <T>(value: pulumi.Input<T>): pulumi.Output<T> =>
  pulumi.Output.isInstance<T>(value) ? value : (pulumi.output(value) as pulumi.Output<T>);

/** What a function makes of a value: at once, and no Output, where the value is no late one. */
export const applied = <T, Result>(
  value: pulumi.Input<T>,
  func: (known: T) => pulumi.Input<Result>,
): pulumi.Input<Result> =>
  // What a late result holds, the SDK takes out of it.
  isLate(value) ? asOutput<T>(value).apply(func as (known: T) => Result) : func(value);

/**
 * Gates a value that may be known late on its check: whatever depends on the result is made only
 * where the check finds nothing. What is wrong with a secret value is told without the value. Of a list
 * with late items an Output is to be given.
 *
 * @throws InputPropertiesError from the resource that would use the value
 */
export function late<T>(
  component: string,
  path: string,
  value: pulumi.Output<T>,
  check: Check,
): pulumi.Output<T>;
export function late<T>(
  component: string,
  path: string,
  value: pulumi.Input<T>,
  check: Check,
): pulumi.Input<T>;
export function late<T>(
  component: string,
  path: string,
  value: pulumi.Input<T>,
  check: Check,
): pulumi.Input<T> {
  return applied<T, T>(value, (known) =>
    check(path, known).length === 0 ? known : refused(component, path, value, check, known),
  );
}

/** Whether it is secret is asked only where there is something to tell. */
async function refused<T>(
  component: string,
  path: string,
  value: pulumi.Input<T>,
  check: Check,
  known: T,
): Promise<T> {
  const isSecret = await pulumi.isSecret(asOutput(value));
  refuse(component, check(path, known, isSecret ? () => "a secret value" : shown));
  return known;
}

/** The same for an argument that may be left out. */
export const optionalLate = <T>(
  component: string,
  path: string,
  value: pulumi.Input<T> | undefined,
  check: Check,
): pulumi.Input<T> | undefined =>
  value === undefined ? undefined : late(component, path, value, check);
