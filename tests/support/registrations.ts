import type { Registration } from "../../preflight/simulation/mocks/run";
import { isSecretEnvelope } from "../../preflight/simulation/wire/envelopes";

/**
 * Every registered resource with its options, sorted: `TYPE NAME`, and behind it in brackets what
 * the program asks of the engine. `after` names what `dependsOn` adds to the inputs' own order.
 */
export function inventory(registrations: readonly Registration[]): string[] {
  const names = new Map(registrations.map(({ urn, name }) => [urn, name]));
  const nameOf = (urn: string): string => names.get(urn) ?? urn;
  return registrations
    .map((resource) => {
      const options = optionsOf(resource, nameOf);
      const suffix = options.length === 0 ? "" : ` [${options.join("; ")}]`;
      return `${resource.type} ${resource.name}${suffix}`;
    })
    .sort();
}

function optionsOf(resource: Registration, nameOf: (urn: string) => string): readonly string[] {
  const fromInputs = new Set(Object.values(resource.propertyDependencies).flat());
  const after = resource.dependsOn.filter((urn) => !fromInputs.has(urn)).map(nameOf);
  const listed = (option: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${option} ${[...values].sort().join(", ")}`];
  return [
    ...(resource.protect ? ["protect"] : []),
    ...(resource.deleteBeforeReplace ? ["deleteBeforeReplace"] : []),
    ...(resource.retainOnDelete ? ["retainOnDelete"] : []),
    ...listed("ignoreChanges", resource.ignoreChanges),
    // Those without a name are the SDK's own: earlier API versions of a Kubernetes kind.
    ...listed(
      "aliases",
      resource.aliases.filter((alias) => /[ ]|^urn:/.test(alias)),
    ),
    ...listed("after", [...new Set(after)]),
  ];
}

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
