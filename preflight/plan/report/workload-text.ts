import type { PlannedApp } from "../chain";
import { counted } from "./style";

/** What runs an app, and how many pods: `Deployment of 2 replicas`, `Deployment of 2 to 10 replicas`. */
export function workloadText({ kind, replicas, range }: PlannedApp["workload"]): string {
  if (range !== undefined) {
    const { min, max } = range;
    return min === undefined || max === undefined
      ? `${kind}, scaled within limits that are not known`
      : `${kind} of ${min} to ${max} replicas`;
  }
  return replicas === undefined ? kind : `${kind} of ${counted(replicas, "replica")}`;
}
