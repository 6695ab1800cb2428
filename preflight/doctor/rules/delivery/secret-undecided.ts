import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const secretUndecided: Rule = {
  id: "secret-undecided",
  severity: "note",
  why:
    "Only the cloud knows part of the secret's value, so whether the path finds a string in it is " +
    "not proven either way. The keys and types that are known were checked.",
  remedy: "Write out what can be known, for instance a port, or look at the pod's events.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/",
  check: ({ deliveries }) =>
    distinct(
      deliveries.flatMap(({ mount, undecided }) =>
        undecided
          .filter(({ reason }) => reason === "late")
          .map(({ path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `cannot tell whether the path "${path}" of the file "${alias}" gives a string in the secret ${secret}: part of its value is known only after the update`,
          })),
      ),
    ),
};
