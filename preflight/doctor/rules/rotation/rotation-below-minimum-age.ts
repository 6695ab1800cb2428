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
    rotations.flatMap(({ urn, name, leastGapSeconds, by }) => {
      const minimum = typeof by === "object" ? by.settings?.minimumAgeSeconds : undefined;
      if (minimum === undefined || leastGapSeconds === undefined) return [];
      if (leastGapSeconds >= minimum) return [];
      return [
        {
          urn,
          message: `${name} may rotate ${leastGapSeconds} seconds after a rotation, and its function refuses a value younger than ${minimum} seconds`,
        },
      ];
    }),
};
