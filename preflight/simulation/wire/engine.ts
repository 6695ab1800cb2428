import { isResourceReference, isSecretEnvelope, SIGNATURE_KEY, wrapSecret } from "./envelopes";
import { UNKNOWN } from "./unknown";

/**
 * How the engine marks what is unknown, by the kind of value that it will be. To the rules they are one.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What the CLI puts in the place of a secret that it cannot decrypt, or does not show. */
const REDACTED = "[secret]";

/**
 * A value as the engine sends or stores it, in the few forms that the rules read: one unknown, secrets in
 * envelopes. What is encrypted is a secret that is not known; a reference to a resource is its id.
 */
export function fromEngine(value: unknown): unknown {
  if (value === REDACTED) return wrapSecret(UNKNOWN);
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(fromEngine);
  const fields = value as Readonly<Record<string, unknown>>;
  if (isSecretEnvelope(value)) return wrapSecret(secretIn(fields));
  if (fields[SIGNATURE_KEY] === OUTPUT) {
    const inner = "value" in fields ? fromEngine(fields.value) : UNKNOWN;
    return fields.secret === true ? wrapSecret(inner) : inner;
  }
  if (isResourceReference(value)) return fromEngine(value.id ?? value.urn ?? UNKNOWN);
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, fromEngine(item)]));
}

/** On the wire a value; in a state its JSON, as text (`--show-secrets`) or encrypted. */
function secretIn({ value, plaintext }: Readonly<Record<string, unknown>>): unknown {
  if (typeof plaintext !== "string") {
    return value === undefined || value === REDACTED ? UNKNOWN : fromEngine(value);
  }
  try {
    return fromEngine(JSON.parse(plaintext));
  } catch {
    return UNKNOWN;
  }
}
