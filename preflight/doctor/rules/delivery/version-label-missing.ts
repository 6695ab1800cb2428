import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const versionLabelMissing: Rule = {
  id: "version-label-missing",
  severity: "warning",
  why:
    "A new secret has one version, labelled AWSCURRENT. AWSPREVIOUS comes with the second one, and " +
    "until then every mount fails with ResourceNotFoundException.",
  remedy: "Mount AWSCURRENT, or give a version of the program that label with versionStages.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount: { providerClass, objects } }) =>
        objects.flatMap(({ descriptor: { objectVersionLabel: label }, secret }) => {
          if (label === "" || secret === undefined || secret.labels.includes(label)) return [];
          const message = `${providerClass.label} reads the version ${label} of the secret ${secret.name}, which a new secret does not have`;
          return [{ urn: providerClass.urn, message }];
        }),
      ),
    ),
};
