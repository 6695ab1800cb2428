import { ofSize } from "./in-rounds";
import type { Usage } from "./measure";
import type { Round } from "./rounds";
import { median, slope, spread } from "./statistics";

/** The rounds as Markdown: a table by size, and what one more app costs. */
export function report(rounds: readonly Round[], sizes: readonly number[]): string {
  return [
    "| apps | plan s | spread | CPU s | MiB | bare program s | plan ÷ bare | plan ÷ loading |",
    "| --: | --: | --: | --: | --: | --: | --: | --: |",
    ...sizes.map((apps) => row(rounds, apps)),
    "",
    ...costs(rounds, sizes),
  ].join("\n");
}

function row(rounds: readonly Round[], apps: number): string {
  const runs = ofSize(rounds, apps);
  const wall = runs.map(({ plan }) => plan.wallSeconds);
  const cells = [
    String(apps),
    median(wall).toFixed(2),
    `${Math.round(spread(wall) * 100)} %`,
    median(runs.map(({ plan }) => plan.cpuSeconds)).toFixed(2),
    median(runs.map(({ plan }) => plan.peakMiB)).toFixed(0),
    median(runs.map(({ bare }) => bare.wallSeconds)).toFixed(2),
    median(runs.map(({ plan, bare }) => plan.wallSeconds / bare.wallSeconds)).toFixed(2),
    median(runs.map(({ plan, load }) => plan.wallSeconds / load.wallSeconds)).toFixed(2),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** From the line through all sizes: what grows with the apps, without what loading costs. */
function costs(rounds: readonly Round[], sizes: readonly number[]): readonly string[] {
  const load = median(rounds.map((round) => round.load.wallSeconds));
  const loading = `Loading the SDKs alone: ${load.toFixed(2)} s.`;
  if (sizes.length < 2) return [loading];
  const perApp = (subject: "plan" | "bare", pick: (usage: Usage) => number): number =>
    slope(
      rounds.flatMap((round) =>
        [...round.sizes].map(([apps, usages]) => [apps, pick(usages[subject])] as const),
      ),
    );
  const cost = (subject: "plan" | "bare"): string =>
    [
      `${(perApp(subject, ({ wallSeconds }) => wallSeconds) * 1000).toFixed(1)} ms`,
      `${(perApp(subject, ({ cpuSeconds }) => cpuSeconds) * 1000).toFixed(1)} ms of CPU`,
      `${perApp(subject, ({ peakMiB }) => peakMiB).toFixed(2)} MiB`,
    ].join(", ");
  return [loading, `One more app: ${cost("plan")}; in the bare program ${cost("bare")}.`];
}
