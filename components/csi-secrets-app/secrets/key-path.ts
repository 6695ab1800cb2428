import type { SecretValueType } from "../args";

type Shape = Readonly<Record<string, SecretValueType>>;

/**
 * The JMESPath of a key. The provider refuses a result that is not a string, and RDS-shaped secrets
 * hold the port as a number: those go through `to_string`. `to_string(null)` would be the text
 * `null`, so a missing key is kept missing, and the mount fails as it should.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#additional-considerations
 */
export function keyPath(key: string, shape?: Shape): string {
  // An identifier that JMESPath takes unquoted; anything else is a quoted identifier, as JSON quotes.
  const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
  // `to_string` leaves a string as it is.
  const [type = "string"] = acceptedTypes(key, shape);
  switch (type) {
    case "string":
      return identifier;
    case "number":
      return `${identifier} && to_string(${identifier})`;
    case "boolean":
      // `false && …` would be false, which is no string.
      return `${identifier} != \`null\` && to_string(${identifier})`;
  }
}

/** The type of a key's value, where the shape tells it. */
export const declaredType = (key: string, shape: Shape | undefined): SecretValueType | undefined =>
  shape !== undefined && Object.hasOwn(shape, key) ? shape[key] : undefined;

/** What a key's value may be: without a shape, a string, and `port` also a number. */
export function acceptedTypes(key: string, shape: Shape | undefined): readonly SecretValueType[] {
  const type = declaredType(key, shape);
  if (type !== undefined) return [type];
  return key === "port" ? ["number", "string"] : ["string"];
}

/** A key that the secret's JSON does not have would keep the pod waiting for its mount. */
export const missingKeyProblem =
  (shape: Shape | undefined) =>
  (key: string): string | undefined =>
    shape === undefined || Object.hasOwn(shape, key)
      ? undefined
      : `must name a key of the secret's JSON, which has ${Object.keys(shape).join(", ")}`;

/**
 * The provider reads `objects` as YAML 1.1: some characters are refused there, and U+0085, U+2028
 * and U+2029 are line breaks. `JSON.stringify` escapes what is below U+0020, and a lone surrogate in
 * a way that YAML refuses.
 *
 * @see https://yaml.org/spec/1.1/#c-printable
 */
const UNSAFE = /[\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]|\p{Surrogate}/u;

export function keyCharactersProblem(key: string): string | undefined {
  if (key === "") return "must name a key of the secret's JSON";
  const [character] = UNSAFE.exec(key) ?? [];
  return (
    character &&
    `must not name a key with the character ${codePoint(character)}, which the AWS provider ` +
      "cannot read in a SecretProviderClass; rename the key in the secret"
  );
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
