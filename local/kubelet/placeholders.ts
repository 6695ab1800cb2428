import { randomBytes } from "node:crypto";
import type { JsonShape, Secret } from "../../preflight/delivery";
import { assumedShape } from "../../preflight/plan/chain/delivery";
import type { Mount } from "../../preflight/doctor/facts";

/** Whether a secret of that name, or with that ARN, is known to exist outside the stack. */
export type Existing = (name: string) => boolean;

const TEXT_BYTES = 12;

/**
 * Secrets in place of those that a class names and that exist outside the stack: a JSON with a text
 * under each key that the class reads. Nobody knows what the real ones hold, so each text is random,
 * and another one at every start of a pod.
 */
export function placeholders(
  { objects }: Pick<Mount, "objects">,
  existing: Existing,
  newText: () => string = () => randomBytes(TEXT_BYTES).toString("hex"),
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
      const value = JSON.stringify(filled(assumedShape({ jmesPath }), newText));
      // Whichever version a class asks for is taken to be there.
      const versions = [{ id: "stand-in", stages: ["AWSCURRENT"], value }];
      return [name, { versions, anyVersion: true }];
    }),
  );
}

const filled = (shape: JsonShape, newText: () => string): unknown =>
  typeof shape === "object"
    ? Object.fromEntries(Object.entries(shape).map(([key, of]) => [key, filled(of, newText)]))
    : newText();
