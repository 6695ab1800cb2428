import type { Registration } from "../../simulation/mocks/run";
import { isUnknownText } from "../../simulation/wire/unknown";
import { textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import type { References } from "./references";
import { functionFinder, type Rotation } from "./rotations";

/** What Secrets Manager needs before it takes a schedule: a function, and the right to call it. */
export interface RotationStart {
  readonly urn: string;
  readonly name: string;
  /** Name of the secret. */
  readonly secret: string;
  /** The function of the program that rotates; `undefined` where the schedule names none at all. */
  readonly function: string | undefined;
  /** URNs of what lets Secrets Manager call it; `undefined` where one may, and is not known. */
  readonly permissions: readonly string[] | undefined;
}

const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";
const CALLER = "secretsmanager.amazonaws.com";

/** The schedules of secrets of the program whose function is in the program, or absent. */
export function rotationStarts(
  registrations: readonly Registration[],
  rotations: readonly Rotation[],
  references: References,
): readonly RotationStart[] {
  const schedules = registrations.filter(({ type }) => type === ROTATION);
  if (schedules.length === 0) return [];
  const functionBehind = functionFinder(registrations, references);
  const permissions = registrations.filter(({ type }) => type === PERMISSION);
  return schedules.flatMap((schedule): readonly RotationStart[] => {
    const { secret } = rotations.find(({ urn }) => urn === schedule.urn) ?? {};
    if (secret === undefined || secret.isManaged) return [];
    const start = { urn: schedule.urn, name: schedule.name, secret: secret.name };
    const { rotationLambdaArn } = opened(schedule);
    if (rotationLambdaArn === undefined)
      return [{ ...start, function: undefined, permissions: [] }];
    const lambda = functionBehind(schedule);
    if (lambda?.type !== FUNCTION) return [];
    const verdicts = permissions.map((each) => ({
      urn: each.urn,
      permits: permits(each, lambda, references),
    }));
    const found = verdicts.filter(({ permits }) => permits === true).map(({ urn }) => urn);
    const isOpen = found.length === 0 && verdicts.some(({ permits }) => permits === "unknown");
    return [{ ...start, function: lambda.name, permissions: isOpen ? undefined : found }];
  });
}

function permits(
  permission: Registration,
  lambda: Registration,
  references: References,
): boolean | "unknown" {
  const { function: named, principal } = opened(permission);
  const { name } = opened(lambda);
  const [behind] = references.behind(permission, "function", FUNCTION);
  const isIt = behind === undefined ? nameIn(String(named)) === name : behind === lambda.urn;
  if (!isIt && (behind !== undefined || !isUnknownText(String(named)))) return false;
  const caller = textOf(principal);
  if (!isIt || caller === undefined) return "unknown";
  return caller === CALLER;
}

/**
 * A function is named by itself, by its ARN, or by a part of that, with or without a version.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
const nameIn = (text: string): string => text.replace(/^.*\bfunction:/, "").replace(/:.*$/, "");
