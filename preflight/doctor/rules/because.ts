import type { Decision } from "../iam";

/** For messages: the statement that denies, where one does. */
export const because = (decision: Decision | undefined): string =>
  decision?.statement === undefined ? "" : `; it is denied by ${decision.statement}`;
