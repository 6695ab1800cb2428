import type { Rule } from "../../rule";

export const programEndedEarly: Rule = {
  id: "program-ended-early",
  severity: "warning",
  why:
    "The program failed before it had declared everything, so only what it had declared until then is " +
    "judged, and nothing that may have followed is missed. An update would fail as well, unless the " +
    "cloud or the network gives what is not there offline.",
  remedy: "Mend what the message says, or keep answers of the cloud in outputs, and look again.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/",
  check: ({ context: { endedBy } }) =>
    endedBy === undefined ? [] : [{ message: `only a part of the program was run: ${endedBy}` }],
};
