import * as assert from "node:assert/strict";
import { openingDays, openingHours } from "../../../../components/shared/rotation-cron";

const from = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("the hours of a cron expression", () => {
  const HOURS: readonly [string, readonly number[]][] = [
    ["*", from(0, 23)],
    ["/1", from(0, 23)],
    ["5", [5]],
    ["23", [23]],
    ["3,1,3", [1, 3]],
    ["10,9", [9, 10]],
    ["2-4", [2, 3, 4]],
    ["5-5", [5]],
    ["2-7/2", [2, 4, 6]],
    ["8/8", [8, 16]],
    ["/6", [0, 6, 12, 18]],
    ["*/12", [0, 12]],
    ["1/23", [1]],
    ["0/7,23", [0, 7, 14, 21, 23]],
  ];
  for (const [field, hours] of HOURS) {
    it(`are ${hours.join()} of "${field}"`, () => assert.deepEqual(openingHours(field), hours));
  }

  for (const field of [
    ...["", "24", "0-24", "5-3", "1-2-3", "1/2/3", "4/0", "4/100", "4/a", "1,", "1,x", "x"],
    ...["1x", "x1", "-3", "3-", "100", "1 ", "JAN", "*-3", "/", "1/", "?"],
  ]) {
    it(`are none of "${field}"`, () => assert.equal(openingHours(field), undefined));
  }
});

describe("the days of a cron expression", () => {
  const dates = (fields: readonly [string, string, string]): readonly string[] | undefined =>
    openingDays(...fields)?.map((day) =>
      new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
    );
  const month = (number: string, ...days: readonly number[]): readonly string[] =>
    days.map((day) => `2024-${number}-${String(day).padStart(2, "0")}`);

  it("are all days of so many years that the calendar repeats", () => {
    const every = from(0, 29 * 365 + 8 - 1);
    assert.deepEqual(openingDays("*", "*", "?"), every);
    assert.deepEqual(openingDays("?", "*", "*"), every);
  });

  const OF_2024: readonly [fields: readonly [string, string, string], days: readonly string[]][] = [
    [
      ["1", "JAN,3", "?"],
      [...month("01", 1), ...month("03", 1)],
    ],
    [
      ["31", "1-4", "?"],
      [...month("01", 31), ...month("03", 31)],
    ],
    [
      ["L", "1-4", "?"],
      [...month("01", 31), ...month("02", 29), ...month("03", 31), ...month("04", 30)],
    ],
    [["1,15", "JUL", "?"], month("07", 1, 15)],
    [["1/10", "DEC", "?"], month("12", 1, 11, 21, 31)],
    [["?", "JAN", "SUN"], month("01", 7, 14, 21, 28)],
    [["?", "JAN", "1"], month("01", 7, 14, 21, 28)],
    [["?", "1", "MON-FRI/2"], month("01", 1, 3, 5, 8, 10, 12, 15, 17, 19, 22, 24, 26, 29, 31)],
    [["?", "3", "L"], month("03", 2, 9, 16, 23, 30)],
    [["?", "3", "SAT"], month("03", 2, 9, 16, 23, 30)],
    [["?", "2", "6L"], month("02", 23)],
    [["?", "2", "THUL"], month("02", 29)],
    [["?", "2", "THU#1"], month("02", 1)],
    [["?", "2", "THU#5"], month("02", 29)],
    [["?", "2", "2#3"], month("02", 19)],
    [["?", "4", "MON#5"], month("04", 29)],
    [["30", "2", "?"], []],
  ];
  for (const [fields, days] of OF_2024) {
    it(`of 2024 are ${days.join() || "none"} with ${fields.join(" ")}`, () =>
      assert.deepEqual(
        dates(fields)?.filter((date) => date.startsWith("2024")),
        days,
      ));
  }

  const WRONG: readonly (readonly [string, string, string])[] = [
    ...([
      ["?", "*", "?"],
      ["*", "*", "*"],
      ["32", "*", "?"],
      ["0", "*", "?"],
      ["5W", "*", "?"],
    ] as const),
    ...([
      ["?", "13", "SUN"],
      ["?", "0", "SUN"],
      ["?", "jan", "SUN"],
      ["1", "x", "?"],
    ] as const),
    ...([
      ["?", "*", "8"],
      ["?", "*", "0"],
      ["?", "*", "sun"],
      ["?", "*", "SUN#6"],
      ["?", "*", "SUN#0"],
      ["?", "*", "8L"],
    ] as const),
    ...([
      ["?", "*", "#1"],
      ["?", "*", "SUN#1x"],
      ["?", "*", "x SUN#1"],
      ["?", "*", "JAN"],
      ["SUN", "*", "?"],
    ] as const),
  ];
  for (const fields of WRONG) {
    it(`are not known with ${fields.join(" ")}`, () =>
      assert.equal(openingDays(...fields), undefined));
  }
});
