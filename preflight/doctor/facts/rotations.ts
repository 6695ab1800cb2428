import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, recordOf, textOf } from "../../simulation/wire/values";
import { rotationCronGaps } from "./calendar";
import { opened } from "./location";
import type { References } from "./references";
import { FUNCTION_TYPES, type RotationFunction } from "./rotation-functions";
import type { Secrets, StoredSecret } from "./secrets";

/** How Secrets Manager rotates a secret. */
export interface Rotation {
  /** Of the schedule; of the database where RDS rotates the secret by its own. */
  readonly urn: string;
  readonly name: string;
  /** `undefined` where the secret is outside the program. */
  readonly secret: StoredSecret | undefined;
  /** Name or ARN by which the schedule knows the secret; `undefined` where that is not known. */
  readonly secretId: string | undefined;
  /** `undefined` where it is not known. */
  readonly rotatesImmediately: boolean | undefined;
  /** Seconds between the openings of two windows in a row, at least; `undefined` where it is not known. */
  readonly periodSeconds: number | undefined;
  /** How long a rotation may be late; `undefined` where nobody says, or it is not known. */
  readonly windowSeconds: number | undefined;
  /**
   * Seconds between two rotations, at least: one at the end of its window, the next at the start;
   * `undefined` where that is not known.
   */
  readonly leastGapSeconds: number | undefined;
  /** When it rotates, for people; `undefined` where it is not known. */
  readonly schedule: string | undefined;
  /** What makes the next value; `undefined` where that is not known. */
  readonly by: RotationFunction | "RDS" | undefined;
}

/** No schedule of Secrets Manager rotates more often, whatever its calendar. */
export const LEAST_PERIOD_SECONDS = 4 * 3600;

const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const SECRET = "aws:secretsmanager/secret:Secret";
const HOUR = 3600;
const DAY = 24 * HOUR;
/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
const DAYS_OF_RDS = 7;

export function rotationsOf(
  registrations: readonly Registration[],
  functions: ReadonlyMap<Registration, RotationFunction>,
  secrets: Secrets,
  references: References,
): readonly Rotation[] {
  const functionBehind = functionFinder(registrations, references);
  const scheduled = registrations
    .filter(({ type }) => type === ROTATION)
    .map((registration): Rotation => {
      const properties = opened(registration);
      const [behind] = references.behind(registration, "secretId", SECRET);
      const said = textOf(unwrapSecrets(registration.inputs.secretId));
      const secret = secrets.find(said ?? "") ?? secrets.all.find(({ urn }) => urn === behind);
      // The provider's own default is true.
      const { rotateImmediately = true } = registration.inputs;
      const rules = recordOf(properties.rotationRules);
      const lambda = functionBehind(registration);
      const periodSeconds = periodOf(rules);
      const windowSeconds = windowOf(rules);
      return {
        urn: registration.urn,
        name: registration.name,
        secret,
        secretId: said ?? secret?.arn,
        rotatesImmediately: typeof rotateImmediately === "boolean" ? rotateImmediately : undefined,
        periodSeconds,
        windowSeconds,
        leastGapSeconds: leastGapOf(periodSeconds, windowSeconds, rules),
        schedule: scheduleOf(rules),
        by: secret?.isManaged === true ? "RDS" : lambda && functions.get(lambda),
      };
    });
  const isScheduled = new Set(scheduled.map(({ secret }) => secret?.urn));
  return [
    ...scheduled,
    ...secrets.all
      .filter(({ urn, isManaged }) => isManaged && !isScheduled.has(urn))
      .map((secret) => byRds(secret)),
  ];
}

/** What RDS does with a secret that it keeps, where nobody says otherwise. */
const byRds = (secret: StoredSecret): Rotation => ({
  urn: secret.urn,
  name: secret.name,
  secret,
  secretId: secret.arn,
  rotatesImmediately: false,
  periodSeconds: DAYS_OF_RDS * DAY,
  windowSeconds: undefined,
  leastGapSeconds: DAYS_OF_RDS * DAY,
  schedule: `every ${DAYS_OF_RDS} days`,
  by: "RDS",
});

/** Finds the function of a schedule, whatever it is. */
export function functionFinder(
  registrations: readonly Registration[],
  references: References,
): (schedule: Registration) => Registration | undefined {
  const functions = registrations
    .filter(({ type }) => FUNCTION_TYPES.includes(type))
    .map((registration) => {
      const { arn, outputs } = opened(registration);
      return { registration, arns: [arn, at(outputs, "RotationLambdaARN")] };
    });
  return (schedule) => {
    const said = textOf(opened(schedule).rotationLambdaArn);
    const [behind] = FUNCTION_TYPES.flatMap((type) =>
      references.behind(schedule, "rotationLambdaArn", type),
    );
    return functions.find(
      ({ registration: { urn }, arns }) =>
        (said !== undefined && arns.includes(said)) || urn === behind,
    )?.registration;
  };
}

/**
 * Whether the program gives a user of PostgreSQL a role to take at login.
 *
 * @see https://www.pulumi.com/registry/packages/postgresql/api-docs/role/
 */
export const takesRoleAtLogin = (registrations: readonly Registration[]): boolean =>
  registrations.some(
    (registration) =>
      registration.type === "postgresql:index/role:Role" &&
      (opened(registration).assumeRole ?? "") !== "",
  );

function periodOf(rules: Readonly<Record<string, unknown>>): number | undefined {
  const days = at(rules, "automaticallyAfterDays");
  if (typeof days === "number") return days * DAY;
  const expression = textOf(rules.scheduleExpression) ?? "";
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression) ?? [];
  return count === undefined
    ? rotationCronGaps(expression)?.shortestSeconds
    : Number(count) * (unit === "day" ? DAY : HOUR);
}

function windowOf({ duration }: Readonly<Record<string, unknown>>): number | undefined {
  const [, hours] = /^(\d+)h$/.exec(textOf(duration) ?? "") ?? [];
  return hours === undefined ? undefined : Number(hours) * HOUR;
}

function leastGapOf(
  period: number | undefined,
  window: number | undefined,
  { duration }: Readonly<Record<string, unknown>>,
): number | undefined {
  if (period === undefined || (window === undefined && duration !== undefined)) return undefined;
  return period - (window ?? 0);
}

function scheduleOf(rules: Readonly<Record<string, unknown>>): string | undefined {
  const days = rules.automaticallyAfterDays;
  if (typeof days === "number") return days === 1 ? "every day" : `every ${days} days`;
  return textOf(rules.scheduleExpression);
}
