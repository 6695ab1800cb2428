import * as pulumi from "@pulumi/pulumi";
import type { Check } from "./checks";
import { refuse, shown } from "./problems";

/**
 * Gates a value that may be known late on its check: whatever depends on the result is made only
 * where the check finds nothing. What is wrong with a secret value is told without the value.
 *
 * @throws InputPropertiesError from the resource that would use the value
 */
export function late<T>(
  component: string,
  path: string,
  value: pulumi.Input<T>,
  check: Check,
): pulumi.Output<T> {
  const output = pulumi.output(value) as pulumi.Output<T>;
  const gated = output.apply((known) =>
    check(path, known).length === 0 ? known : refused(component, path, output, check, known),
  );
  return gated as pulumi.Output<T>;
}

/** Whether it is secret is asked only where there is something to tell. */
async function refused<T>(
  component: string,
  path: string,
  output: pulumi.Output<T>,
  check: Check,
  known: T,
): Promise<T> {
  const isSecret = await pulumi.isSecret(output);
  refuse(component, check(path, known, isSecret ? () => "a secret value" : shown));
  return known;
}

/** The same for an argument that may be left out. */
export const optionalLate = <T>(
  component: string,
  path: string,
  value: pulumi.Input<T> | undefined,
  check: Check,
): pulumi.Output<T> | undefined =>
  value === undefined ? undefined : late(component, path, value, check);
