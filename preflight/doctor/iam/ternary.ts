/** A claim that holds, one that does not, and one that is not decided by what is known. */
export type Ternary = true | false | "unknown";

/** False when one is false, whatever the others are; true when all are. */
export function allOf(claims: readonly Ternary[]): Ternary {
  if (claims.includes(false)) return false;
  return claims.includes("unknown") ? "unknown" : true;
}

/** True when one is true, whatever the others are; false when all are. */
export function anyOf(claims: readonly Ternary[]): Ternary {
  if (claims.includes(true)) return true;
  return claims.includes("unknown") ? "unknown" : false;
}

export const not = (claim: Ternary): Ternary => (claim === "unknown" ? claim : !claim);
