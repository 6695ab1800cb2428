import { jsonFields } from "./json";
import { isPlainAscii } from "./scram";
import type { RotationSettings } from "./settings";

/** Login of one of the two users. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What a version of the user's secret holds, as far as the function can use it. */
export type SecretValue =
  | {
      readonly usable: true;
      readonly login: Login;
      /** Keys whose values differ from the settings: clients would connect elsewhere. */
      readonly differing: readonly string[];
    }
  | {
      readonly usable: false;
      /** In words, without the value. */
      readonly why: string;
    };

/** The facts that a secret repeats for its readers. */
const factsOf = ({ host, port, dbname, dbInstanceIdentifier }: RotationSettings) => ({
  engine: "postgres",
  ...{ host, port, dbname, dbInstanceIdentifier },
  ssl: true,
});

/** The JSON of the secret. */
export function secretJson(settings: RotationSettings, { username, password }: Login): string {
  const { engine, host, port, dbname, dbInstanceIdentifier, ssl } = factsOf(settings);
  return JSON.stringify({
    ...{ engine, host, port, dbname, username, password, dbInstanceIdentifier, ssl },
  });
}

/** Reads a version of the user's secret. Its host, port and database are compared, never used. */
export function parseSecret(text: string, settings: RotationSettings): SecretValue {
  const fields = jsonFields(text);
  if (fields === undefined) return { usable: false, why: "holds no JSON object" };
  const { username, password } = fields;
  if (typeof username !== "string" || !settings.users.includes(username)) {
    return { usable: false, why: `names a user other than ${settings.users.join(" and ")}` };
  }
  if (typeof password !== "string" || password === "") {
    return { usable: false, why: "holds no password" };
  }
  if (!isPlainAscii(password)) {
    return { usable: false, why: "holds a password with characters other than printable ASCII" };
  }
  const differing = Object.entries(factsOf(settings))
    .filter(([key, value]) => fields[key] !== value)
    .map(([key]) => key);
  return { usable: true, login: { username, password }, differing };
}

/** The administrator's login; `undefined` where the secret does not hold one. */
export function parseAdministrator(text: string): Login | undefined {
  const { username, password } = jsonFields(text) ?? {};
  return typeof username === "string" && typeof password === "string"
    ? { username, password }
    : undefined;
}
