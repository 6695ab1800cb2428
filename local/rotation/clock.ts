import type { Clock } from "../secrets/operations";

/** A clock on which more time has passed since everything that happened. */
export const laterBy = (milliseconds: number): Clock => ({
  now: () => Date.now(),
  told: (time) => time - milliseconds,
});

/** A clock that runs faster: the age of everything is `factor` times what it is. */
export const faster = (factor: number): Clock => ({
  now: () => Date.now(),
  told: (time) => Date.now() - (Date.now() - time) * factor,
});
