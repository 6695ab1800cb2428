import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const nodeCredentialsInReach: Rule = {
  id: "node-credentials-in-reach",
  severity: "note",
  why:
    "A pod that asks the node's metadata service gets the credentials of the node: with them it joins the " +
    "cluster as a node would, and reads what the node's role may.",
  remedy:
    "Give the node group a launch template whose metadataOptions have httpTokens: required and " +
    "httpPutResponseHopLimit: 1. What asks the node for its region then has to be told.",
  source:
    "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
  check: ({ nodeGroups }) =>
    distinct(
      nodeGroups.flatMap(({ urn, name, exposure }) =>
        exposure === undefined
          ? []
          : [{ urn, message: `pods get the credentials of the nodes of ${name}: ${exposure}` }],
      ),
    ),
};
