import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { isUnknownText } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import type { References } from "./references";
import type { Secrets, StoredSecret } from "./secrets";

/** A schedule by which Secrets Manager rotates a secret. */
export interface Rotation {
  readonly urn: string;
  readonly name: string;
  /** `undefined` where the secret is outside the program. */
  readonly secret: StoredSecret | undefined;
  /** `undefined` where it is not known. */
  readonly rotatesImmediately: boolean | undefined;
  /** Seconds between two rotations, at least; `undefined` for a calendar, and where it is not known. */
  readonly periodSeconds: number | undefined;
}

const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const SECRET = "aws:secretsmanager/secret:Secret";
const HOUR = 3600;
const DAY = 24 * HOUR;

export function rotationsOf(
  registrations: readonly Registration[],
  secrets: Secrets,
  references: References,
): readonly Rotation[] {
  return registrations
    .filter(({ type }) => type === ROTATION)
    .map((registration) => {
      const properties = opened(registration);
      const [behind] = references.behind(registration, "secretId", SECRET);
      const said = textOf(unwrapSecrets(registration.inputs.secretId)) ?? "";
      // The provider's own default is true.
      const { rotateImmediately = true } = registration.inputs;
      return {
        urn: registration.urn,
        name: registration.name,
        secret: secrets.find(said) ?? secrets.all.find(({ urn }) => urn === behind),
        rotatesImmediately: typeof rotateImmediately === "boolean" ? rotateImmediately : undefined,
        periodSeconds: periodOf(recordOf(properties.rotationRules)),
      };
    });
}

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
        if (isLate(metadata, spec, pod)) return [ANY_WORKLOAD];
        return listOf(at(pod, "containers")).flatMap((container) => {
          const words = [...listOf(at(container, "command")), ...listOf(at(container, "args"))];
          const [, name] = RESTART.exec(words.map((word) => textOf(word) ?? "").join(" ")) ?? [];
          return name === undefined ? [] : [`${namespace}/${name}`];
        });
      }),
  );

/** Whether only the update tells what a job does, or where. */
const isLate = (metadata: unknown, spec: unknown, pod: unknown): boolean =>
  [
    ...[metadata, at(metadata, "namespace"), spec, at(spec, "jobTemplate"), pod],
    ...[at(spec, "jobTemplate", "spec"), at(spec, "jobTemplate", "spec", "template")],
    ...[at(pod, "containers"), ...listOf(at(pod, "containers"))],
    ...listOf(at(pod, "containers")).flatMap((container) => [
      ...[at(container, "command"), ...listOf(at(container, "command"))],
      ...[at(container, "args"), ...listOf(at(container, "args"))],
    ]),
  ].some((value) => typeof value === "string" && isUnknownText(value));

const RESTART = /\brollout restart (?:deployments?|deploy)(?:\.apps)?[/ ]([a-z0-9.-]+)/;

function periodOf(rules: Readonly<Record<string, unknown>>): number | undefined {
  const days = at(rules, "automaticallyAfterDays");
  if (typeof days === "number") return days * DAY;
  const [, count, unit] =
    /^rate\((\d+) (hour|day)s?\)$/.exec(textOf(rules.scheduleExpression) ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "day" ? DAY : HOUR);
}
