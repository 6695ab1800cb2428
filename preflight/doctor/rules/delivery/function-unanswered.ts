import type { Rule } from "../../rule";

export const functionUnanswered: Rule = {
  id: "function-unanswered",
  severity: "note",
  why:
    "The program calls a function of which only the cloud knows the answer, so what hangs on it is " +
    "unknown, or missing, and cannot be judged; so is what the program declares only under a condition on it.",
  remedy: "Doubt findings about what the answer goes into, and look there after the update.",
  source: "https://www.pulumi.com/docs/iac/concepts/functions/provider-functions/",
  check: ({ context: { unanswered = [] } }) =>
    unanswered.map((token) => ({ message: `cannot tell what the function ${token} answers` })),
};
