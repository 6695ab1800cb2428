import * as assert from "node:assert/strict";
import type { Usage } from "../../../bench/measure";
import { packagesReport } from "../../../bench/packages-report";

const used = (userSeconds: number): Usage => ({
  wallSeconds: 9,
  cpuSeconds: 9,
  userSeconds,
  peakMiB: 100,
});

const round = (plugin: number, installed: number, judged: number) => ({
  empty: used(0.05),
  sdk: used(0.4),
  plugin: used(plugin),
  clone: used(2),
  installed: used(installed),
  oneStack: used(0.25),
  allStacks: used(1),
  preview: used(10),
  emptyPack: used(10.2),
  judged: used(judged),
  hosted: used(11),
});

describe("the report of the packages' benchmark", () => {
  it("shows medians of user time, ratios within a round, and which targets are met", () => {
    const rounds = [round(0.5, 2.2, 10.4), round(0.6, 2, 10.6), round(0.4, 2.6, 10.2)];
    assert.equal(
      packagesReport(rounds, { apps: 50, stacks: 100 }),
      [
        "| what | user s | ratio |",
        "| :-- | --: | --: |",
        "| start of the plugin ÷ Node.js that runs nothing | 0.50 | 10.00 |",
        "| start of the plugin ÷ loading @pulumi/pulumi | 0.50 | 1.25 |",
        "| doctor of another project ÷ of the clone | 2.20 | 1.10 |",
        "| doctor --state of 100 stacks ÷ of one | 1.00 | 4.00 |",
        "| preview of 50 apps with a policy pack that does nothing ÷ without | 10.20 | 1.02 |",
        "| the same with the policy pack's executable ÷ without | 10.40 | 1.04 |",
        "| the same with the policy pack's folder ÷ without | 11.00 | 1.10 |",
        "| the policy pack's executable ÷ a policy pack that does nothing | 10.40 | 1.02 |",
        "",
        "The plugin starts within 1 s of user time at most: met (0.50).",
        "The installed doctor takes 1.2 × the clone's time at most: met (1.10).",
        "The policy pack makes a preview 1.1 × as long at most: met (1.04).",
      ].join("\n"),
    );
  });

  it("says so where they are missed", () => {
    assert.deepEqual(
      packagesReport([round(1.5, 3, 12)], { apps: 50, stacks: 100 })
        .split("\n")
        .slice(-3),
      [
        "The plugin starts within 1 s of user time at most: missed (1.50).",
        "The installed doctor takes 1.2 × the clone's time at most: missed (1.50).",
        "The policy pack makes a preview 1.1 × as long at most: missed (1.20).",
      ],
    );
  });
});
