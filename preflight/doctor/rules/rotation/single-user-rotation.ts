import { distinct, type Rule } from "../../rule";

export const singleUserRotation: Rule = {
  id: "single-user-rotation",
  severity: "warning",
  why:
    "The database refuses the old password at once, and pods have it until their files follow: each new " +
    "connection fails for that long. A function that dies in between, and loses its pending version, locks the " +
    "user out for good.",
  remedy:
    "Let two users take turns that act as one owner role, as a DatabaseUser does, or have clients retry for as long as the files lag.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html",
  check: ({ rotatedMounts }) =>
    distinct(
      rotatedMounts.flatMap(({ mount: { workload }, secret, rotation: { by } }) =>
        typeof by === "object" && by.users === "one"
          ? [
              {
                urn: workload.urn,
                message: `${workload.label} loses the password of the secret ${secret} whenever ${by.name} rotates its one user`,
              },
            ]
          : [],
      ),
    ),
};
