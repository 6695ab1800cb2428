import { type Check, isRecord, number, object } from "../../shared/checks";
import { because, type Problem } from "../../shared/problems";
import { wholeNumberProblem } from "../../shared/whole-number";
import type { ReplicaRange } from "../workload-args";

const MOST = 1000;

const count = number(wholeNumberProblem(1, MOST));

const RANGE: Readonly<Record<keyof ReplicaRange, Check>> = {
  min: count,
  max: count,
  cpu: number(wholeNumberProblem(1, 1000, "percent")),
};

/** A number of pods, or what an autoscaler is told. */
export const replicasCheck: Check = (path, value, show) => {
  if (!isRecord(value)) return number(wholeNumberProblem(0, MOST))(path, value, show);
  const single = object(RANGE)(path, value, show);
  const { min, max } = value as unknown as ReplicaRange;
  return single.length > 0 || min <= max
    ? single
    : because(
        `${path}.max`,
        `must not be less than '${path}.min'; got ${max}, which is below ${min}`,
      );
};

type Arguments = Readonly<Record<string, unknown>>;

/** What an autoscaler needs of the other arguments. */
export function replicasProblems({ replicas, resources, overlay }: Arguments): readonly Problem[] {
  if (!isRecord(replicas)) return [];
  const spec = isRecord(overlay) ? overlay.spec : undefined;
  return [
    ...because(
      "resources.requests.cpu",
      isRecord(resources) && !hasCpu(resources)
        ? "is missing: the autoscaler of 'replicas' counts in percent of it"
        : undefined,
    ),
    ...because(
      "overlay.spec.replicas",
      isRecord(spec) && typeof spec.replicas === "number"
        ? "cannot be combined with a range of 'replicas', in which the autoscaler decides"
        : undefined,
    ),
  ];
}

/** A request that is left out is what the limit is. */
const hasCpu = ({ requests, limits }: Arguments): boolean =>
  [requests, limits].some((amounts) => (isRecord(amounts) ? amounts.cpu : amounts) !== undefined);
