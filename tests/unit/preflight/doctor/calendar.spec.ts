import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { longestGapHours } from "../../../../components/csi-secrets-app/restart/cron";
import { rotationSchedule } from "../../../../components/shared/rotation-schedule";
import {
  cronJobGaps,
  type Gaps,
  rotationCronGaps,
} from "../../../../preflight/doctor/facts/calendar";

const DAY = 24;
const HORIZON = 8 * 365.25 * DAY;

const inHours = (gaps: Gaps | undefined): readonly number[] | undefined =>
  gaps && [gaps.shortestSeconds / 3600, gaps.longestSeconds / 3600];

describe("the gaps of a CronJob's schedule", () => {
  const known: readonly (readonly [string, readonly number[] | undefined, string?])[] = [
    ["0 3 * * 0", [7 * DAY, 7 * DAY]],
    ["30 3 * * *", [DAY, DAY]],
    ["0 3-5,23 * * *", [1, 18]],
    ["* * * * *", [1, 1]],
    ["0 1/5 * * ?", [4, 5]],
    ["0 3 * * mon-fri", [DAY, 3 * DAY]],
    ["0 3 1 JAN *", [365 * DAY, 366 * DAY]],
    // Either field of days is enough, unless one of them begins with a star.
    ["0 3 1 * MON", [DAY, 7 * DAY]],
    ["0 3 */2 * 1", [7 * DAY, 21 * DAY]],
    ["0 3 30 2 *", [HORIZON, HORIZON]],
    ["@daily", [DAY, DAY]],
    ["@hourly", [1, 1]],
    ["@weekly", [7 * DAY, 7 * DAY]],
    ["@monthly", [28 * DAY, 31 * DAY]],
    ["@annually", [365 * DAY, 366 * DAY]],
    ["@every 1h30m", [1.5, 1.5]],
    ["@every now", undefined],
    ["@every 1h 0 3 * * *", undefined],
    ["on @every 1h", undefined],
    // Blanks around and between the fields count for nothing.
    [" 0  3  * * * ", [DAY, DAY]],
    // A step after a star is a star, one after a number is not.
    ["0 3 1/2 * 1", [DAY, 2 * DAY]],
    ["0 3 * * */2", [DAY, 2 * DAY]],
    ["@sometimes", undefined],
    ["", undefined],
    ["0 3 * *", undefined],
    ["0 3 * * * *", undefined],
    ["CRON_TZ=UTC 0 3 * * *", undefined],
    ["0 24 * * *", undefined],
    ["0 3 * 13 *", undefined],
    ["0 3 * * FOO", undefined],
    // The night in which the clock goes forward, and the one in which it goes back.
    ["0 3 * * *", [DAY - 1, DAY + 1], "Europe/Berlin"],
    ...["UTC", "Etc/UTC"].map((zone) => ["0 3 * * *", [DAY, DAY], zone] as const),
    ["0 3 * * *", [DAY - 1, DAY + 1], "Etc/UTC+1"],
  ];
  for (const [schedule, hours, timeZone] of known) {
    it(`are ${String(hours)} with "${schedule}" ${timeZone ?? ""}`, () => {
      assert.deepEqual(inHours(cronJobGaps(schedule, timeZone)), hours);
    });
  }

  it("are those that the component counts with", () => {
    const number = (least: number, most: number) => fc.integer({ min: least, max: most });
    const list = (least: number, most: number) =>
      fc.uniqueArray(number(least, most), { minLength: 1, maxLength: 4 }).map(String);
    const hour = fc.oneof(
      list(0, 23),
      number(1, 23).map((step) => `*/${step}`),
    );
    const days = fc.oneof(
      fc.constant("* * *"),
      list(0, 6).map((days) => `* * ${days}`),
      list(1, 28).map((days) => `${days} * *`),
    );
    fc.assert(
      fc.property(hour, days, (hours, ofDays) => {
        const schedule = `0 ${hours} ${ofDays}`;
        assert.equal(inHours(cronJobGaps(schedule))?.[1], longestGapHours(schedule), schedule);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the gaps of a calendar of Secrets Manager", () => {
  const same = [
    ...["cron(0 4 ? * SUN *)", "cron(0 4 * * ? *)", "cron(0 0/8 * * ? *)", "cron(0 4 L * ? *)"],
    ...["cron(0 4 ? * L *)", "cron(0 4 ? * 1#2 *)", "cron(0 4 ? * SUNL *)", "cron(0 4 1,15 * ? *)"],
    ...["cron(0 8,16 ? JAN-MAR MON-FRI *)", "cron(0 4 29 2 ? *)", "cron(0 4 ? * 2-6 *)"],
  ];
  for (const expression of same) {
    it(`are those that the component reads in ${expression}`, () => {
      const { shortestHours, longestHours } = rotationSchedule(expression) ?? {};
      assert.deepEqual(inHours(rotationCronGaps(expression)), [shortestHours, longestHours]);
    });
  }

  it("count the days of a week from Sunday", () => {
    assert.deepEqual(inHours(rotationCronGaps("cron(0 4 ? * SUN,2 *)")), [DAY, 6 * DAY]);
  });

  const unknown = [
    "",
    "rate(1 day)",
    "cron(5 4 * * ? *)",
    "cron(0 4 * * ? 2030)",
    "cron(0 x * * ? *)",
    "at cron(0 4 * * ? *)",
    "cron(0 4 * * ? *) UTC",
  ];
  for (const expression of unknown) {
    it(`are not known of "${expression}"`, () => {
      assert.equal(rotationCronGaps(expression), undefined);
    });
  }
});
