import { nameOf } from "../../../simulation/wire/urn";
import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const secretWrittenTwice: Rule = {
  id: "secret-written-twice",
  severity: "warning",
  why:
    "A new version takes the label AWSCURRENT from the one before. With two versions that want it, pods " +
    "read whichever was made last, and that may change with each update.",
  remedy:
    "Write the value in one SecretVersion, or give the others labels of their own with versionStages.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version",
  check: ({ secrets }) =>
    secrets.all
      .filter(({ versions }) => versions.length > 1)
      .map(({ urn, name, versions }) => {
        const from = listing(versions.map(nameOf));
        return { urn, message: `the secret ${name} gets its value from ${from}` };
      }),
};
