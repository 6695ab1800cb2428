import * as assert from "node:assert/strict";
import { childrenTimeIn } from "../../../bench/children-time.cjs";
import type { Usage } from "../../../bench/measure";
import { projectReport } from "../../../bench/project-report";
import type { ProjectRound } from "../../../bench/project-rounds";

const usage = (userSeconds: number): Usage => ({
  wallSeconds: userSeconds * 2,
  cpuSeconds: userSeconds,
  userSeconds,
  peakMiB: 100,
});

/** The empty program's user time, then that of 1 and of 50 apps. */
function round(empty: number, small: number, large: number): ProjectRound {
  const size = (userSeconds: number, inline: number) => ({
    project: { previewSeconds: userSeconds + 1, userSeconds, usage: usage(userSeconds + 2) },
    inline: usage(inline),
  });
  return {
    empty: { previewSeconds: empty + 1, userSeconds: empty },
    sizes: new Map([
      [1, size(small, 4)],
      [50, size(large, 20)],
    ]),
  };
}

describe("the report of the benchmark through Pulumi.yaml", () => {
  it("compares within a round, and says which targets are met", () => {
    assert.equal(
      projectReport([round(2, 3, 30), round(4, 8, 20), round(2, 3.5, 22)], [1, 50]),
      [
        "| apps | preview s | user s | ÷ empty (user) | inline s | ÷ inline (user) |",
        "| --: | --: | --: | --: | --: | --: |",
        "| 1 | 4.5 | 3.50 | 1.75 | 8.0 | 1.38 |",
        "| 50 | 23.0 | 22.00 | 11.00 | 40.0 | 1.20 |",
        "",
        "The preview of an empty program: 3.00 s, 2.00 s of user time.",
        "At most 2 × an empty program's, 1 app: met (1.75).",
        "At most 1.5 × the inline program's, 50 apps: met (1.20).",
      ].join("\n"),
    );
  });

  it("says so where they are missed", () => {
    assert.deepEqual(
      projectReport([round(1, 3, 40)], [1, 50])
        .split("\n")
        .slice(-2),
      [
        "At most 2 × an empty program's, 1 app: missed (3.00).",
        "At most 1.5 × the inline program's, 50 apps: missed (2.10).",
      ],
    );
  });

  it("reads the time of the processes that ended, whatever the name of the own one", () => {
    const fields = "S 1 2 2 0 -1 4194304 100 200 0 0 11 12 345 14 20 0 1 0 99";
    assert.equal(childrenTimeIn(`17 (a ) b) ${fields}`), 3.45);
  });
});
