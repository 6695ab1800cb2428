import type { SyncedSecret, SyncedValue } from "./types";

/** An entry of a container's `env`, as far as it matters here. */
export interface EnvEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: {
      readonly name?: string;
      readonly key: string;
      readonly optional?: boolean;
    };
  };
}

/** A variable of a container. */
export type EnvVariable =
  | { readonly name: string; readonly kind: "plain"; readonly value: string }
  | { readonly name: string; readonly kind: "secret"; readonly from: SyncedValue }
  | { readonly name: string; readonly kind: "absent" }
  | { readonly name: string; readonly kind: "missing"; readonly reason: string };

/**
 * The variables that a container gets from its `env` and the Secrets that the driver makes. A missing
 * Secret or key keeps the container from starting (`CreateContainerConfigError`), unless it is
 * optional. Of two entries with one name the later one counts.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables
 */
export function containerEnv(
  env: readonly EnvEntry[],
  secrets: readonly SyncedSecret[],
): readonly EnvVariable[] {
  const variables = new Map<string, EnvVariable>();
  for (const entry of env) variables.set(entry.name, variableOf(entry, secrets));
  return [...variables.values()];
}

function variableOf(
  { name, value = "", valueFrom }: EnvEntry,
  secrets: readonly SyncedSecret[],
): EnvVariable {
  const reference = valueFrom?.secretKeyRef;
  if (reference === undefined) return { name, kind: "plain", value };
  const { name: secretName = "", key, optional = false } = reference;
  const secret = secrets.find((one) => one.name === secretName && one.refusal === undefined);
  const from =
    secret !== undefined && Object.hasOwn(secret.data, key) ? secret.data[key] : undefined;
  if (from !== undefined) return { name, kind: "secret", from };
  if (optional) return { name, kind: "absent" };
  const reason =
    secret === undefined
      ? `secret "${secretName}" not found`
      : `couldn't find key ${key} in Secret ${secretName}`;
  return { name, kind: "missing", reason };
}
