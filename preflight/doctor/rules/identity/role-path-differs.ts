import type { Rule } from "../../rule";

export const rolePathDiffers: Rule = {
  id: "role-path-differs",
  severity: "error",
  why:
    "The path of a role is part of its ARN. Without it, or with another one, the ARN names no role, and STS " +
    "refuses every mount with AccessDenied.",
  remedy: "Take the role's arn, in the place of a text that is put together from its name.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names",
  check: ({ wrongRoleAddresses }) =>
    wrongRoleAddresses.map(({ urn, where, arn, role }) => ({
      urn,
      message: `${where} names ${arn}, and the ARN of the role ${role.name} is ${role.arn}`,
    })),
};
