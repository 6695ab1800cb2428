import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, jsonIn, textOf } from "../../simulation/wire/values";
import { isGenerator, punctuationOf } from "./generators";
import { jsonLeaves } from "./json-leaves";
import type { References } from "./references";
import type { SaidAddress } from "./stored-secret";
import type { Workload } from "./workloads";

/** What a login says of host and port: its JSON by their names, and each URL in it. */
export function addressesIn(text: string | undefined): readonly SaidAddress[] {
  if (text === undefined) return [];
  const json = jsonIn(text);
  const leaves = jsonLeaves(text)?.map(([, leaf]) => leaf) ?? [text];
  return [addressOf(at(json, "host"), at(json, "port")), ...leaves.flatMap(addressInUrl)].filter(
    (address) => Object.keys(address).length > 0,
  );
}

function addressOf(host: unknown, given: unknown): SaidAddress {
  const known = textOf(host);
  const [port] = /^\d+$/.exec(String(given)) ?? [];
  return {
    ...(known !== undefined && { host: known }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

/** Host and port of a URL, which may have a login before them, also one that nobody encoded. */
const IN_URL = /:\/\/(?:.*@)?(?<host>[a-z0-9.:-]+?)(?::(?<port>\d+))?(?:[/?#]|$)/i;

function addressInUrl(text: string): readonly SaidAddress[] {
  const { host, port } = IN_URL.exec(text)?.groups ?? {};
  return host === undefined ? [] : [addressOf(host, port)];
}

const HOST = /^(?<start>.*)HOST(?:NAME)?$/;

/**
 * What plain variables say: their URLs, and hosts that have a port beside them. Of a host alone some
 * programs take both.
 */
export const addressesInVariables = ({
  environment,
  variables,
}: Pick<Workload, "environment" | "variables">): readonly NamedAddress[] =>
  environment.flatMap(([name, value]) => {
    const start = HOST.exec(name)?.groups?.start;
    const beside = `${start ?? ""}PORT`;
    const isPart =
      start !== undefined && (start === "PG" || variables.some((each) => each.name === beside));
    const addresses = isPart
      ? [addressOf(value, environment.find(([other]) => other === beside)?.[1])]
      : addressInUrl(value);
    return addresses.map((address) => ({ ...address, name }));
  });

interface NamedAddress extends SaidAddress {
  /** Of the variable. */
  readonly name: string;
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
