import type { Registration } from "../../../preflight/simulation/mocks/run";
import { UNKNOWN } from "../../../preflight/simulation/wire/unknown";
import { SIGNATURE_KEY, unwrapSecrets } from "../../../preflight/simulation/wire/envelopes";
import { recordOf } from "../../../preflight/simulation/wire/values";

/**
 * The resources as the engine has them at a first preview: what the cloud would add is unknown, and so is
 * every text that was made of it.
 */
export function atPreview(
  registrations: readonly Registration[],
  computed: ReadonlySet<string> = new Set(registrations.flatMap(computedTexts)),
): readonly Registration[] {
  return registrations.map((registration) => ({
    ...registration,
    inputs: unknownIn(registration.inputs, computed) as Registration["inputs"],
    outputs: unknownIn(registration.outputs, computed) as Registration["outputs"],
  }));
}

/** Texts of the outputs that are in no input. */
export function computedTexts({ inputs, outputs, custom }: Registration): readonly string[] {
  if (!custom) return [];
  const given = new Set(textsIn(unwrapSecrets(inputs)));
  return textsIn(unwrapSecrets(outputs)).filter((text) => !given.has(text) && text.length > 5);
}

/** Every text that a resource holds. */
export const leavesOf = ({ inputs, outputs }: Registration): readonly string[] =>
  [inputs, outputs].flatMap((side) => textsIn(unwrapSecrets(side))).filter((text) => text !== "");

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

function unknownIn(value: unknown, computed: ReadonlySet<string>): unknown {
  if (typeof value === "string") {
    return computed.has(value) ||
      [...computed].some((text) => text.length > 5 && value.includes(text))
      ? UNKNOWN
      : value;
  }
  if (Array.isArray(value)) return value.map((item) => unknownIn(item, computed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(recordOf(value)).map(([key, item]) => [
      key,
      key === SIGNATURE_KEY ? item : unknownIn(item, computed),
    ]),
  );
}
