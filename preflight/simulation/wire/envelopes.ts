import { mapParts } from "./map-parts";

/** How the SDK marks what is not plain data on the wire: an object that says under this key what it is. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
/** Of a file or a text that a program hands over. */
export const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";

/** Of a resource that a program hands over as a whole. */
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";

/** True for a reference to a resource, by its URN and its id. */
export const isResourceReference = (
  value: unknown,
): value is { readonly urn?: unknown; readonly id?: unknown } =>
  typeof value === "object" &&
  value !== null &&
  (value as Record<string, unknown>)[SIGNATURE_KEY] === RESOURCE_SIGNATURE;

/** True for a value inside a secret envelope. */
export const isSecretEnvelope = (value: unknown): value is { value: unknown } =>
  typeof value === "object" &&
  value !== null &&
  (value as Record<string, unknown>)[SIGNATURE_KEY] === SECRET_SIGNATURE;

/** Whether the value is in a secret envelope, or any part of it. */
export function holdsEnvelope(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecretEnvelope(value) || Object.values(value).some(holdsEnvelope);
}

/** The same value with its secret envelopes opened, at every depth. */
export function unwrapSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return isSecretEnvelope(value) ? unwrapSecrets(value.value) : mapParts(value, unwrapSecrets);
}

/**
 * The same value with `replace` applied to what each secret envelope holds, at every depth. What holds
 * none is not copied.
 */
export function mapEnvelopes(value: unknown, replace: (secret: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isSecretEnvelope(value)) return replace(value.value);
  return mapParts(value, (item) => mapEnvelopes(item, replace));
}

/** A value in a secret envelope. */
export const wrapSecret = (value: unknown): unknown => ({
  [SIGNATURE_KEY]: SECRET_SIGNATURE,
  value,
});
