const POWERS_OF_TEN: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

/**
 * The number that a quantity such as `500m` or `128Mi` stands for; `undefined` where it is none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(value: string): number | undefined {
  const [given, digits = "", suffix = ""] = QUANTITY.exec(value) ?? [];
  if (given === undefined) return undefined;
  const power = BINARY.indexOf(suffix) + 1;
  if (power > 0) return Number(digits) * 1024 ** power;
  const exponent = POWERS_OF_TEN[suffix];
  return Number(exponent === undefined ? `${digits}${suffix}` : `${digits}e${exponent}`);
}

/** What keeps a string from being an amount of a resource, or `undefined`. */
export function quantityProblem(value: string): string | undefined {
  const number = quantityOf(value);
  if (number === undefined) {
    const meant = suggestion(value);
    const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
    return `must be a quantity of Kubernetes, such as "500m", "1.5" or "128Mi"${hint}`;
  }
  return number < 0 ? "must not be negative" : undefined;
}

/** `1GB` and `512mb` are what other programs take. */
function suggestion(value: string): string | undefined {
  const [, digits, letter] = /^(\d+(?:\.\d+)?) ?([kmgt])(?:i?b?)$/i.exec(value) ?? [];
  return letter === undefined ? undefined : `${digits}${letter.toUpperCase()}i`;
}
