import type { Rule } from "../../rule";

export const cloneWithoutOwnerRole: Rule = {
  id: "clone-without-owner-role",
  severity: "warning",
  why:
    "AWS's function makes the second user a member of the first, not the other way round: of what the second one " +
    "creates the first can read and write nothing, from the second rotation on.",
  remedy:
    "Make both users beforehand and have them act as one owner role (ALTER ROLE … SET role), or use a DatabaseUser.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html",
  check: ({ rotations, takesRoleAtLogin }) =>
    takesRoleAtLogin
      ? []
      : rotations.flatMap(({ urn, name, secret, secretId, by }) =>
          typeof by === "object" && by.code === "AWS" && by.users === "two"
            ? [
                {
                  urn,
                  message: `${name} has AWS's function clone the user of the secret ${secret?.name ?? secretId ?? ""}, and nothing in the program has both act as one role`,
                },
              ]
            : [],
        ),
};
