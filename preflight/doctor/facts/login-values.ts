import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, jsonIn, textOf } from "../../simulation/wire/values";
import { isGenerator, punctuationOf } from "./generators";
import { jsonLeaves } from "./json-leaves";
import type { References } from "./references";
import type { SaidAddress } from "./stored-secret";

/** What the JSON of a login says of host and port. */
export function addressIn(text: string | undefined): SaidAddress {
  const json = text && jsonIn(text);
  const host = textOf(at(json, "host"));
  const [port] = /^\d+$/.exec(String(at(json, "port"))) ?? [];
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

/** A text as a whole and those in its JSON; none where it is not given. */
export const valuesIn = (text: string | undefined): ReadonlySet<string | undefined> =>
  text === undefined
    ? new Set()
    : new Set([text, ...(jsonLeaves(text) ?? []).map(([, leaf]) => leaf)]);

/** Punctuation that those values of a secret may have which generators drew, as they are. */
export function punctuationIn(
  text: string | undefined,
  versions: readonly Registration[],
  references: References,
): string {
  const values = valuesIn(text);
  const generators = versions
    .flatMap(({ propertyDependencies }) => Object.values(propertyDependencies).flat())
    .map((urn) => references.find(urn))
    .filter((found) => found !== undefined)
    .filter(isGenerator);
  return [...new Set(generators)]
    .filter(({ outputs }) => values.has(textOf(unwrapSecrets(outputs.result))))
    .map(punctuationOf)
    .join("");
}
