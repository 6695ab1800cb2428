import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { ageAlarm } from "../../../../components/database-user/alarms";
import { rotationSettings } from "../../../../components/database-user/settings";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Schedules whose windows are regular: the opening of each is a multiple of the period. */
const schedules = ["1d", "2d", "7d", "30d", "rate(4 hours)", "rate(12 hours)", "rate(10 days)"];

interface Life {
  readonly every: string;
  /** Where in its window each rotation happens, from 0 to 1. */
  readonly within: readonly number[];
  /** The first report, and how late each is: EventBridge promises a minute. */
  readonly firstReport: number;
  readonly late: readonly number[];
}

const lives = fc.record<Life>({
  every: fc.constantFrom(...schedules),
  within: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 20 }),
  firstReport: fc.integer({ min: 0, max: DAY }),
  late: fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 5, maxLength: 20 }),
});

const cyclic = (values: readonly number[], index: number): number =>
  values[index % values.length] ?? 0;

/**
 * Days in which CloudWatch sets the alarm off, of so many: reports once a day, the maximum of each UTC
 * day compared with the threshold, a day without a report taken for one that exceeds it, two in a row.
 */
function alarms(
  life: Life,
  days: number,
  rotatesAt: (opening: number) => boolean,
): readonly number[] {
  const settings = rotationSettings({ every: life.every });
  assert.ok(settings);
  const { threshold, period, evaluationPeriods } = ageAlarm("orders", settings);
  assert.deepEqual([period, evaluationPeriods], [DAY, 2]);
  const step = settings.schedule.shortestHours * HOUR;
  const window = settings.windowHours * HOUR;
  const end = (days + 1) * DAY;
  const rotations = [0];
  for (let opening = step, turn = 0; opening < end; opening += step, turn += 1) {
    if (rotatesAt(opening)) rotations.push(opening + cyclic(life.within, turn) * window);
  }
  const maxima = new Map<number, number>();
  for (let turn = 0; turn <= days; turn += 1) {
    const time = life.firstReport + turn * DAY + cyclic(life.late, turn);
    const last = Math.max(...rotations.filter((rotation) => rotation <= time));
    const day = Math.floor(time / DAY);
    maxima.set(day, Math.max(maxima.get(day) ?? 0, time - last));
  }
  const breaches = (day: number): boolean => (maxima.get(day) ?? Infinity) > threshold;
  // The first day may begin before the first report.
  return Array.from({ length: days - 2 }, (_, index) => index + 2).filter(
    (day) => breaches(day) && breaches(day - 1),
  );
}

describe("the alarm on the age of the last rotation", () => {
  it("stays silent as long as each window has its rotation, wherever in the window", () => {
    fc.assert(
      fc.property(lives, (life) =>
        assert.deepEqual(
          alarms(life, 100, () => true),
          [],
        ),
      ),
      { numRuns: 300 },
    );
  });

  it("goes off within four days of the time at which the next rotation was overdue", () => {
    fc.assert(
      fc.property(lives, (life) => {
        const settings = rotationSettings({ every: life.every });
        assert.ok(settings);
        const { schedule, windowHours } = settings;
        const overdue = (schedule.longestHours + windowHours) * HOUR;
        const [first] = alarms(life, 100, () => false);
        assert.ok(first !== undefined && (first + 1) * DAY <= overdue + 4 * DAY, String(first));
      }),
      { numRuns: 300 },
    );
  });

  it("goes off where no report comes for two days in a row", () => {
    const life: Life = { every: "30d", within: [0], firstReport: 60, late: [0] };
    const never = 200 * DAY;
    assert.deepEqual(
      alarms({ ...life, late: [never] }, 7, () => true),
      [2, 3, 4, 5, 6],
    );
    assert.deepEqual(
      alarms({ ...life, late: [0, never] }, 7, () => true),
      [],
    );
  });
});
