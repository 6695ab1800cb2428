import { randomBytes } from "node:crypto";
import type { JsonShape, Parameter, RegionData, Secret } from "../../preflight/delivery";
import { nameInRegion } from "../../preflight/delivery/descriptor";
import { assumedShape } from "../../preflight/plan/chain/delivery";
import { grouped, type Mount, type MountedObject } from "../../preflight/doctor/facts";

/** Whether a secret of that name, or with that ARN, is known to exist outside the stack. */
export type Existing = (name: string) => boolean;

const STRING_BYTES = 12;

interface PlaceholderOptions {
  readonly newString?: () => string;
  /** For the second region, where what is named by its ARN has another one. */
  readonly failover?: boolean;
}

/**
 * Placeholders for secrets and parameters outside the stack that a class names: a JSON object with a
 * string under each key that the class reads; of a parameter of which it reads none, a string. The real
 * content is unknown, so each string is random, and a different one at every start of a pod.
 */
export function placeholders(
  { objects }: Pick<Mount, "objects">,
  existing: Existing,
  {
    newString = () => randomBytes(STRING_BYTES).toString("hex"),
    failover = false,
  }: PlaceholderOptions = {},
): Required<RegionData> {
  const outside = objects.filter(
    ({ secret, value, descriptor: { objectName } }) =>
      secret === undefined && value === undefined && existing(objectName),
  );
  const held = <T>(wanted: MountedObject["service"], contentOf: (shape: JsonShape) => T) => {
    const descriptors = outside
      .filter(({ service }) => service === wanted)
      .map(({ descriptor }) => descriptor);
    const byName = grouped(descriptors, (each) => nameInRegion(each, failover));
    return Object.fromEntries(
      [...byName].map(([name, same]) => [
        name,
        contentOf(assumedShape({ jmesPath: same.flatMap(({ jmesPath }) => jmesPath) })),
      ]),
    );
  };
  // Every version that a class asks for is assumed to exist.
  const anyVersion = true;
  return {
    secrets: held("secretsmanager", (shape): Secret => {
      const value = JSON.stringify(filled(shape, newString));
      return { versions: [{ id: "placeholder", stages: ["AWSCURRENT"], value }], anyVersion };
    }),
    parameters: held("ssmparameter", (shape): Parameter => {
      const isText = Object.keys(shape).length === 0;
      const value = isText ? newString() : JSON.stringify(filled(shape, newString));
      return { versions: [value], anyVersion };
    }),
  };
}

const filled = (shape: JsonShape, newString: () => string): unknown =>
  typeof shape === "object"
    ? Object.fromEntries(Object.entries(shape).map(([key, of]) => [key, filled(of, newString)]))
    : newString();
