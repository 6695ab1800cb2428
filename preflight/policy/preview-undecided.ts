import type { Rule } from "../doctor";

/** That silence at a preview is no verdict. What it finds is told by `judge`. */
export const previewUndecided: Omit<Rule, "check"> = {
  id: "preview-undecided",
  severity: "note",
  why:
    "At a preview the engine does not know what the cloud will add to a new resource, for instance the ARN " +
    "of a role. What rests on such a value is neither fine nor wrong yet.",
  remedy: "Judge what stands after the update: pulumi policy analyze --policy-pack … --stack ….",
  source: "https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/",
};
