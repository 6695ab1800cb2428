import type { Rule } from "../../rule";

export const rotationBelowMinimumAge: Rule = {
  id: "rotation-below-minimum-age",
  severity: "warning",
  why:
    "The function refuses to rotate a value that is younger than its minimum age, so that pods have read it. A " +
    "schedule that comes sooner fails each time, and its alarm goes off.",
  remedy: "Rotate less often, shorten the window, or lower minimumAge.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html",
  check: ({ rotations }) =>
    rotations.flatMap(({ urn, name, periodSeconds, windowSeconds = 0, by }) => {
      const minimum = typeof by === "object" ? by.settings?.minimumAgeSeconds : undefined;
      if (minimum === undefined || periodSeconds === undefined) return [];
      const gap = periodSeconds - windowSeconds;
      if (gap >= minimum) return [];
      return [
        {
          urn,
          message: `${name} may rotate ${gap} seconds after a rotation, and its function refuses a value younger than ${minimum} seconds`,
        },
      ];
    }),
};
