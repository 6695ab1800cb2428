import { evenEmpty } from "./checks";

const DECIMAL: Readonly<Record<string, number>> = {
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
export function quantityOf(value: unknown): number | undefined {
  const match = QUANTITY.exec(typeof value === "number" ? String(value) : textOf(value));
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  const power = BINARY.indexOf(suffix) + 1;
  if (power > 0) return Number(digits) * 1024 ** power;
  const exponent = DECIMAL[suffix];
  return Number(exponent === undefined ? `${digits}${suffix}` : `${digits}e${exponent}`);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** An amount of a resource. */
export const quantity = evenEmpty((value) => {
  const number = quantityOf(value);
  if (number === undefined) return "must be a quantity such as '500m', '1.5' or '128Mi'";
  return number >= 0 ? undefined : "must not be negative";
});
