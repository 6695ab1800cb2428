import type { EngineRound, EngineRun, EngineSize } from "./engine-rounds";
import { ofSize } from "./in-rounds";
import { median } from "./statistics";

/** Until the engine hears of a first resource. */
const FIRST_REGISTRATION_SECONDS = 1;

/** A second `up` may take so many times as long as that of an empty program … */
const EMPTY_UPS = 2;

/** … and so much more for each resource. */
const SECONDS_PER_RESOURCE = 0.02;

/** The rounds on the engine as Markdown: a table by size, and which targets are met. */
export function engineReport(rounds: readonly EngineRound[], sizes: readonly number[]): string {
  const empty = median(rounds.map((round) => round.empty.wallSeconds));
  return [
    "| apps | resources | preview s | first up s | second up s | ÷ empty up | ÷ target | first registration s | program in preview | peak MiB |",
    "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ...sizes.map((apps) => row(rounds, apps)),
    "",
    `The up of an empty program: ${empty.toFixed(2)} s.`,
    ...targets(rounds, sizes),
  ].join("\n");
}

type InRound = EngineSize & { readonly empty: EngineRun };

function row(rounds: readonly EngineRound[], apps: number): string {
  const runs = ofSize(rounds, apps);
  const middle = (pick: (run: InRound) => number): number => median(runs.map(pick));
  const cells = [
    String(apps),
    middle(({ secondUp }) => secondUp.resources).toFixed(0),
    middle(({ preview }) => preview.wallSeconds).toFixed(1),
    middle(({ firstUp }) => firstUp.wallSeconds).toFixed(1),
    middle(({ secondUp }) => secondUp.wallSeconds).toFixed(1),
    middle(({ secondUp, empty }) => secondUp.wallSeconds / empty.wallSeconds).toFixed(2),
    middle(ofTarget).toFixed(2),
    middle(({ preview }) => preview.firstRegistrationSeconds).toFixed(2),
    `${(middle(({ preview }) => preview.programSeconds / preview.wallSeconds) * 100).toFixed(0)} %`,
    middle(peak).toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

const peak = (size: EngineSize): number =>
  Math.max(size.preview.peakMiB, size.firstUp.peakMiB, size.secondUp.peakMiB);

/** The time of the second `up` as a part of the time that it may take. */
const ofTarget = ({ secondUp, empty }: InRound): number =>
  secondUp.wallSeconds /
  (EMPTY_UPS * empty.wallSeconds + SECONDS_PER_RESOURCE * secondUp.resources);

function targets(rounds: readonly EngineRound[], sizes: readonly number[]): readonly string[] {
  const largest = Math.max(...sizes);
  const all = sizes.flatMap((apps) => ofSize(rounds, apps));
  const registration = median(all.map(({ preview }) => preview.firstRegistrationSeconds));
  const secondUp = median(ofSize(rounds, largest).map(ofTarget));
  return [
    `From the program's start to its first registration at most ${FIRST_REGISTRATION_SECONDS} s: ` +
      `${verdict(registration <= FIRST_REGISTRATION_SECONDS)} (${registration.toFixed(2)} s).`,
    `Second up of ${largest} apps at most ${EMPTY_UPS} × the up of an empty program + ` +
      `${SECONDS_PER_RESOURCE * 1000} ms per resource: ${verdict(secondUp <= 1)} ` +
      `(${secondUp.toFixed(2)} of that).`,
  ];
}

const verdict = (met: boolean): string => (met ? "met" : "missed");
