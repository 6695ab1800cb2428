import type { Registration } from "../../simulation/mocks/run";
import { isLate } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { cronJobGaps } from "./calendar";
import { opened } from "./location";

/** A CronJob that restarts a workload, by its command. */
export interface Restart {
  readonly name: string;
  /** `NAMESPACE/NAME`; `undefined` where only the update tells what the job does, or where. */
  readonly workload: string | undefined;
  /** Seconds between two restarts, at most; `undefined` where that is not known. */
  readonly longestGapSeconds: number | undefined;
}

const COMMAND =
  /\brollout restart (?:deployments?|deploy|statefulsets?|sts|daemonsets?|ds)(?:\.apps)?[/ ]([a-z0-9.-]+)/;

/** The CronJobs that restart a workload, or that may; not those that are paused. */
export const restartsOf = (registrations: readonly Registration[]): readonly Restart[] =>
  registrations
    .filter(({ type }) => /^kubernetes:batch\/v\w+:CronJob$/.test(type))
    .flatMap((registration): readonly Restart[] => {
      const { metadata, spec } = opened(registration);
      const pod = at(spec, "jobTemplate", "spec", "template", "spec");
      const name = textOf(at(metadata, "name")) ?? registration.name;
      const namespace = textOf(at(metadata, "namespace")) ?? "default";
      if (at(spec, "suspend") === true) return [];
      if (isJobLate(metadata, spec, pod)) {
        return [{ name, workload: undefined, longestGapSeconds: undefined }];
      }
      const longestGapSeconds = longestGapOf(spec);
      return listOf(at(pod, "containers")).flatMap((container) => {
        const words = [...listOf(at(container, "command")), ...listOf(at(container, "args"))];
        const target = COMMAND.exec(words.map(String).join(" "))?.[1];
        return target === undefined
          ? []
          : [{ name, workload: `${namespace}/${target}`, longestGapSeconds }];
      });
    });

function longestGapOf(spec: unknown): number | undefined {
  const [schedule, timeZone, suspend] = ["schedule", "timeZone", "suspend"].map((key) =>
    at(spec, key),
  );
  return [schedule, timeZone, suspend].some(isLate)
    ? undefined
    : cronJobGaps(String(schedule), textOf(timeZone))?.longestSeconds;
}

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
