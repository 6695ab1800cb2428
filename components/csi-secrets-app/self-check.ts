import { DATABASE_URL_KEYS } from "./database-url";
import { type Delivery, predictDelivery } from "../../preflight/delivery";
import { type DeliveryEntry, type SourceKeys, wholeSecretFile } from "./entries";
import type { ProviderClassSpec } from "./provider-class";

export interface Prediction {
  readonly spec: ProviderClassSpec;
  /** Name or ARN of each secret, in the order of the sources. */
  readonly secretNames: readonly string[];
  readonly sources: readonly SourceKeys[];
  /** What the class is meant to deliver. */
  readonly entries: readonly DeliveryEntry[];
}

/** Why a class does not deliver what was asked for. */
export interface Refusal {
  /** The caller's argument that comes nearest to the cause. */
  readonly argument: string;
  readonly problem: string;
}

/**
 * Lets the model of provider and driver deliver the class, from secrets with stand-in values, and
 * compares what the pod would find with what was asked for.
 */
export function predictedRefusal(prediction: Prediction): Refusal | undefined {
  const { spec, secretNames, sources, entries } = prediction;
  const values = placeholders(prediction);
  const delivery = predictDelivery({
    parameters: spec.parameters,
    secretObjects: spec.secretObjects ?? [],
    primary: {
      secrets: Object.fromEntries(
        [...values].map(([name, json]) => [
          name,
          { versions: [{ id: "1", stages: ["AWSCURRENT"], value: JSON.stringify(json) }] },
        ]),
      ),
    },
  });
  if (!delivery.ok) {
    const named = secretNames.findIndex((name) => delivery.error.endsWith(`: ${name}`));
    const at = sources[named]?.at;
    return {
      argument: at === undefined ? "env" : `${at}secretName`,
      problem: `cannot be delivered, the AWS provider would refuse the mount: ${delivery.error}`,
    };
  }

  const jsonOf = (secret: number) => values.get(secretNames[secret] ?? "") ?? {};
  const files = new Map([
    ...secretNames.map((_, secret) => [wholeSecretFile(secret), JSON.stringify(jsonOf(secret))]),
    ...entries.map((entry) => [entry.file, valueOf(entry, jsonOf(entry.secret))]),
  ] as [string, string][]);
  const variables = new Map(
    entries.flatMap(({ variable, file }) =>
      variable === undefined ? [] : [[variable, files.get(file) ?? ""]],
    ),
  );
  const problem =
    delivery.syncErrors[0] ??
    difference("file", files, foundFiles(delivery)) ??
    difference("variable", variables, foundVariables(delivery));
  return problem === undefined
    ? undefined
    : { argument: "env", problem: `would not be delivered as asked for: ${problem}` };
}

type Json = Readonly<Record<string, string | number | boolean>>;

/** A JSON for each secret, by name: every key that is known of it, each with a value of its own. */
function placeholders({ secretNames, sources, entries }: Prediction): ReadonlyMap<string, Json> {
  const secrets = new Map<string, Json>();
  sources.forEach(({ shape = {} }, secret) => {
    const requested = entries
      .filter((entry) => entry.secret === secret)
      .flatMap(({ key }) => key ?? DATABASE_URL_KEYS);
    const keys = new Set([...Object.keys(shape), ...requested]);
    const name = secretNames[secret] ?? "";
    const json = [...keys].map((key, index): [string, Json[string]] => [
      key,
      standIn(Object.hasOwn(shape, key) ? shape[key] : undefined, key, `${secret}${index}`),
    ]);
    secrets.set(name, { ...secrets.get(name), ...Object.fromEntries(json) });
  });
  return secrets;
}

function standIn(type: unknown, key: string, unique: string): Json[string] {
  if (type === "boolean") return false;
  const numeric = type === "number" || (type === undefined && key === "port");
  return numeric ? Number(`1${unique}`) : `value-${unique}`;
}

/** What the entry is meant to deliver, worked out without the model. */
function valueOf({ key, path }: DeliveryEntry, json: Json): string {
  if (key !== undefined) return String(json[key]);
  const { username, password, host, port, dbname } = json;
  const query = /\?[^']*/.exec(path)?.[0] ?? "";
  return `postgresql://${username}:${password}@${host}:${port}/${dbname}${query}`;
}

type Delivered = Delivery & { readonly ok: true };

const foundFiles = ({ files }: Delivered): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, content }) => [path, text(content)]));

const foundVariables = ({ secrets }: Delivered): ReadonlyMap<string, string> =>
  new Map(
    secrets
      .filter(({ refusal }) => refusal === undefined)
      .flatMap(({ data }) =>
        Object.entries(data).map(([key, { content }]) => [key, text(content)]),
      ),
  );

const text = (content: Uint8Array | undefined): string =>
  new TextDecoder().decode(content ?? new Uint8Array());

function difference(
  kind: string,
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string | undefined {
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    if (!found.has(name)) return `the ${kind} '${name}' would be missing`;
    if (!wanted.has(name)) return `there would be a ${kind} '${name}' that nobody asked for`;
    if (wanted.get(name) !== found.get(name))
      return `the ${kind} '${name}' would hold another value`;
  }
  return undefined;
}
