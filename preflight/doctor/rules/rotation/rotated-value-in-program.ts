import type { Rule } from "../../rule";

export const rotatedValueInProgram: Rule = {
  id: "rotated-value-in-program",
  severity: "error",
  why:
    "A version of a rotating secret that the program owns puts its own value, the first password, back " +
    "as the current one: when an input changes, or once Secrets Manager has removed the version.",
  remedy:
    "Declare the secret without a version, and let the rotation function write the first value; " +
    "ignoreChanges does not help.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/37302",
  check: ({ rotations }) =>
    rotations.flatMap(({ secret }) =>
      (secret?.isManaged === false ? secret.versions : []).map((urn) => ({
        urn,
        message: `the program puts a value into the secret ${secret?.name ?? ""}, which rotates`,
      })),
    ),
};
