import { checks, requires, type Rules, under } from "./checks";
import * as names from "./names";
import { endingPodTemplateRules, podTemplateCheck } from "./pods";
import { oneOf, type ValueRule } from "../value-rules";

// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/batch/validation/validation.go

/** Five fields, or one of the names that the parser knows; `TZ=` is refused. */
const schedule: ValueRule = (value) =>
  /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)|[^\s=]+( +[^\s=]+){4})$/.test(
    String(value),
  )
    ? undefined
    : "must be a schedule of five fields";

const JOB = "jobTemplate.spec";

const countRules: Rules = {
  backoffLimit: names.whole(0),
  activeDeadlineSeconds: names.whole(0),
  completions: names.whole(0),
  parallelism: names.whole(0),
  ttlSecondsAfterFinished: names.whole(0),
};

export const cronJobRules: Rules = under("spec", {
  schedule,
  timeZone: names.text,
  concurrencyPolicy: oneOf("Allow", "Forbid", "Replace"),
  startingDeadlineSeconds: names.whole(0),
  successfulJobsHistoryLimit: names.whole(0),
  failedJobsHistoryLimit: names.whole(0),
  ...under(JOB, {
    ...countRules,
    "template.spec.restartPolicy": oneOf("Never", "OnFailure"),
  }),
});

const TEMPLATE = `spec.${JOB}.template`;

/** A Job's pods end: unlike others they must say what becomes of a container that does. */
export const cronJobCheck = checks(
  requires("spec.schedule", `${TEMPLATE}.spec.restartPolicy`),
  podTemplateCheck(TEMPLATE),
);

export const jobRules: Rules = under("spec", {
  ...countRules,
  ...under("template", endingPodTemplateRules),
});

export const jobCheck = checks(
  requires("spec.template.spec.restartPolicy"),
  podTemplateCheck("spec.template"),
);
