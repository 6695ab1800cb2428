import * as pulumi from "@pulumi/pulumi";

type Get = (this: pulumi.Config, key: string, ...rest: readonly unknown[]) => unknown;

/** What the SDK makes of a configured text, which may have to be of some form even as a text. */
const KINDS = ["", "Object", "Number", "Boolean"];

/**
 * Has the configuration's secrets be unknown where a program wants them as something else than text: only
 * the stack's own key tells what they are. Returns how to undo it.
 *
 * @param secretKeys full keys of what is secret
 */
export function leaveSecretsUnknown(secretKeys: readonly string[]): () => void {
  const prototype = pulumi.Config.prototype as unknown as Record<string, Get>;
  const undo = KINDS.flatMap((kind) =>
    ["get", "require"].flatMap((verb) => [
      orElse(prototype, `${verb}Secret${kind}`, secretKeys, () =>
        pulumi.secret(pulumi.output(pulumi.unknown)),
      ),
      orElse(prototype, `${verb}${kind}`, secretKeys, (key) => {
        throw new Error(
          `the program needs the value of ${key}, which is encrypted; take it with ${verb}Secret${kind}`,
        );
      }),
    ]),
  );
  return () => {
    for (const each of undo) each();
  };
}

/** A method that does something else where it fails on one of the secrets. */
function orElse(
  prototype: Record<string, Get>,
  method: string,
  secretKeys: readonly string[],
  otherwise: (key: string) => unknown,
): () => void {
  const original = prototype[method];
  if (original === undefined) return () => undefined;
  prototype[method] = function (key, ...rest) {
    const fullKey = `${this.name}:${key}`;
    if (!secretKeys.includes(fullKey)) return original.call(this, key, ...rest);
    try {
      return original.call(this, key, ...rest);
    } catch {
      return otherwise(fullKey);
    }
  };
  return () => void (prototype[method] = original);
}
