import type { Rule } from "../../rule";

export const loadBalancerControllerMissing: Rule = {
  id: "load-balancer-controller-missing",
  severity: "note",
  why:
    "An Ingress of the class alb is an order to the AWS Load Balancer Controller. A new cluster does not " +
    "have it, and without it there is no load balancer and no address, and nothing that says so.",
  remedy:
    "Install the chart aws-load-balancer-controller with a role of its own, here or after this stack, or " +
    "use EKS Auto Mode.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/aws-load-balancer-controller.html",
  check: ({ unheededObjects }) =>
    unheededObjects
      .filter(({ controller }) => controller === "aws-load-balancer-controller")
      .map(({ object: { urn, label } }) => ({
        urn,
        message: `${label} needs the AWS Load Balancer Controller, and nothing in this program installs it in the new cluster`,
      })),
};
