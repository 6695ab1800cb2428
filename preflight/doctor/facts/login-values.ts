import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, jsonIn, textOf } from "../../simulation/wire/values";
import { isGenerator, punctuationOf } from "./generators";
import { jsonLeaves } from "./json-leaves";
import type { References } from "./references";
import type { SaidAddress } from "./stored-secret";

/** What the JSON of a login says of host and port. */
export function addressIn(text: string | undefined): SaidAddress {
  const json = jsonIn(text ?? "");
  const host = textOf(at(json, "host"));
  const port = Number(at(json, "port") ?? NaN);
  return {
    ...(host !== undefined && { host }),
    ...(Number.isInteger(port) && { port }),
  };
}

/** Punctuation that those values of a secret may have which generators drew, as they are. */
export function punctuationIn(
  text: string | undefined,
  versions: readonly Registration[],
  references: References,
): string {
  if (text === undefined) return "";
  const values = new Set([text, ...(jsonLeaves(text) ?? []).map(([, leaf]) => leaf)]);
  const generators = versions
    .flatMap(({ propertyDependencies }) => Object.values(propertyDependencies).flat())
    .flatMap((urn) => references.find(urn) ?? [])
    .filter(isGenerator);
  return [...new Set(generators)]
    .filter(({ outputs }) => values.has(textOf(unwrapSecrets(outputs.result)) ?? ""))
    .map(punctuationOf)
    .join("");
}
