import type { Rule } from "../../rule";

export const environmentUnread: Rule = {
  id: "environment-unread",
  severity: "note",
  why:
    "The stack takes configuration from an environment of Pulumi ESC, which only Pulumi Cloud can " +
    "open. The program ran without those values.",
  remedy: "Doubt findings about what the values decide, or give them in a stack file of their own.",
  source: "https://www.pulumi.com/docs/esc/integrations/infrastructure/pulumi-iac/",
  check: ({ context: { environments = [] } }) =>
    environments.map((name) => ({
      message: `cannot tell what the environment ${name} of Pulumi ESC gives: it was not read`,
    })),
};
