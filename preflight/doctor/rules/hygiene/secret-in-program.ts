import type { Rule } from "../../rule";

export const secretInProgram: Rule = {
  id: "secret-in-program",
  severity: "warning",
  why:
    "The value comes from no resource and no secret of the configuration: it stands in the program, its plain " +
    "settings or a file beside them, for all who may read the repository, or depends on who runs it.",
  remedy:
    "Generate it with a RandomPassword, or set it with pulumi config set --secret, and give it a new value.",
  source: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  check: ({ writtenOutSecrets }) =>
    writtenOutSecrets.map(({ urn, resource, where }) => ({
      urn,
      message: `${where} of ${resource} comes from no resource and no secret of the configuration`,
    })),
};
