import type { Properties } from "../../simulation/models/model";
import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { mapParts } from "../../simulation/wire/map-parts";
import { HOLE, UNKNOWN } from "../../simulation/wire/unknown";
import { jsonLeaves } from "./json-leaves";

/** A place where the program put an Output into a text, and the SDK's complaint came of it. */
export interface OutputText {
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  /** For instance `the property name` or `the key password of secretString`. */
  readonly where: string;
}

/** What an Output becomes in a template, a concatenation or `JSON.stringify`. */
const COMPLAINT = /Calling \[to(?:String|JSON)\] on an \[Output<T>\]/;

const isOutputText = (text: string): boolean => COMPLAINT.test(text);

/** Where it does no harm: annotations that are read by nobody but people and hashes. */
const HARMLESS = /\bmetadata\.annotations\.(?!eks\.amazonaws\.com\/)/;

/** @see https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/#outputs-and-strings */
export const outputTextsOf = (registrations: readonly Registration[]): readonly OutputText[] =>
  registrations.flatMap(({ urn, name, inputs }) => [
    ...(isOutputText(name) ? [{ urn, resource: "a resource", where: "the name" }] : []),
    ...placesIn(unwrapSecrets(inputs), "")
      .filter((where) => !HARMLESS.test(where))
      .map((where) => ({ urn, resource: name, where })),
  ]);

/** The whole of it, as every version of the SDK ends it. */
const WHOLE =
  /Calling \[to(?:String|JSON)\] on an \[Output<T>\].*?future version of @pulumi\/pulumi\./gs;

/**
 * The resources with something unknown in the place of each complaint: what was meant is not known, and
 * what follows from the text is no fault of its own.
 */
export const withoutOutputTexts = (
  registrations: readonly Registration[],
): readonly Registration[] =>
  registrations.map((registration) => ({
    ...registration,
    inputs: withHoles(registration.inputs) as Properties,
    outputs: withHoles(registration.outputs) as Properties,
  }));

function withHoles(value: unknown): unknown {
  if (typeof value === "string") {
    const text = isOutputText(value) ? value.replace(WHOLE, HOLE) : value;
    return isOutputText(text) ? UNKNOWN : text;
  }
  return typeof value === "object" && value !== null ? mapParts(value, withHoles) : value;
}

function placesIn(value: unknown, path: string): readonly string[] {
  if (typeof value === "string") {
    if (!isOutputText(value)) return [];
    const keys = (jsonLeaves(value) ?? []).filter(([, text]) => isOutputText(text));
    return keys.length === 0
      ? [`the property ${path}`]
      : [...new Set(keys.map(([key]) => `the key ${key} of ${path}`))];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: readonly [string, unknown]) =>
    placesIn(each, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
  );
}
