import type { Registration } from "../../preflight/simulation/mocks/run";
import { isSecretEnvelope } from "../../preflight/simulation/wire/envelopes";

/** Every registered resource as `TYPE NAME`, sorted. */
export const inventory = (registrations: readonly Registration[]): string[] =>
  registrations.map(({ type, name }) => `${type} ${name}`).sort();

/** The one resource of that name; fails where there is none, or more than one. */
export function resourceNamed(registrations: readonly Registration[], name: string): Registration {
  const [found, ...more] = registrations.filter((registration) => registration.name === name);
  if (found === undefined || more.length > 0) {
    const names = registrations.map((registration) => registration.name).join(", ");
    throw new Error(`expected one resource named '${name}' among ${names}`);
  }
  return found;
}

/** What the program sent for the one resource of that name; secrets stay in their envelopes. */
export const inputsOf = (
  registrations: readonly Registration[],
  name: string,
): Registration["inputs"] => resourceNamed(registrations, name).inputs;

/** Paths inside `value` where a string that holds the canary stands outside a secret envelope. */
export function leaks(value: unknown, canary: string, path = ""): string[] {
  if (typeof value === "string") return value.includes(canary) ? [path] : [];
  if (typeof value !== "object" || value === null || isSecretEnvelope(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.includes(canary) ? [`${path}/${key}`] : []),
    ...leaks(item, canary, `${path}/${key}`),
  ]);
}
