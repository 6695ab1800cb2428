import type { Registration } from "../../simulation/mocks/run";
import { at, textOf } from "../../simulation/wire/values";
import { type Addon, mayHaveAddon } from "./addons";
import { AUTOSCALER } from "./autoscalers";
import type { Chart } from "./charts";
import type { EksCluster } from "./eks";
import { type Clusters, type KubernetesObject, objectOf, opened } from "./location";
import type { Workload } from "./workloads";

/** What has to run in a cluster so that somebody heeds certain objects. */
export type Controller = "aws-load-balancer-controller" | "metrics-server";

/** An object that does nothing without a controller, in a cluster of the program that has none. */
export interface UnheededObject {
  readonly object: KubernetesObject;
  readonly controller: Controller;
}

const INGRESS = /^kubernetes:(?:networking\.k8s\.io|extensions)\/v\w+:Ingress$/;
const OLD_CLASS = "kubernetes.io/ingress.class";

/** What is told of a program besides its controllers. */
interface Sources {
  readonly clusters: Clusters;
  readonly eksClusters: readonly EksCluster[];
  readonly addons: readonly Addon[];
  readonly charts: readonly Chart[];
  readonly workloads: readonly Workload[];
  readonly mayHoldMore: (cluster: number) => boolean;
}

/**
 * Objects that nobody heeds, in clusters that the program makes. A cluster from elsewhere may have
 * anything, and so may one with something in it that was not read: of those nothing is said.
 */
export function unheededObjects(
  registrations: readonly Registration[],
  sources: Sources,
): readonly UnheededObject[] {
  const own = new Map(sources.eksClusters.map((each) => [each.cluster, each]));
  return registrations.flatMap((registration) => {
    const controller = controllerOf(registration);
    if (controller === undefined) return [];
    const object = objectOf(registration, opened(registration), sources.clusters);
    if (sources.mayHoldMore(object.cluster)) return [];
    const cluster = own.get(object.cluster);
    if (cluster === undefined) return [];
    if (controller === "aws-load-balancer-controller" && cluster.mayBeInAutoMode) return [];
    return isInstalled(controller, object.cluster, sources) ? [] : [{ object, controller }];
  });
}

function controllerOf(registration: Registration): Controller | undefined {
  const isIngress = INGRESS.test(registration.type);
  if (!isIngress && !AUTOSCALER.test(registration.type)) return undefined;
  const properties = opened(registration);
  if (isIngress) {
    const name =
      textOf(at(properties, "spec", "ingressClassName")) ??
      textOf(at(properties, "metadata", "annotations", OLD_CLASS));
    return name === "alb" ? "aws-load-balancer-controller" : undefined;
  }
  const metrics = at(properties, "spec", "metrics");
  const given: readonly unknown[] = Array.isArray(metrics) ? metrics : [];
  // Other metrics have adapters of their own.
  const types = given.map((metric) => textOf(at(metric, "type")) ?? "");
  return types.some((type) => /^(?:Container)?Resource$/.test(type)) ||
    at(properties, "spec", "targetCPUUtilizationPercentage") !== undefined
    ? "metrics-server"
    : undefined;
}

/** By a chart, an add-on or a Deployment. */
function isInstalled(
  controller: Controller,
  cluster: number,
  { addons, charts, workloads }: Sources,
): boolean {
  return (
    charts.some((each) => each.cluster === cluster && each.chart === controller) ||
    mayHaveAddon(addons, cluster, controller) ||
    workloads.some(
      (workload) =>
        workload.cluster === cluster &&
        (workload.name.includes(controller) ||
          workload.images.some((image) => image.includes(controller))),
    )
  );
}
