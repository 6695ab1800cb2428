import { text } from "../../preflight/simulation/models/model";
import { recordOf } from "../../preflight/simulation/wire/values";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";
import type { StoredSecret } from "./stored";

export const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const PERMISSION = "aws:lambda/permission:Permission";

/** How a secret rotates. */
export interface Rotation {
  readonly functionArn: string;
  /** As the API names them. */
  readonly rules: Readonly<Record<string, unknown>>;
  /** When it last rotated, in milliseconds since 1970; absent where it never did. */
  readonly last?: number;
}

const keyOf = (arn: string): string => `last rotation of ${arn}`;

/** The rotation of a secret; `undefined` where none is configured. */
export function rotationOf(store: CloudStore, { arn, name }: StoredSecret): Rotation | undefined {
  const found = store
    .all(ROTATION)
    .find(({ inputs }) => [arn, name].includes(text(inputs.secretId)));
  return found === undefined ? undefined : rotationIn(found, store, arn);
}

function rotationIn(object: CloudObject, store: CloudStore, arn: string): Rotation {
  const { rotationLambdaArn, rotationRules } = inputsOf(object);
  const { automaticallyAfterDays, scheduleExpression, duration } = recordOf(rotationRules);
  const last = store.kept(keyOf(arn));
  return {
    functionArn: text(rotationLambdaArn),
    rules: {
      ...(automaticallyAfterDays !== undefined && {
        AutomaticallyAfterDays: Number(automaticallyAfterDays),
      }),
      ...(scheduleExpression !== undefined && { ScheduleExpression: scheduleExpression }),
      ...(duration !== undefined && { Duration: duration }),
    },
    ...(typeof last === "number" && { last }),
  };
}

export const noteRotated = (store: CloudStore, { arn }: StoredSecret, now: number): void =>
  store.keep(keyOf(arn), now);

export const forgetRotation = (store: CloudStore, arn: string): void => store.forget(keyOf(arn));

/** Whether Secrets Manager may call a function for a secret: what the function's own policy says. */
export function mayInvoke(store: CloudStore, functionArn: string, secretArn: string): boolean {
  const [, , , , account = ""] = secretArn.split(":");
  return store
    .all(PERMISSION)
    .map(inputsOf)
    .filter(({ function: named }) =>
      [functionArn, functionArn.split(":").at(-1)].includes(text(named)),
    )
    .some(
      ({ action, principal, sourceAccount, sourceArn }) =>
        ["lambda:InvokeFunction", "lambda:*", "*"].includes(text(action)) &&
        principal === "secretsmanager.amazonaws.com" &&
        (sourceAccount === undefined || text(sourceAccount) === account) &&
        (sourceArn === undefined || sourceArn === secretArn),
    );
}
