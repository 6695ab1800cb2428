import type { Rule } from "../../rule";

export const metricsServerMissing: Rule = {
  id: "metrics-server-missing",
  severity: "note",
  why:
    "A HorizontalPodAutoscaler reads the use of CPU and memory from the Metrics Server. A new cluster does " +
    "not have it, and without it the number of pods stays what it is.",
  remedy: "Install the EKS add-on metrics-server, or its chart, here or after this stack.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html",
  check: ({ unheededObjects }) =>
    unheededObjects
      .filter(({ controller }) => controller === "metrics-server")
      .map(({ object: { urn, label } }) => ({
        urn,
        message: `${label} needs the Metrics Server, and nothing in this program installs it in the new cluster`,
      })),
};
