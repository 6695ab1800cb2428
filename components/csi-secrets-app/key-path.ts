import type { SecretValueType } from "./args";
import { findUnsafeCharacters } from "../../preflight/delivery";

/**
 * The JMESPath of a key. The provider refuses a result that is not a string, and RDS-shaped secrets
 * hold the port as a number: those go through `to_string`. `to_string(null)` would be the text
 * `null`, so a missing key is kept missing, and the mount fails as it should.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#additional-considerations
 */
export function keyPath(key: string, type: SecretValueType = typeOf(key)): string {
  // An identifier that JMESPath takes unquoted; anything else is a quoted identifier, as JSON quotes.
  const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
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

/** The type of a value that nobody told: `to_string` leaves a text as it is. */
const typeOf = (key: string): SecretValueType => (key === "port" ? "number" : "string");

/**
 * What keeps a key from being delivered, or `undefined`: the provider reads the class as YAML, to
 * which some characters are none, and others are line breaks.
 */
export function keyProblem(key: string): string | undefined {
  if (key === "") return "must name a key of the secret's JSON; got ''";
  const unsafe = findUnsafeCharacters(key)[0];
  return (
    unsafe &&
    `needs a key that holds the character ${unsafe.character}, which the AWS provider cannot read ` +
      "in a SecretProviderClass; rename the key in the secret"
  );
}
