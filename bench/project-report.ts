import { ofSize } from "./in-rounds";
import type { ProjectRound, ProjectSize } from "./project-rounds";
import { median } from "./statistics";

/** A preview of the fewest apps may take so many times the CPU of an empty program's … */
const TIMES_EMPTY = 2;

/** … and one of the most so many times that of the inline program. */
const TIMES_INLINE = 1.5;

type InRound = ProjectSize & Pick<ProjectRound, "empty">;

/** The rounds through `Pulumi.yaml` as Markdown: a table by size, and which targets are met. */
export function projectReport(rounds: readonly ProjectRound[], sizes: readonly number[]): string {
  const middle = (apps: number, pick: (size: InRound) => number): number =>
    median(ofSize(rounds, apps).map(pick));
  const row = (apps: number): string =>
    [
      String(apps),
      middle(apps, ({ project }) => project.previewSeconds).toFixed(1),
      middle(apps, ({ project }) => project.userSeconds).toFixed(2),
      middle(apps, timesEmpty).toFixed(2),
      middle(apps, ({ inline }) => inline.wallSeconds).toFixed(1),
      middle(apps, timesInline).toFixed(2),
    ].join(" | ");
  const [fewest, most] = [Math.min(...sizes), Math.max(...sizes)];
  const empty = (pick: (round: ProjectRound) => number): string =>
    median(rounds.map(pick)).toFixed(2);
  return [
    "| apps | preview s | user s | ÷ empty (user) | inline s | ÷ inline (user) |",
    "| --: | --: | --: | --: | --: | --: |",
    ...sizes.map((apps) => `| ${row(apps)} |`),
    "",
    `The preview of an empty program: ${empty((round) => round.empty.previewSeconds)} s, ` +
      `${empty((round) => round.empty.userSeconds)} s of user time.`,
    target(
      `an empty program's, ${fewest} app${fewest === 1 ? "" : "s"}`,
      TIMES_EMPTY,
      middle(fewest, timesEmpty),
    ),
    target(`the inline program's, ${most} apps`, TIMES_INLINE, middle(most, timesInline)),
  ].join("\n");
}

const timesEmpty = ({ project, empty }: InRound): number => project.userSeconds / empty.userSeconds;

/** Both with the local cloud, which is in the process of an inline program. */
const timesInline = ({ project, inline }: InRound): number =>
  project.usage.userSeconds / inline.userSeconds;

const target = (what: string, limit: number, times: number): string =>
  `At most ${limit} × ${what}: ${times <= limit ? "met" : "missed"} (${times.toFixed(2)}).`;
