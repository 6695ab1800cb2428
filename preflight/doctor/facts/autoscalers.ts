import type { Registration } from "../../simulation/mocks/run";
import { at, textOf } from "../../simulation/wire/values";
import { type Clusters, type KubernetesObject, objectOf, opened } from "./location";

/** A HorizontalPodAutoscaler of the program. */
export interface Autoscaler extends KubernetesObject {
  /** What it scales, in its own namespace; `undefined` where that is not known. */
  readonly target: { readonly kind: string; readonly name: string } | undefined;
  /** Fewest and most pods; `undefined` where it is not known. */
  readonly min: number | undefined;
  readonly max: number | undefined;
}

export const AUTOSCALER = /^kubernetes:autoscaling\/v\w+:HorizontalPodAutoscaler$/;

export const autoscalersOf = (
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly Autoscaler[] =>
  registrations
    .filter(({ type }) => AUTOSCALER.test(type))
    .map((registration) => {
      const properties = opened(registration);
      const spec = at(properties, "spec");
      const [kind, name] = ["kind", "name"].map((key) => textOf(at(spec, "scaleTargetRef", key)));
      return {
        ...objectOf(registration, properties, clusters),
        target: kind === undefined || name === undefined ? undefined : { kind, name },
        // Kubernetes' own default.
        min: at(spec, "minReplicas") === undefined ? 1 : countOf(at(spec, "minReplicas")),
        max: countOf(at(spec, "maxReplicas")),
      };
    });

const countOf = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;

/** The one that decides how many pods a workload has. */
export const autoscalerOf = (
  workload: KubernetesObject,
  autoscalers: readonly Autoscaler[],
): Autoscaler | undefined =>
  autoscalers.find(
    ({ cluster, namespace, target }) =>
      cluster === workload.cluster &&
      namespace === workload.namespace &&
      target?.kind === workload.kind &&
      target.name === workload.name,
  );
