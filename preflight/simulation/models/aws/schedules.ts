import { form, type ValueRule } from "../value-rules";

const RATE = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const CRON = /^cron\(\S+( \S+){5}\)$/;

/**
 * A schedule of EventBridge.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const SCHEDULE: ValueRule = (value) => {
  const expression = String(value);
  if (CRON.test(expression)) return undefined;
  const [, count, , plural] = RATE.exec(expression) ?? [];
  const number = Number(count);
  const agrees = number === 1 ? plural === "" : plural === "s";
  return number >= 1 && agrees
    ? undefined
    : "must be rate(1 day), rate(2 days), … or cron(…) with 6 fields";
};

const SHORTEST_HOURS = 4;

/**
 * A schedule of Secrets Manager: every four hours or less often.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export const ROTATION_SCHEDULE: ValueRule = (value) => {
  const expression = String(value);
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression) ?? [];
  const isRate = unit === "hour" ? Number(count) >= SHORTEST_HOURS : Number(count) >= 1;
  const isCron = /^cron\(0 \S+( \S+){3} \*\)$/.test(expression);
  return isRate || isCron
    ? undefined
    : "must be rate(10 days), rate(4 hours) or more, or cron(…) with 6 fields: minutes 0, year *";
};

/** The window of a rotation, in whole hours. */
export const ROTATION_WINDOW = form(
  /^([1-9]|1\d|2[0-4])h$/,
  "be whole hours from 1h to 24h, such as 3h",
);
