import * as assert from "node:assert/strict";
import { engineReport } from "../../../bench/engine-report";
import type { EngineRound, EngineRun } from "../../../bench/engine-rounds";

const run = (wallSeconds: number, more: Partial<EngineRun> = {}): EngineRun => ({
  wallSeconds,
  cpuSeconds: wallSeconds,
  userSeconds: wallSeconds,
  peakMiB: 100,
  resources: 60,
  firstRegistrationSeconds: 0.5,
  programSeconds: 1,
  ...more,
});

/** The empty program, then preview, first and second up of 1 and of 10 apps. */
function round(empty: number, small: number, large: number, registered = 0.5): EngineRound {
  const size = (seconds: number, resources: number) => ({
    preview: run(seconds / 2, { peakMiB: 300, firstRegistrationSeconds: registered }),
    firstUp: run(seconds * 2, { peakMiB: 500 }),
    secondUp: run(seconds, { resources, peakMiB: 400 }),
  });
  return {
    empty: run(empty),
    sizes: new Map([
      [1, size(small, 60)],
      [10, size(large, 200)],
    ]),
  };
}

describe("the report of the engine's benchmark", () => {
  it("shows medians, ratios within a round, and which targets are met", () => {
    const rounds = [round(2, 4, 8), round(4, 6, 12), round(2, 5, 10)];
    assert.equal(
      engineReport(rounds, [1, 10]),
      [
        "| apps | resources | preview s | first up s | second up s | ÷ empty up | ÷ target | first registration s | program in preview | peak MiB |",
        "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        "| 1 | 60 | 2.5 | 10.0 | 5.0 | 2.00 | 0.77 | 0.50 | 40 % | 500 |",
        "| 10 | 200 | 5.0 | 20.0 | 10.0 | 4.00 | 1.00 | 0.50 | 20 % | 500 |",
        "",
        "The up of an empty program: 2.00 s.",
        "From the program's start to its first registration at most 1 s: met (0.50 s).",
        "Second up of 10 apps at most 2 × the up of an empty program + 20 ms per resource: met (1.00 of that).",
      ].join("\n"),
    );
  });

  it("says so where they are missed", () => {
    assert.deepEqual(
      engineReport([round(1, 4, 8, 3)], [1, 10])
        .split("\n")
        .slice(-2),
      [
        "From the program's start to its first registration at most 1 s: missed (3.00 s).",
        "Second up of 10 apps at most 2 × the up of an empty program + 20 ms per resource: missed (1.33 of that).",
      ],
    );
  });
});
