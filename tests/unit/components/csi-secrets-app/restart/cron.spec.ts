import * as assert from "node:assert/strict";
import { longestGapHours } from "../../../../../components/csi-secrets-app/restart/cron";

describe("The longest time between two restarts", () => {
  const DAY = 24;
  const known: readonly [string, number][] = [
    ["0 3 * * 0", 7 * DAY],
    ["0 3 * * SUN", 7 * DAY],
    ["30 3 * * *", DAY],
    ["0 */2 * * *", 2],
    ["0 3-5,23 * * *", 18],
    ["0 23,3-5 * * *", 18],
    ["0 3-5/2,9 * * *", 18],
    ["* * * * *", 1],
    ["0 3 1 * *", 31 * DAY],
    ["0 3 1-31/10 * *", 10 * DAY],
    ["0 3 1 jan *", 366 * DAY],
    // Either field is enough where neither is `*`.
    ["0 3 1 * MON", 7 * DAY],
    ["0 3 */2 * 1", 7 * DAY * 3],
    ["0 3 29 2 *", Infinity],
    ["0 3 30 2 *", Infinity],
    ["0 3,5 30 2 *", Infinity],
    ["0 3,5 29 2 *", Infinity],
    ["0 3 * FEB-mar *", 307 * DAY],
    ["0 3 * * 1-5", 3 * DAY],
  ];
  for (const [schedule, hours] of known) {
    it(`is ${hours} hours with ${schedule}`, () => {
      assert.equal(longestGapHours(schedule), hours);
    });
  }

  it("is an hour more in any zone but UTC", () => {
    const hours = ["Etc/UTC", "UTC", "Europe/Berlin", "Etc/UTC+1", "Old/UTC"].map((zone) =>
      longestGapHours("0 3 * * *", zone),
    );
    assert.deepEqual(hours, [DAY, DAY, DAY + 1, DAY + 1, DAY + 1]);
    assert.equal(longestGapHours("", "Europe/Berlin"), undefined);
  });

  const wrong = [
    ...[
      "",
      "@daily",
      "0 3 * *",
      "0 3 * * * *",
      "60 3 * * *",
      "0 24 * * *",
      "0 3 0 * *",
      "0 3 * 13 *",
    ],
    ...[
      "0 3 * * 7",
      "0 3 * * FOO",
      "0 5-3 * * *",
      "0 */0 * * *",
      "0 3, * * *",
      "x 3 * * *",
      "0  3 * *",
      "0 3 * FOO1 *",
      "0 3 * jan1 *",
      "0 *x * * *",
      "0 x* * * *",
      "0 3x * * *",
    ],
  ];
  for (const schedule of wrong) {
    it(`is not known for "${schedule}"`, () => {
      assert.equal(longestGapHours(schedule), undefined);
    });
  }
});
