import type { Registration } from "../../simulation/mocks/run";
import { isSecretEnvelope, unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";

/** A place in a manifest where a secret stands in plain text. The value itself stays here. */
export interface PlainTextSecret {
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  /** For instance `variable DB_PASSWORD of container app`. */
  readonly where: string;
}

/** Shorter texts are no secrets, or not worth the name. */
const SHORTEST = 8;

/** Shorter texts, such as the name of a user, would be found inside anything. */
const SHORTEST_PART = 12;

const MANIFEST = /^kubernetes:(?:apps|batch|core)\/v\w+:/;
const POD_PATHS: readonly (readonly string[])[] = [
  ["spec", "template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
  ["spec"],
];

/**
 * Where a manifest holds a value that Pulumi keeps secret, or a text that contains one: variables,
 * commands and arguments of containers, and ConfigMaps. A secret is any that a resource generated.
 */
export function plainTextSecrets(
  registrations: readonly Registration[],
): readonly PlainTextSecret[] {
  const generated = generatedSecrets(registrations);
  const parts = [...generated].filter((secret) => secret.length >= SHORTEST_PART);
  const judged = new Map<string, boolean>();
  const holdsSecret = (text: string): boolean => {
    const holds =
      judged.get(text) ?? (generated.has(text) || parts.some((part) => text.includes(part)));
    judged.set(text, holds);
    return holds;
  };
  return registrations
    .filter(({ type }) => MANIFEST.test(type))
    .flatMap((registration) =>
      textsOf(registration)
        .filter(({ value }) => {
          const text = textOf(unwrapSecrets(value));
          return text !== undefined && (isSecretEnvelope(value) || holdsSecret(text));
        })
        .map(({ where }) => ({ urn: registration.urn, resource: registration.name, where })),
    );
}

/** Every text that some resource marks as secret in its outputs. */
function generatedSecrets(registrations: readonly Registration[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { custom, outputs, type } of registrations) {
    if (!custom || type.startsWith("pulumi:providers:")) continue;
    for (const output of Object.values(outputs)) {
      if (!isSecretEnvelope(output) || typeof output.value !== "string") continue;
      if (output.value.length >= SHORTEST) found.add(output.value);
    }
  }
  return found;
}

interface Text {
  readonly where: string;
  readonly value: unknown;
}

function textsOf({ inputs, type }: Registration): readonly Text[] {
  if (type.endsWith(":ConfigMap")) {
    const data = Object.entries(recordOf(openOnce(inputs.data)));
    return data.map(([key, value]) => ({ where: `key ${key}`, value }));
  }
  const pods = POD_PATHS.map((path) => descend(inputs, path));
  const containers = pods.flatMap((pod) => [
    ...listOf(openOnce(at(pod, "initContainers"))),
    ...listOf(openOnce(at(pod, "containers"))),
  ]);
  return containers.map(openOnce).flatMap((container) => {
    const of = `of container ${textOf(at(container, "name")) ?? ""}`;
    const words = ["command", "args"].flatMap((field) =>
      listOf(openOnce(at(container, field))).map((value, index) => ({
        where: `${field}[${index}] ${of}`,
        value,
      })),
    );
    const env = listOf(openOnce(at(container, "env"))).map(openOnce);
    const variables = env.map((entry) => ({
      where: `variable ${textOf(unwrapSecrets(at(entry, "name"))) ?? ""} ${of}`,
      value: at(entry, "value"),
    }));
    return [...words, ...variables];
  });
}

/** An envelope around a whole structure does not make each text in it secret. */
const openOnce = (value: unknown): unknown => (isSecretEnvelope(value) ? value.value : value);

const descend = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, key) => openOnce(at(inner, key)), value);
