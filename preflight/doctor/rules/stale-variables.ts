import { type Facts, grouped, LEAST_PERIOD_SECONDS, type Mount, type RotatedMount } from "../facts";
import { isReloaded } from "./restarters";
import { rotatingFiles, variablesOfFiles } from "./rotating-values";

/** The variables of a workload that a rotation leaves behind, and what restarts its pods. */
export interface StaleVariables {
  readonly mount: Mount;
  readonly names: readonly string[];
  /** The secrets whose values they hold. */
  readonly secrets: readonly string[];
  readonly restart:
    | { readonly is: "missing" }
    | { readonly is: "unknown"; readonly by: readonly string[] }
    | {
        readonly is: "late";
        readonly by: string;
        readonly gapSeconds: number;
        readonly leastGapSeconds: number;
      };
}

/** Their pods are new each time, and gone before long. */
const SHORT_LIVED: readonly string[] = ["Job", "CronJob"];

/** Poll interval, one publish by the kubelet, and a rollout: until then a pod has the old value. */
const LAG_SECONDS = 3600;

/** Variables whose pods nothing is known to restart within each period of their secrets. */
export const staleVariables = (facts: Facts): readonly StaleVariables[] =>
  [...grouped(facts.rotatedMounts, ({ mount }) => mount)]
    .filter(([{ workload }]) => !SHORT_LIVED.includes(workload.kind))
    .filter(([mount]) => !isReloaded(mount, facts.charts))
    .flatMap(([mount, rotated]) => {
      const held = rotated
        .map((each) => ({ each, names: variablesOfFiles(mount, rotatingFiles(each.object)) }))
        .filter(({ names }) => names.length > 0);
      const restart = restartOf(
        mount,
        held.map(({ each }) => each),
        facts,
      );
      return held.length === 0 || restart === undefined
        ? []
        : [
            {
              ...{ mount, restart },
              names: held.flatMap(({ names }) => names),
              secrets: [...new Set(held.map(({ each }) => each.secret))],
            },
          ];
    });

/** `undefined` where the pods are restarted in time. */
function restartOf(
  { workload }: Mount,
  rotated: readonly RotatedMount[],
  { restarts }: Facts,
): StaleVariables["restart"] | undefined {
  const own = `${workload.namespace}/${workload.name}`;
  const found = restarts.filter((each) => each.workload === undefined || each.workload === own);
  const gaps = rotated.map(({ rotation }) => rotation.leastGapSeconds);
  const leastGapSeconds = Math.min(...gaps.map((gap) => gap ?? LEAST_PERIOD_SECONDS));
  const isInTime = found.some(
    (each) =>
      each.workload !== undefined &&
      each.longestGapSeconds !== undefined &&
      each.longestGapSeconds + LAG_SECONDS <= leastGapSeconds,
  );
  if (isInTime) return undefined;
  const [first, ...others] = found;
  if (first === undefined) return { is: "missing" };
  const gapSeconds = first.workload === undefined ? undefined : first.longestGapSeconds;
  // Several together may be often enough.
  return others.length > 0 || gapSeconds === undefined || gaps.includes(undefined)
    ? { is: "unknown", by: [...new Set(found.map(({ name }) => name))] }
    : { is: "late", by: first.name, gapSeconds, leastGapSeconds };
}
