import * as pulumi from "@pulumi/pulumi";

/**
 * Checks a known value now, and a late one (an `Output` or a promise) on the way through, so that
 * whatever depends on the value is gated on the check.
 */
export function checked<T>(
  value: pulumi.Input<T>,
  check: (value: pulumi.Unwrap<T>) => void,
): pulumi.Input<T> {
  const run = (known: pulumi.Unwrap<T>): pulumi.Unwrap<T> => {
    check(known);
    return known;
  };
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return pulumi.output(value).apply(run) as unknown as pulumi.Output<T>;
  }
  run(value as pulumi.Unwrap<T>);
  return value;
}
