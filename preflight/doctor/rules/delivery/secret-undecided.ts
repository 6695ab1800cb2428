import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const secretUndecided: Rule = {
  id: "secret-undecided",
  severity: "note",
  why:
    "Only the cloud knows part of the secret's value, or nothing in the program writes it, so whether " +
    "the path finds a string in it is not proven either way. The keys and types that are known were checked.",
  remedy: "Write out what can be known, for instance a port, or look at the pod's events.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, undecided }) =>
        undecided.map(({ path, alias, secret, reason }) => ({
          urn: mount.providerClass.urn,
          message: `cannot tell whether the path "${path}" of the file "${alias}" gives a string in the secret ${secret}: ${BECAUSE[reason]}`,
        })),
      ),
    ),
};

const BECAUSE = {
  late: "part of its value is known only after the update",
  elsewhere: "nothing in this program writes its value",
  later:
    "it does not in the value that the program starts with, and ignoreChanges leaves it to others",
} as const;
