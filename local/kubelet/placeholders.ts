import { randomBytes } from "node:crypto";
import type { JsonShape, Secret } from "../../preflight/delivery";
import { assumedShape } from "../../preflight/plan/chain/delivery";
import type { Mount } from "../../preflight/doctor/facts";

/** Whether a secret of that name, or with that ARN, is known to exist outside the stack. */
export type Existing = (name: string) => boolean;

const STRING_BYTES = 12;

/**
 * Placeholders for secrets outside the stack that a class names: a JSON object with a string under each
 * key that the class reads. The real content is unknown, so each string is random, and a different one at
 * every start of a pod.
 */
export function placeholders(
  { objects }: Pick<Mount, "objects">,
  existing: Existing,
  newString: () => string = () => randomBytes(STRING_BYTES).toString("hex"),
): Readonly<Record<string, Secret>> {
  const outside = objects.filter(
    ({ service, secret, descriptor: { objectName } }) =>
      service === "secretsmanager" && secret === undefined && existing(objectName),
  );
  const names = new Set(outside.map(({ descriptor }) => descriptor.objectName));
  return Object.fromEntries(
    [...names].map((name): [string, Secret] => {
      const jmesPath = outside
        .filter(({ descriptor }) => descriptor.objectName === name)
        .flatMap(({ descriptor }) => descriptor.jmesPath);
      const value = JSON.stringify(filled(assumedShape({ jmesPath }), newString));
      // Every version that a class asks for is assumed to exist.
      const versions = [{ id: "placeholder", stages: ["AWSCURRENT"], value }];
      return [name, { versions, anyVersion: true }];
    }),
  );
}

const filled = (shape: JsonShape, newString: () => string): unknown =>
  typeof shape === "object"
    ? Object.fromEntries(Object.entries(shape).map(([key, of]) => [key, filled(of, newString)]))
    : newString();
