import type { Rule } from "../../rule";

export const rotatesImmediately: Rule = {
  id: "rotates-immediately",
  severity: "warning",
  why:
    "Where rotateImmediately is true, as by default, the secret rotates when the schedule is made and at each later " +
    "change of it, in the middle of a deployment, whatever the window says.",
  remedy: "Set rotateImmediately to false.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html",
  check: ({ rotations }) =>
    rotations.flatMap(({ urn, name, rotatesImmediately: isImmediate }) =>
      isImmediate === false
        ? []
        : [
            {
              urn,
              message:
                isImmediate === true
                  ? `${name} rotates its secret whenever its schedule is deployed`
                  : `cannot tell whether ${name} rotates its secret whenever its schedule is deployed`,
            },
          ],
    ),
};
