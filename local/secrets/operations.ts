import { randomUUID } from "node:crypto";
import { text } from "../../preflight/simulation/models/model";
import { listOf, recordOf } from "../../preflight/simulation/wire/values";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import type { CloudStore } from "../server/store";
import { ServiceError } from "./errors";
import { rotationOf } from "./rotation";
import { keepVersions, secretNamed, type StoredSecret, versionsIn } from "./stored";
import {
  currentOf,
  moveStage,
  putValue,
  stagesById,
  type Version,
  versionOf,
  type Versions,
} from "./versions";

export interface Clock {
  readonly now: () => number;
  /** When something was made, as a caller is told: a clock may run faster than that of the machine. */
  readonly told: (time: number) => number;
}

export const REAL_TIME: Clock = { now: () => Date.now(), told: (time) => time };

type Request = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

interface Call {
  readonly request: Request;
  readonly secret: StoredSecret;
  readonly store: CloudStore;
  readonly clock: Clock;
}

/** The operations of Secrets Manager that a rotation function may need. */
const OPERATIONS: Readonly<Record<string, (call: Call) => Answer>> = {
  DescribeSecret: describe,
  GetSecretValue: getValue,
  ListSecretVersionIds: listVersions,
  PutSecretValue: put,
  UpdateSecretVersionStage: move,
};

/** Throws `ServiceError` for a call that the caller's role may not make. */
export type Authorize = (action: string, secret: StoredSecret) => void;

/** Answers one call. Throws `ServiceError`. */
export function perform(
  operation: string,
  request: Request,
  store: CloudStore,
  { clock = REAL_TIME, authorize }: { readonly clock?: Clock; readonly authorize?: Authorize } = {},
): Answer {
  const answer = OPERATIONS[operation];
  if (answer === undefined) {
    throw new ServiceError(
      "UnknownOperationException",
      `the local cloud has no ${operation}; it knows ${Object.keys(OPERATIONS).join(", ")}`,
    );
  }
  const secret = secretNamed(store, text(request.SecretId));
  authorize?.(`secretsmanager:${operation}`, secret);
  return answer({ request, store, clock, secret });
}

const identity = ({ arn, name }: StoredSecret): Answer => ({ ARN: arn, Name: name });

/** In seconds, as the service's JSON has them. */
const seconds = (milliseconds: number): number => milliseconds / 1000;

function describe({ secret, store, clock }: Call): Answer {
  const versions = versionsIn(store, secret);
  const rotation = rotationOf(store, secret);
  const object = store.all(TYPES.secret).find(({ outputs }) => outputs.arn === secret.arn);
  const kmsKeyId = unwrapSecrets(object?.inputs.kmsKeyId);
  const current = currentOf(versions);
  return {
    ...identity(secret),
    ...(typeof kmsKeyId === "string" && { KmsKeyId: kmsKeyId }),
    RotationEnabled: rotation !== undefined,
    ...(rotation !== undefined && {
      RotationLambdaARN: rotation.functionArn,
      RotationRules: rotation.rules,
    }),
    ...(rotation?.last !== undefined && { LastRotatedDate: seconds(clock.told(rotation.last)) }),
    ...(current !== undefined && { LastChangedDate: seconds(clock.told(current.created)) }),
    VersionIdsToStages: stagesById(versions),
  };
}

function getValue({ request, secret, store, clock }: Call): Answer {
  const { id, stages, value, binary, created } = versionOf(versionsIn(store, secret), {
    ...(typeof request.VersionId === "string" && { id: request.VersionId }),
    ...(typeof request.VersionStage === "string" && { stage: request.VersionStage }),
  });
  return {
    ...identity(secret),
    VersionId: id,
    VersionStages: stages,
    [binary ? "SecretBinary" : "SecretString"]: value,
    CreatedDate: seconds(clock.told(created)),
  };
}

function listVersions({ request, secret, store, clock }: Call): Answer {
  const listed = versionsIn(store, secret).filter(
    ({ stages }) => stages.length > 0 || request.IncludeDeprecated === true,
  );
  return {
    ...identity(secret),
    Versions: listed.map(({ id, stages, created }) => ({
      VersionId: id,
      VersionStages: stages,
      CreatedDate: seconds(clock.told(created)),
    })),
  };
}

function put({ request, secret, store, clock }: Call): Answer {
  const { SecretString, SecretBinary, VersionStages } = request;
  const token = text(request.ClientRequestToken, randomUUID());
  if (token.length < 32 || token.length > 64) {
    throw new ServiceError(
      "InvalidParameterException",
      "ClientRequestToken must be 32-64 characters long.",
    );
  }
  if ((SecretString === undefined) === (SecretBinary === undefined)) {
    throw new ServiceError(
      "InvalidParameterException",
      "You must provide either SecretString or SecretBinary.",
    );
  }
  const versions = change({ secret, store }, (before) =>
    putValue(before, {
      ...{ token, now: clock.now() },
      ...(SecretBinary === undefined
        ? { value: text(SecretString) }
        : { value: text(SecretBinary), binary: true }),
      ...(VersionStages !== undefined && {
        stages: listOf(VersionStages).map((stage) => text(stage)),
      }),
    }),
  );
  const { stages } = versions.find(({ id }) => id === token) as Version;
  return { ...identity(secret), VersionId: token, VersionStages: stages };
}

function move({ request, secret, store }: Call): Answer {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = recordOf(request);
  change({ secret, store }, (versions) =>
    moveStage(versions, {
      stage: text(VersionStage),
      ...(typeof MoveToVersionId === "string" && { to: MoveToVersionId }),
      ...(typeof RemoveFromVersionId === "string" && { from: RemoveFromVersionId }),
    }),
  );
  return identity(secret);
}

function change(
  { secret, store }: Pick<Call, "secret" | "store">,
  to: (versions: Versions) => Versions,
): Versions {
  const before = versionsIn(store, secret);
  const after = to(before);
  if (after !== before) keepVersions(store, secret, after);
  return after;
}
