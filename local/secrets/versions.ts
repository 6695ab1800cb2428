import { ServiceError } from "./errors";

export const CURRENT = "AWSCURRENT";
export const PENDING = "AWSPENDING";
const PREVIOUS = "AWSPREVIOUS";

/** The versions of a secret, the oldest first. */
export type Versions = readonly Version[];

/** A version of a secret. One that a rotation has begun has no value yet. */
export interface Version {
  readonly id: string;
  readonly stages: readonly string[];
  readonly value?: string;
  /** The value is bytes, in Base64. */
  readonly binary?: true;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface Put {
  /** The id of the version; the same call again with it changes nothing. */
  readonly token: string;
  readonly value: string;
  readonly binary?: true;
  /** @default AWSCURRENT */
  readonly stages?: readonly string[];
  readonly now: number;
}

/** Secrets Manager keeps about a hundred versions; of those without a label the oldest go first. */
const KEPT = 100;

/**
 * The versions after `PutSecretValue`. Throws `ServiceError` where a version of that id has another value.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export function putValue(versions: Versions, { token, value, binary, stages, now }: Put): Versions {
  const found = versions.find(({ id }) => id === token);
  if (found?.value === value) return versions;
  if (found?.value !== undefined) {
    throw new ServiceError(
      "ResourceExistsException",
      `You can't use ClientRequestToken ${token} because that value is already in use for a ` +
        `version of this secret.`,
    );
  }
  const wanted = stages ?? [CURRENT];
  // The first version of a secret is its current one as well.
  const labels = versions.length === 0 ? [...new Set([...wanted, CURRENT])] : wanted;
  const created: Version = {
    ...{ id: token, stages: found?.stages ?? [], value, created: now },
    ...(binary && { binary }),
  };
  const all =
    found === undefined
      ? [...versions, created]
      : versions.map((version) => (version === found ? created : version));
  // A rotation that is under way is abandoned when another version becomes the current one.
  const pending = all.find(({ stages: on }) => on.includes(PENDING));
  const isAbandoned = labels.includes(CURRENT) && pending !== undefined && pending.id !== token;
  const put = isAbandoned ? without(all, PENDING) : all;
  return pruned(labels.reduce((before, label) => labelled(before, label, token), put));
}

/** The versions after a rotation has begun: one without a value is pending. */
export function beginRotation(versions: Versions, token: string, now: number): Versions {
  const begun = [...versions, { id: token, stages: [], created: now }];
  return labelled(begun, PENDING, token);
}

/** The current version; `undefined` where there is none yet. */
export const currentOf = (versions: Versions): Version | undefined =>
  versions.find(({ stages }) => stages.includes(CURRENT));

/** The version of a rotation that did not end; one that is current as well has ended. */
export const unfinishedRotation = (versions: Versions): Version | undefined =>
  versions.find(({ stages }) => stages.includes(PENDING) && !stages.includes(CURRENT));

/** The versions without one that never got a value, e.g. that of a mere test of a rotation. */
export const withoutVersion = (versions: Versions, token: string): Versions =>
  versions.filter(({ id }) => id !== token);

export interface Wanted {
  readonly id?: string;
  readonly stage?: string;
}

/**
 * The version that `GetSecretValue` returns. Throws `ServiceError` where there is none, or none with a
 * value.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function versionOf(
  versions: Versions,
  { id, stage }: Wanted,
): Version & { readonly value: string } {
  const label = stage ?? (id === undefined ? CURRENT : undefined);
  const found = versions.find((version) =>
    id === undefined ? version.stages.includes(label ?? "") : version.id === id,
  );
  if (found !== undefined && label !== undefined && !found.stages.includes(label)) {
    throw new ServiceError(
      "InvalidRequestException",
      "You provided a VersionStage that is not associated to the provided VersionId.",
    );
  }
  if (found?.value === undefined) {
    const what = id === undefined ? `staging label: ${label}` : `VersionId: ${id}`;
    throw new ServiceError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }
  return { ...found, value: found.value };
}

export interface Move {
  readonly stage: string;
  readonly to?: string;
  readonly from?: string;
}

/**
 * The versions after `UpdateSecretVersionStage`. Throws `ServiceError` where the label is not where the
 * call says.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
export function moveStage(versions: Versions, { stage, to, from }: Move): Versions {
  const holder = versions.find(({ stages }) => stages.includes(stage));
  for (const id of [to, from]) {
    if (id !== undefined && !versions.some((version) => version.id === id)) {
      throw new ServiceError(
        "ResourceNotFoundException",
        `Secrets Manager can't find the specified secret value for VersionId: ${id}`,
      );
    }
  }
  if (from !== undefined && holder?.id !== from) {
    throw new ServiceError(
      "InvalidParameterException",
      `The staging label ${stage} isn't attached to version ${from}.`,
    );
  }
  if (to === undefined) {
    if (stage === CURRENT) {
      throw new ServiceError(
        "InvalidParameterException",
        `You can only move staging label ${CURRENT} to a different secret version. It can't be ` +
          "completely removed.",
      );
    }
    return from === undefined ? versions : without(versions, stage);
  }
  if (holder !== undefined && holder.id !== to && from === undefined) {
    throw new ServiceError(
      "InvalidParameterException",
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently ` +
        `attached to version ${holder.id}, so you must explicitly reference that version in ` +
        "RemoveFromVersionId.",
    );
  }
  return labelled(versions, stage, to);
}

/** A label moves to a version; the one that loses AWSCURRENT becomes AWSPREVIOUS. */
function labelled(versions: Versions, label: string, id: string): Versions {
  const holder = versions.find(({ stages }) => stages.includes(label));
  if (holder?.id === id) return versions;
  const moved = without(versions, label).map((version) =>
    version.id === id ? { ...version, stages: [...version.stages, label] } : version,
  );
  return label === CURRENT && holder !== undefined ? labelled(moved, PREVIOUS, holder.id) : moved;
}

const without = (versions: Versions, label: string): Versions =>
  versions.map((version) =>
    version.stages.includes(label)
      ? { ...version, stages: version.stages.filter((stage) => stage !== label) }
      : version,
  );

function pruned(versions: Versions): Versions {
  const unlabelled = versions.filter(({ stages }) => stages.length === 0);
  const surplus = new Set(unlabelled.slice(0, Math.max(0, versions.length - KEPT)));
  return versions.filter((version) => !surplus.has(version));
}

/** What `DescribeSecret` lists: the versions that carry a label. */
export const stagesById = (versions: Versions): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, stages]),
  );
