import type { Rule } from "../doctor";

/** That silence about what is unknown is no verdict. What it finds is told by `judge`. */
export const valuesUndecided: Omit<Rule, "check"> = {
  id: "values-undecided",
  severity: "note",
  why:
    "At a preview the engine does not know what the cloud will add to a new resource, for instance the ARN " +
    "of a role; in a state without its key it knows no secret. What rests on such a value is neither fine " +
    "nor wrong.",
  remedy: "Judge what stands after the update: pulumi policy analyze --policy-pack … --stack ….",
  source: "https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/",
};
