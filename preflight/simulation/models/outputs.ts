import { isDeepStrictEqual } from "node:util";
import { holdsEnvelope, wrapSecret, isSecretEnvelope, unwrapSecrets } from "../wire/envelopes";
import { isRecord, type Properties } from "./model";
import { UNKNOWN } from "../wire/unknown";

/**
 * The outputs of a resource: its inputs, and what the service computes, which is without envelopes.
 * What was secret as an input is secret as an output, and so are the properties of `secret`.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/provider_plugin.go `annotateSecrets`
 */
export function outputsOf(
  inputs: Properties,
  computed: Properties,
  secret: readonly string[] = [],
): Properties {
  const outputs: Record<string, unknown> = { ...inputs };
  for (const [key, value] of Object.entries(computed)) {
    outputs[key] = asSecretAs(inputs[key], value);
  }
  for (const key of secret) {
    const value = outputs[key];
    if (value !== undefined && !isSecretEnvelope(value)) outputs[key] = wrapSecret(value);
  }
  return outputs;
}

/**
 * A computed value in the envelopes of the input that it replaces. Objects are gone through, so that
 * one secret in them does not hide the rest; the items of a list may be in another order.
 */
function asSecretAs(given: unknown, value: unknown): unknown {
  if (value === undefined || !holdsEnvelope(given)) return value;
  if (isSecretEnvelope(given) || !isRecord(given) || !isRecord(value)) return wrapSecret(value);
  return mapped(value, (key, inner) => asSecretAs(given[key], inner));
}

/**
 * What a preview can tell of computed values: those that are the resource's inputs, or are in its
 * outputs already. All else is unknown as a whole: of what is made of an unknown input there is only
 * nonsense, and of a new resource nobody knows what the service will make of it.
 */
export const previewable = (
  computed: Properties,
  inputs: Properties,
  standing: Properties = {},
): Properties => {
  const known = [inputs, standing].map(unwrapSecrets) as Properties[];
  return mapped(computed, (key, value) => knownPart(value, ...known.map((all) => all[key])));
};

function knownPart(value: unknown, ...known: readonly unknown[]): unknown {
  if (value === undefined || known.some((one) => isDeepStrictEqual(one, value))) return value;
  const records = known.filter(isRecord);
  if (!isRecord(value) || records.length === 0 || known.includes(UNKNOWN)) return UNKNOWN;
  return mapped(value, (key, inner) => knownPart(inner, ...records.map((one) => one[key])));
}

const mapped = (
  properties: Properties,
  change: (key: string, value: unknown) => unknown,
): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, change(key, value)]));
