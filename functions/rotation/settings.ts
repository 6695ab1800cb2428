import { RotationError } from "./failure";
import { type Fields, jsonFields } from "./json";

/** What the function may touch, and where. Nothing of it is ever taken from the secret. */
export interface RotationSettings {
  /** The user's secret. */
  readonly secretArn: string;
  /** The administrator's secret: JSON with `username` and `password`. */
  readonly masterSecretArn: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly dbInstanceIdentifier: string;
  /** Role without login that both users act as: it owns the objects, or reads those of `readsFrom`. */
  readonly ownerRole: string;
  /** The two login users that take turns. */
  readonly users: readonly [string, string];
  readonly access: "owner" | "read";
  /** Role that owns the objects that a user with access `read` reads. */
  readonly readsFrom?: string;
  readonly schema: string;
  /** Seconds that a value stays current before the other user's password may change. */
  readonly minimumAgeSeconds: number;
}

const VARIABLE = "ROTATION_SETTINGS";
const REMEDY = "the component DatabaseUser sets it: deploy the stack again";

/** The settings of the environment. Throws all mistakes at once. */
export function parseSettings(text: string | undefined): RotationSettings {
  const given = jsonFields(text ?? "");
  if (given === undefined) {
    throw new RotationError(`the variable ${VARIABLE} is missing or no JSON object; ${REMEDY}`);
  }
  const problems = settingsProblems(given);
  if (problems.length > 0) {
    throw new RotationError(`the variable ${VARIABLE}: ${problems.join("; ")}; ${REMEDY}`);
  }
  return given as unknown as RotationSettings;
}

const STRINGS = ["secretArn", "masterSecretArn", "host", "dbname", "dbInstanceIdentifier"];

/** Every mistake in settings, each with its key. */
export function settingsProblems(given: Fields): readonly string[] {
  const { port, ownerRole, users, access, readsFrom, schema, minimumAgeSeconds } = given;
  const names = Array.isArray(users) ? (users as readonly unknown[]) : [];
  const reads = access === "read";
  return [
    ...STRINGS.map((key) => problem(key, stringProblem(given[key]))),
    problem("port", wholeNumberProblem(port, 1, 65_535)),
    problem("ownerRole", roleProblem(ownerRole)),
    problem("users", names.length === 2 ? undefined : "must be two names"),
    ...names.map((name, index) => problem(`users[${index}]`, roleProblem(name))),
    problem("users", names.length === 2 && names[0] === names[1] ? "must differ" : undefined),
    problem(
      "ownerRole",
      names.includes(ownerRole) ? "must be none of the users: it has no login" : undefined,
    ),
    problem("access", reads || access === "owner" ? undefined : 'must be "owner" or "read"'),
    problem("readsFrom", readsFromProblem(given, names)),
    ...(readsFrom === undefined ? [] : [problem("readsFrom", roleProblem(readsFrom))]),
    problem("schema", nameProblem(schema)),
    problem("minimumAgeSeconds", wholeNumberProblem(minimumAgeSeconds, 0, Number.MAX_SAFE_INTEGER)),
  ].filter((found) => found !== undefined);
}

function readsFromProblem(
  { access, readsFrom, ownerRole }: Fields,
  users: readonly unknown[],
): string | undefined {
  if (access !== "read") {
    return readsFrom === undefined ? undefined : 'goes with access "read" only';
  }
  if (readsFrom === undefined) return 'is required with access "read"';
  return readsFrom === ownerRole || users.includes(readsFrom)
    ? "must differ from ownerRole and users: it owns what they read"
    : undefined;
}

const problem = (key: string, found: string | undefined): string | undefined =>
  found === undefined ? undefined : `${key} ${found}`;

const stringProblem = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? undefined : "must be a string that is not empty";

const wholeNumberProblem = (value: unknown, min: number, max: number): string | undefined =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max
    ? undefined
    : `must be a whole number from ${min} to ${max}`;

/** PostgreSQL shortens longer names without an error. */
const NAME_BYTES = 63;

function nameProblem(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return stringProblem(value);
  if (value.includes("\0")) return "must not contain NUL";
  return Buffer.byteLength(value) > NAME_BYTES
    ? `must have at most ${NAME_BYTES} bytes`
    : undefined;
}

/** Reserved by PostgreSQL, or roles of RDS with rights over the whole server. */
const RESERVED_ROLE = /^(pg_|rds)|^(public|none)$/i;

const roleProblem = (value: unknown): string | undefined =>
  nameProblem(value) ??
  (RESERVED_ROLE.test(String(value)) ? "must not be a role of PostgreSQL or RDS" : undefined);
