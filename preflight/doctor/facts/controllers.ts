import type { Registration } from "../../simulation/mocks/run";
import { isLate } from "../../simulation/wire/unknown";
import { at, textOf } from "../../simulation/wire/values";
import { AUTOSCALER } from "./autoscalers";
import { type Chart, KNOWN_CHARTS, type Unread } from "./charts";
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
const ADDON = "aws:eks/addon:Addon";
const OLD_CLASS = "kubernetes.io/ingress.class";

/** What is told of a program besides its controllers. */
interface Sources {
  readonly clusters: Clusters;
  readonly eksClusters: readonly EksCluster[];
  readonly charts: readonly Chart[];
  readonly workloads: readonly Workload[];
  readonly unread: readonly Unread[];
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
  const isUndecided = sources.unread.length > 0 || registrations.some(mayInstall);
  if (own.size === 0 || isUndecided) return [];
  return registrations.flatMap((registration) => {
    const controller = controllerOf(registration);
    if (controller === undefined) return [];
    const object = objectOf(registration, opened(registration), sources.clusters);
    const cluster = own.get(object.cluster);
    if (cluster === undefined) return [];
    if (controller === "aws-load-balancer-controller" && cluster.mayBalanceLoad) return [];
    return isInstalled(controller, object.cluster, registrations, sources)
      ? []
      : [{ object, controller }];
  });
}

/** Components whose children are made elsewhere and known; what a manifest could not be read of is told. */
const UNDERSTOOD = /^(?:eks:index:|eks-db-secrets:|kubernetes:|pulumi:)/;

const mayInstall = ({ remote, type }: Registration): boolean => remote && !UNDERSTOOD.test(type);

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

/** By a chart, an add-on or a Deployment; a chart that is not known may bring it along. */
function isInstalled(
  controller: Controller,
  cluster: number,
  registrations: readonly Registration[],
  { clusters, charts, workloads }: Sources,
): boolean {
  return (
    charts.some(
      (each) =>
        each.cluster === cluster &&
        (each.chart === controller || !KNOWN_CHARTS.includes(each.chart)),
    ) ||
    registrations
      .filter(({ type }) => type === ADDON)
      .map(opened)
      .some(
        ({ addonName, clusterName }) =>
          (isLate(addonName) || addonName === controller) &&
          clusters.numberOfName(textOf(clusterName) ?? "") === cluster,
      ) ||
    workloads.some(
      (workload) =>
        workload.cluster === cluster &&
        (workload.name.includes(controller) ||
          workload.images.some((image) => image.includes(controller))),
    )
  );
}
