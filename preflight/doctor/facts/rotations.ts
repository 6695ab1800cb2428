import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { isLate } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
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
  /** Seconds between two rotations, at least; `undefined` for a calendar, and where it is not known. */
  readonly periodSeconds: number | undefined;
  /** How long a rotation may be late; `undefined` where nobody says, or it is not known. */
  readonly windowSeconds: number | undefined;
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
      return {
        urn: registration.urn,
        name: registration.name,
        secret,
        secretId: said ?? secret?.arn,
        rotatesImmediately: typeof rotateImmediately === "boolean" ? rotateImmediately : undefined,
        periodSeconds: periodOf(rules),
        windowSeconds: windowOf(rules),
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
  schedule: `every ${DAYS_OF_RDS} days`,
  by: "RDS",
});

/** Finds the function of a schedule, whatever it is. */
function functionFinder(
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

/** In the place of a name: a job may restart any of them. */
export const ANY_WORKLOAD = "*";

/** `NAMESPACE/NAME` of the Deployments that a CronJob of the program restarts, by its command. */
export const restartedOf = (registrations: readonly Registration[]): ReadonlySet<string> =>
  new Set(
    registrations
      .filter(({ type }) => /^kubernetes:batch\/v\w+:CronJob$/.test(type))
      .flatMap((registration) => {
        const { metadata, spec } = opened(registration);
        const pod = at(spec, "jobTemplate", "spec", "template", "spec");
        const namespace = textOf(at(metadata, "namespace")) ?? "default";
        if (at(spec, "suspend") === true) return [];
        if (isJobLate(metadata, spec, pod)) return [ANY_WORKLOAD];
        return listOf(at(pod, "containers")).flatMap((container) => {
          const words = [...listOf(at(container, "command")), ...listOf(at(container, "args"))];
          const [, name] = RESTART.exec(words.map((word) => textOf(word) ?? "").join(" ")) ?? [];
          return name === undefined ? [] : [`${namespace}/${name}`];
        });
      }),
  );

/** Whether only the update tells what a job does, or where. */
const isJobLate = (metadata: unknown, spec: unknown, pod: unknown): boolean =>
  [
    ...[metadata, at(metadata, "namespace"), spec, at(spec, "jobTemplate"), pod],
    ...[at(spec, "jobTemplate", "spec"), at(spec, "jobTemplate", "spec", "template")],
    ...[at(pod, "containers"), ...listOf(at(pod, "containers"))],
    ...listOf(at(pod, "containers")).flatMap((container) => [
      ...[at(container, "command"), ...listOf(at(container, "command"))],
      ...[at(container, "args"), ...listOf(at(container, "args"))],
    ]),
  ].some(isLate);

const RESTART = /\brollout restart (?:deployments?|deploy)(?:\.apps)?[/ ]([a-z0-9.-]+)/;

function periodOf(rules: Readonly<Record<string, unknown>>): number | undefined {
  const days = at(rules, "automaticallyAfterDays");
  if (typeof days === "number") return days * DAY;
  const [, count, unit] =
    /^rate\((\d+) (hour|day)s?\)$/.exec(textOf(rules.scheduleExpression) ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "day" ? DAY : HOUR);
}

function windowOf({ duration }: Readonly<Record<string, unknown>>): number | undefined {
  const [, hours] = /^(\d+)h$/.exec(textOf(duration) ?? "") ?? [];
  return hours === undefined ? undefined : Number(hours) * HOUR;
}

function scheduleOf(rules: Readonly<Record<string, unknown>>): string | undefined {
  const days = rules.automaticallyAfterDays;
  if (typeof days === "number") return days === 1 ? "every day" : `every ${days} days`;
  return textOf(rules.scheduleExpression);
}
