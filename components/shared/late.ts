import * as pulumi from "@pulumi/pulumi";
import { because, inputError, isLate, type Problem, problem, type Rule } from "./problems";

/** What is wrong with an argument that may be known late: nothing, as long as it is not known. */
export const knownProblem = <T>(
  path: string,
  value: pulumi.Input<T>,
  rule: Rule<T>,
): readonly Problem[] => (isLate(value) ? [] : problem(path, value, rule));

/**
 * Gates a value on its rule: whatever depends on the result is made only where the rule is kept.
 * What is wrong with a value that is secret is told without the value.
 *
 * @throws InputPropertiesError from the resource that would use the value
 */
export function late<T>(
  component: string,
  path: string,
  value: pulumi.Input<T>,
  rule: Rule<T>,
): pulumi.Output<T> {
  const output = pulumi.output(value) as pulumi.Output<T>;
  return output.apply(async (known) => {
    const found = (await pulumi.isSecret(output))
      ? because(path, reasonWithoutValue(rule(known)))
      : problem(path, known, rule);
    if (found.length > 0) throw inputError(component, found);
    return known;
  });
}

const reasonWithoutValue = (reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : `${reason}; got a secret value`;
