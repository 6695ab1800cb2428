import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  everyProblem,
  longestWindow,
  longWindowProblem,
  rotationSchedule,
  shortestGapHours,
  windowHours,
  windowProblem,
} from "../../../../components/shared/rotation-schedule";

const DAY = 24;
const EVERY =
  'must be a number of days from "1d" to "1000d", or a schedule of Secrets Manager that rotates every 4 hours at most: ' +
  '"rate(12 hours)", "rate(10 days)", or "cron(0 4 ? * SUN *)" with 0 minutes and any year';

/** Shortest and longest hours between two windows, and the last hour at which one opens. */
const timesOf = (every: string): readonly number[] | undefined => {
  const schedule = rotationSchedule(every);
  return schedule && [schedule.shortestHours, schedule.longestHours, schedule.lastOpening];
};

describe("the schedule of a rotation", () => {
  for (const [every, times] of [
    ["1d", [DAY, DAY, 0]],
    ["30d", [30 * DAY, 30 * DAY, 0]],
    ["1000d", [1000 * DAY, 1000 * DAY, 0]],
    ["rate(4 hours)", [4, 4, 0]],
    ["rate(1 day)", [DAY, DAY, 0]],
    ["rate(999 days)", [999 * DAY, 999 * DAY, 0]],
    // Examples of https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
    ["cron(0 8/8 * * ? *)", [8, 16, 16]],
    ["cron(0 4/12 * * ? *)", [12, 12, 16]],
    ["cron(0 10 * * ? *)", [DAY, DAY, 10]],
    ["cron(0 18 ? * SAT *)", [7 * DAY, 7 * DAY, 18]],
    ["cron(0 4 ? * SUN *)", [7 * DAY, 7 * DAY, 4]],
    ["cron(0 8 1 * ? *)", [28 * DAY, 31 * DAY, 8]],
    ["cron(0 1 ? 1/3 SUN#1 *)", [84 * DAY, 98 * DAY, 1]],
    ["cron(0 17 L * ? *)", [28 * DAY, 31 * DAY, 17]],
    ["cron(0 8 ? * MON-FRI *)", [DAY, 3 * DAY, 8]],
    ["cron(0 16 1,15 * ? *)", [14 * DAY, 17 * DAY, 16]],
    ["cron(0 0 ? * SUN#1 *)", [28 * DAY, 35 * DAY, 0]],
    ["cron(0 0 ? * 6L *)", [28 * DAY, 35 * DAY, 0]],
    ["cron(0 0 ? * L *)", [7 * DAY, 7 * DAY, 0]],
    ["cron(0 2 1 JAN,JUL ? *)", [181 * DAY, 184 * DAY, 2]],
    ["cron(0 2 1 1 ? *)", [365 * DAY, 366 * DAY, 2]],
    ["cron(0 /6 * * ? *)", [6, 6, 18]],
  ] as const) {
    it(`is understood: ${every}`, () => {
      assert.deepEqual(timesOf(every), times);
      assert.equal(everyProblem(every), undefined);
    });
  }

  for (const every of [
    ...["", "0d", "1001d", "30", "2w", "1.5d", " 30d", "030d", "30days"],
    ...[
      "xrate(4 hours)",
      "rate(4 hours)x",
      "rate(3 hours)",
      "rate(0 days)",
      "rate(1000 days)",
      "rate(5 minutes)",
      "rate(4hours)",
    ],
    ...["cron(5 4 * * ? *)", "cron(0 4 * * ? 2026)", "cron(0 4 * * ?)", "cron(0 4 * * ? * *)"],
    ...["cron(0 24 * * ? *)", "cron(0 4 32 * ? *)", "cron(0 4 ? * 8 *)", "cron(0 4 ? 13 SUN *)"],
    ...["cron(0 /3 * * ? *)", "cron(0 4,6 * * ? *)", "cron(0 4 * * * *)", "cron(0 4 ? * ? *)"],
    ...["cron(0 4 5W * ? *)", "cron(0 4 31 2 ? *)", "cron(0 4 ? * SUN#6 *)", "cron(0 5-3 * * ? *)"],
    ...["cron(0 4/0 * * ? *)", "cron(0 1-2-3 * * ? *)", "cron(0 1/2/3 * * ? *)", "cron()"],
    ...["cron(0 * * * ? *)", "cron(0 0/2 ? * * *)"],
    ...["cron(0 4, * * ? *)", "cron(0 4 ? * sun *)", "cron(0 4 29 2 ? *)x"],
  ]) {
    it(`is refused: ${JSON.stringify(every)}`, () => {
      assert.equal(rotationSchedule(every), undefined);
      assert.equal(everyProblem(every), EVERY);
    });
  }

  it("goes to Secrets Manager as days or as it is", () => {
    assert.deepEqual(rotationSchedule("7d")?.rules, { automaticallyAfterDays: 7 });
    for (const every of ["rate(12 hours)", "cron(0 4 ? * SUN *)"]) {
      assert.deepEqual(rotationSchedule(every)?.rules, { scheduleExpression: every });
    }
  });

  it("opens its windows four hours apart or more, whatever it is", () => {
    const field = fc.stringMatching(/^([0-9*?/,L#-]{1,5}|SUN|JAN)$/);
    fc.assert(
      fc.property(fc.tuple(field, field, field, field), (fields) => {
        const schedule = rotationSchedule(`cron(0 ${fields.join(" ")} *)`);
        if (schedule === undefined) return;
        assert.ok(schedule.shortestHours >= 4);
        assert.ok(schedule.longestHours >= schedule.shortestHours);
        assert.ok(longestWindow(schedule) >= 1 && longestWindow(schedule) <= DAY);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the window of a rotation", () => {
  it("is a whole number of hours", () => {
    assert.deepEqual(["1h", "3h", "24h"].map(windowHours), [1, 3, 24]);
    assert.deepEqual(["1h", "24h"].map(windowProblem), [undefined, undefined]);
    for (const window of ["0h", "25h", "3", "90m", "", "1.5h", "03h", "3hours"]) {
      assert.equal(windowHours(window), undefined);
      assert.equal(windowProblem(window), 'must be a whole number of hours from "1h" to "24h"');
    }
  });

  for (const [every, longest] of [
    ["30d", 24],
    ["rate(4 hours)", 4],
    ["cron(0 23 * * ? *)", 1],
    ["cron(0 8/8 * * ? *)", 8],
    ["cron(0 4 ? * SUN *)", 20],
  ] as const) {
    it(`of ${every} ends with the day and before the next one, after ${longest}h`, () => {
      const rule = longWindowProblem(rotationSchedule(every) ?? assert.fail());
      assert.equal(rule(`${longest}h`), undefined);
      if (longest === 24) return;
      assert.equal(
        rule(`${longest + 1}h`),
        `must be at most "${longest}h" with this 'rotation.every', so that it ends on the same UTC ` +
          "day and before the next window",
      );
    });
  }

  it("shortens the time between two rotations by its length", () => {
    const schedule = rotationSchedule("cron(0 8/8 * * ? *)") ?? assert.fail();
    assert.equal(shortestGapHours(schedule, 3), 5);
  });
});
