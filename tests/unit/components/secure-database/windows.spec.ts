import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  backupWindowProblem,
  maintenanceWindowProblem,
  overlapProblem,
} from "../../../../components/secure-database/windows";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const SHORTEST = 30;

/** The problem of each window, and of the two together. */
const problems = (backup: string, maintenance: string) => [
  backupWindowProblem(backup),
  maintenanceWindowProblem(maintenance),
  overlapProblem(backup)(maintenance),
];
const NONE = [undefined, undefined, undefined];

describe("backup and maintenance windows", () => {
  const APART: readonly (readonly [string, string, string])[] = [
    ["the defaults", "02:00-03:00", "sun:03:30-sun:04:30"],
    ["windows that touch", "02:00-03:00", "sun:03:00-sun:03:30"],
    ["windows that touch the other way", "03:30-04:00", "sun:03:00-sun:03:30"],
    ["a backup past midnight", "23:45-00:15", "mon:00:15-mon:00:45"],
    ["maintenance from Sunday into Monday", "00:30-01:00", "sun:23:45-mon:00:30"],
    ["the shortest of each", "02:00-02:30", "wed:02:30-wed:03:00"],
    ["maintenance of all the time between two backups", "02:00-02:30", "tue:02:30-wed:02:00"],
  ];
  for (const [what, backup, maintenance] of APART) {
    it(`accepts ${what}`, () => assert.deepEqual(problems(backup, maintenance), NONE));
  }

  const OVERLAPPING: readonly (readonly [string, string, string])[] = [
    ["02:00-03:00", "sun:02:59-sun:03:29", "sun"],
    ["02:00-03:00", "wed:01:00-wed:04:00", "wed"],
    ["01:00-05:00", "fri:02:00-fri:03:00", "fri"],
    ["23:45-00:15", "mon:00:00-mon:00:30", "sun"],
    ["00:00-00:30", "sun:23:30-mon:00:01", "mon"],
    ["02:00-02:30", "tue:02:30-wed:02:01", "wed"],
  ];
  for (const [backup, maintenance, day] of OVERLAPPING) {
    it(`refuses "${backup}" with "${maintenance}"`, () =>
      assert.deepEqual(problems(backup, maintenance), [
        undefined,
        undefined,
        `must not overlap the daily backup window "${backup}", and overlaps the backup that ` +
          `begins on ${day}; move 'maintenanceWindow' or 'backupWindow'`,
      ]));
  }

  const DAILY = 'must be "hh:mm-hh:mm" in UTC, such as "02:00-03:00"';
  const WEEKLY =
    'must be "ddd:hh:mm-ddd:hh:mm" in UTC with days in lower case, such as "sun:03:30-sun:04:30"';
  const SHORT = "must be at least 30 minutes long";
  for (const [window, reason] of [
    ["2:00-3:00", DAILY],
    ["24:00-01:00", DAILY],
    ["02:60-03:30", DAILY],
    ["02:00-03:00Z", DAILY],
    [" 02:00-03:00", DAILY],
    ["", DAILY],
    ["02:00-02:29", SHORT],
    ["02:00-02:00", SHORT],
  ] as const) {
    it(`refuses "${window}" for backups`, () => assert.equal(backupWindowProblem(window), reason));
  }
  for (const [window, reason] of [
    ["Sun:03:30-Sun:04:30", WEEKLY],
    ["03:30-04:30", WEEKLY],
    ["sun:03:30-sun:04:30 UTC", WEEKLY],
    ["1sun:03:30-sun:04:30", WEEKLY],
    ["sun:23:50-mon:00:19", SHORT],
  ] as const) {
    it(`refuses "${window}" for maintenance`, () =>
      assert.equal(maintenanceWindowProblem(window), reason));
  }

  // Drawn from the whole circle, so that both may run past its end.
  const span = (period: number) =>
    fc.record({
      start: fc.nat({ max: period - 1 }),
      length: fc.integer({ min: SHORTEST, max: DAY - 1 }),
    });
  type Span = { readonly start: number; readonly length: number };

  const two = (value: number): string => String(value).padStart(2, "0");
  const time = (minute: number): string =>
    `${two(Math.floor((minute % DAY) / 60))}:${two(minute % 60)}`;
  const dayTime = (minute: number): string =>
    `${DAYS[Math.floor((minute % WEEK) / DAY)]}:${time(minute)}`;
  const daily = ({ start, length }: Span): string => `${time(start)}-${time(start + length)}`;
  const weekly = ({ start, length }: Span): string =>
    `${dayTime(start)}-${dayTime(start + length)}`;

  /** Minute by minute, with nothing of how the checked code decides. */
  const meet = (backup: Span, maintenance: Span): boolean => {
    const busy = new Set<number>();
    for (let day = 0; day < 7; day++) {
      for (let m = 0; m < backup.length; m++) busy.add((day * DAY + backup.start + m) % WEEK);
    }
    return Array.from(
      { length: maintenance.length },
      (_, m) => (maintenance.start + m) % WEEK,
    ).some((minute) => busy.has(minute));
  };

  it("are accepted exactly where no minute of the week belongs to both", () => {
    fc.assert(
      fc.property(span(DAY), span(WEEK), (backup, maintenance) => {
        const [forBackup, forMaintenance, together] = problems(daily(backup), weekly(maintenance));
        assert.deepEqual([forBackup, forMaintenance], [undefined, undefined]);
        assert.equal(together !== undefined, meet(backup, maintenance));
      }),
      { numRuns: 300 },
    );
  });

  it("are accepted wherever maintenance lies between two backups", () => {
    const apart = span(DAY)
      .filter((backup) => DAY - backup.length >= SHORTEST)
      .chain((backup) => {
        const free = DAY - backup.length;
        return fc
          .record({ day: fc.nat({ max: 6 }), length: fc.integer({ min: SHORTEST, max: free }) })
          .chain(({ day, length }) =>
            fc.nat({ max: free - length }).map((gap) => ({
              backup,
              maintenance: { start: day * DAY + backup.start + backup.length + gap, length },
            })),
          );
      });
    fc.assert(
      fc.property(apart, ({ backup, maintenance }) =>
        assert.deepEqual(problems(daily(backup), weekly(maintenance)), NONE),
      ),
    );
  });

  it("do not overlap where one of them is none", () => {
    const backups = fc.oneof(fc.string(), fc.constant("00:00-23:59"));
    const maintenances = fc.oneof(fc.string(), fc.constant("mon:00:00-sun:23:59"));
    fc.assert(
      fc.property(backups, maintenances, (backup, maintenance) => {
        fc.pre(backup !== "00:00-23:59" || maintenance !== "mon:00:00-sun:23:59");
        assert.equal(overlapProblem(backup)(maintenance), undefined);
      }),
    );
  });
});
