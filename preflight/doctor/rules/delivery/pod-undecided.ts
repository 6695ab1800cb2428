import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const podUndecided: Rule = {
  id: "pod-undecided",
  severity: "note",
  why:
    "Part of what the pods mount, run as or take from Secrets is known only after the update, or declared " +
    "elsewhere. Whether " +
    "they start is not proven either way.",
  remedy: "Write out what can be known, or deploy and look at the pod's events.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/",
  check: ({ workloads, patches }) => [
    ...workloads
      .filter(({ late }) => late.length > 0)
      .map(({ urn, label, late }) => ({
        urn,
        message: `cannot tell whether the pods of ${label} start: ${listing([...new Set(late)])} ${late.length > 1 ? "are" : "is"} known only after the update`,
      })),
    ...patches
      .filter(({ kind }) => OF_PODS.includes(kind))
      .map(({ urn, label }) => ({
        urn,
        message: `cannot tell whether the pods start that ${label} changes: the rest of them is not in this program`,
      })),
  ],
};

const OF_PODS: readonly string[] = [
  ...["DeploymentPatch", "StatefulSetPatch", "DaemonSetPatch", "ReplicaSetPatch", "PodPatch"],
  ...["JobPatch", "CronJobPatch"],
];
