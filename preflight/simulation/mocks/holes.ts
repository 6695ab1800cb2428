import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import * as sdk from "@pulumi/pulumi/output";
import { HOLE } from "../wire/unknown";

type Callback = (value: unknown) => unknown;
type Apply = (func: Callback, runWithUnknowns?: boolean) => unknown;

/** Whether a callback runs on a placeholder: what it makes is looked at, and nothing else. */
const onTrial = new AsyncLocalStorage<boolean>();

/**
 * Has callbacks of `apply` called on unknown values as well. A preview leaves out such a callback, so
 * one unknown host makes the whole JSON of a secret unknown. Here the callback gets a placeholder, and
 * what it makes counts only where the placeholder is still in it: a text with a hole. A callback that
 * throws, or whose result does not show where it came from, gives an unknown value as before. It
 * registers no resources. Returns how to undo it.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/
 */
export function leaveHoles(): () => void {
  const { prototype } = pulumi.Output as unknown as { prototype: { apply: Apply } };
  const { apply } = prototype;
  prototype.apply = function (func, runWithUnknowns) {
    if (runWithUnknowns === true) return apply.call(this, func, true);
    const onHoles = (value: unknown) => (hasHole(value) ? tried(apply, func, value) : func(value));
    return apply.call(this, onHoles, true);
  };
  return () => void (prototype.apply = apply);
}

/** Has resources refused inside a trial. To be called inside the program, which has a stack then. */
export const refuseResourcesOnTrial = (): void =>
  pulumi.runtime.registerStackTransformation(() => {
    if (onTrial.getStore() === true) throw new Error("made of an unknown value");
    return undefined;
  });

async function tried(apply: Apply, func: Callback, value: unknown): Promise<unknown> {
  const filled = replaced(value, (item) => (sdk.isUnknown(item) ? HOLE : item));
  try {
    // A text that is known but for a hole may be a manifest, of which resources are made.
    const result = await onTrial.run(holdsSentinel(value), () => func(filled));
    return pulumi.Output.isInstance(result) ? apply.call(result, kept, true) : kept(result);
  } catch {
    return sdk.unknown;
  }
}

/** A result, if it shows what it was made of. */
const kept = (result: unknown): unknown =>
  hasHole(result) ? replaced(result, (item) => (item === HOLE ? sdk.unknown : item)) : sdk.unknown;

const holdsSentinel = (value: unknown): boolean => some(value, (item) => sdk.isUnknown(item));

const hasHole = (value: unknown): boolean =>
  some(value, (item) => (typeof item === "string" ? item.includes(HOLE) : sdk.isUnknown(item)));

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Whether anything in plain data meets a condition; keys count as texts. */
function some(
  value: unknown,
  meets: (item: unknown) => boolean,
  seen = new Set<unknown>(),
): boolean {
  if (meets(value)) return true;
  if (!(Array.isArray(value) || isPlain(value)) || seen.has(value)) return false;
  seen.add(value);
  return Object.entries(value).some(([key, item]) => meets(key) || some(item, meets, seen));
}

function replaced(value: unknown, replace: (item: unknown) => unknown): unknown {
  const other = replace(value);
  if (other !== value) return other;
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaced(item, replace)]),
  );
}
