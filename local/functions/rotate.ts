import { randomUUID } from "node:crypto";
import { mayInvoke, noteRotated } from "../secrets/rotation";
import { keepVersions, type StoredSecret, versionsIn } from "../secrets/stored";
import {
  beginRotation,
  CURRENT,
  currentOf,
  moveStage,
  PENDING,
  unfinishedRotation,
  withoutVersion,
} from "../secrets/versions";
import { Refused } from "../server/errors";
import type { CloudStore } from "../server/store";
import type { Functions } from "./functions";

/** The steps of a rotation, each of which calls the function. */
export const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

export type Step = (typeof STEPS)[number];

export interface RotationRequest {
  readonly secret: StoredSecret;
  readonly functionArn: string;
  readonly store: CloudStore;
  readonly functions: Pick<Functions, "invoke">;
  /** Called before each step. */
  readonly onStep?: (step: Step) => void;
}

/**
 * Rotates a secret as Secrets Manager does: a pending version without a value, then the four steps. One
 * that did not end is taken up again with its version. Throws `FunctionError` where a step fails.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export async function rotate(request: RotationRequest): Promise<void> {
  const { secret, store } = request;
  requirePermission(request);
  const versions = versionsIn(store, secret);
  const token = unfinishedRotation(versions)?.id ?? begin(request);
  for (const step of STEPS) await run(step, token, request);
  if (currentOf(versionsIn(store, secret))?.id !== token) {
    throw new Refused(
      `the rotation of '${secret.name}' ended without an error, and its version is not ${CURRENT}`,
    );
  }
  noteRotated(store, secret, Date.now());
}

/**
 * Runs `testSecret` alone, on a pending version that is removed again: what Secrets Manager does when a
 * rotation is configured that does not begin at once.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export async function testRotation(request: RotationRequest): Promise<void> {
  const { secret, store } = request;
  requirePermission(request);
  // One that is under way is not disturbed: Secrets Manager would take it up again.
  if (unfinishedRotation(versionsIn(store, secret)) !== undefined) return;
  const token = begin(request);
  try {
    await run("testSecret", token, request);
  } finally {
    keepVersions(store, secret, withoutVersion(versionsIn(store, secret), token));
  }
}

function begin({ secret, store }: RotationRequest): string {
  const token = randomUUID();
  const versions = versionsIn(store, secret);
  const finished = versions.find(({ stages }) => stages.includes(PENDING));
  const free =
    finished === undefined ? versions : moveStage(versions, { stage: PENDING, from: finished.id });
  keepVersions(store, secret, beginRotation(free, token, Date.now()));
  return token;
}

async function run(
  step: Step,
  token: string,
  { secret, functionArn, store, functions, onStep }: RotationRequest,
): Promise<void> {
  onStep?.(step);
  const event = { Step: step, SecretId: secret.arn, ClientRequestToken: token };
  await functions.invoke(functionArn, event, store);
}

function requirePermission({ secret, functionArn, store }: RotationRequest): void {
  if (mayInvoke(store, functionArn, secret.arn)) return;
  throw new Refused(
    `AccessDeniedException: Secrets Manager cannot invoke the function ${functionArn} for ` +
      `'${secret.name}': an aws.lambda.Permission must allow secretsmanager.amazonaws.com to do it`,
  );
}
