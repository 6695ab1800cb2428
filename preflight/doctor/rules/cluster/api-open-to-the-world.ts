import type { Rule } from "../../rule";

export const apiOpenToTheWorld: Rule = {
  id: "api-open-to-the-world",
  severity: "note",
  why:
    "The cluster's Kubernetes API answers any address of the internet. Every call still needs IAM " +
    "credentials, but a leaked token or a flaw of the API server can then be used from anywhere.",
  remedy:
    "List the addresses that administrators and deployments come from in publicAccessCidrs, or turn the public " +
    "endpoint off.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  check: ({ eksClusters }) =>
    eksClusters
      .filter(({ isOpenToTheWorld }) => isOpenToTheWorld === true)
      .map(({ urn, name }) => ({
        urn,
        message: `the Kubernetes API of the cluster ${name} can be reached from any address`,
      })),
};
