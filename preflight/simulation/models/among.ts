import type { Properties } from "./model";
import { UNKNOWN } from "../wire/unknown";

/** Those of some properties that an object has. What is unknown at a preview may turn out to be absent. */
export interface Among {
  readonly possibly: readonly string[];
  readonly certainly: readonly string[];
}

export function among(
  object: Properties,
  properties: readonly string[],
  isAbsent: (value: unknown) => boolean = (value) => value === undefined,
): Among {
  const possibly = properties.filter((property) => !isAbsent(object[property]));
  return { possibly, certainly: possibly.filter((property) => object[property] !== UNKNOWN) };
}
