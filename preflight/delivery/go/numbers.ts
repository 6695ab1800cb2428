/**
 * A float as `strconv.FormatFloat(x, 'g', -1, 32)` writes it: rounded to 32 bits, then the fewest
 * digits that round back, with an exponent from a million on (`1e+06`) and below 0.0001.
 *
 * @see https://pkg.go.dev/strconv#FormatFloat
 */
export function formatFloat32(value: number): string {
  const single = Math.fround(value);
  return formatDigits(single, shortestSingle(single));
}

/** A float as `fmt` writes it with `%#v`: as `formatFloat32`, but with all its 64 bits. */
export const formatFloat64 = (value: number): string => formatDigits(value, value.toExponential());

/** The number whose shortest digits are given as `1.5e+3`. */
function formatDigits(value: number, scientific: string): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = scientific.split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "").replace(/0+$/, "");
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const width = String(Math.abs(power)).padStart(2, "0");
    return `${sign}${digits.slice(0, 1)}${fraction}e${power < 0 ? "-" : "+"}${width}`;
  }
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  const rest = digits.slice(power + 1);
  return sign + whole + (rest === "" ? "" : `.${rest}`);
}

function shortestSingle(single: number): string {
  for (let digits = 0; digits < 9; digits += 1) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential(9);
}

/**
 * A float as `encoding/json` writes it. Only minus zero differs from JavaScript.
 *
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export const formatJsonNumber = (value: number): string =>
  Object.is(value, -0) ? "-0" : String(value);

/** Truth values that `strconv.ParseBool` knows; `undefined` for any other text. */
export function parseBool(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  return ["0", "f", "F", "FALSE", "false", "False"].includes(text) ? false : undefined;
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const HEXADECIMAL =
  /^([-+]?)0[xX](?=[0-9a-fA-F.]*[0-9a-fA-F])([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([-+]?\d+)$/;

/** Underscores stand between digits, or after the prefix of a hexadecimal number. */
const LOOSE_UNDERSCORE = {
  decimal: /(?<![0-9])_|_(?![0-9])/,
  hexadecimal: /(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])/,
};

/**
 * The number that a text is to `strconv.ParseFloat`; `undefined` where that fails.
 *
 * @see https://pkg.go.dev/strconv#ParseFloat
 */
export function parseFloat64(text: string): number | undefined {
  const base = /^[-+]?0[xX]/.test(text) ? "hexadecimal" : "decimal";
  if (LOOSE_UNDERSCORE[base].test(text)) return undefined;
  return parseDigits(text.replaceAll("_", ""));
}

function parseDigits(text: string): number | undefined {
  if (DECIMAL.test(text)) return inRange(Number(text));
  if (/^[-+]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const [, sign = "", whole = "", fraction = "", exponent] = HEXADECIMAL.exec(text) ?? [];
  if (exponent === undefined) return undefined;
  const mantissa = Number(BigInt(`0x0${whole}${fraction}`));
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return inRange(sign === "-" ? -value : value);
}

const inRange = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
