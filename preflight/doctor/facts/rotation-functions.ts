import type { Registration } from "../../simulation/mocks/run";
import { isLate } from "../../simulation/wire/unknown";
import { at, jsonIn, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";

/** How a secret gets its next value, where that is known. */
export interface RotationFunction {
  readonly urn: string;
  readonly name: string;
  /** Whose code runs: that of the component `DatabaseUser`, or the one that AWS publishes for PostgreSQL. */
  readonly code: "DatabaseUser" | "AWS";
  /** Whether one user gets a new password, or the one of two that is not in use. */
  readonly users: "one" | "two";
  /** Of a `DatabaseUser`; `undefined` where they are not known. */
  readonly settings: UserSettings | undefined;
  /** Whether a password may hold what a URL does not take; `undefined` where that is not known. */
  readonly breaksUrls: boolean | undefined;
}

/** What a `DatabaseUser` tells its function; each is `undefined` where it does not say. */
export interface UserSettings {
  readonly secretArn: string | undefined;
  /** The users that log in, in turn. */
  readonly users: readonly string[];
  readonly ownerRole: string | undefined;
  readonly access: string | undefined;
  /** Role that owns the objects that a reader reads. */
  readonly readsFrom: string | undefined;
  readonly minimumAgeSeconds: number | undefined;
}

const FUNCTION = "aws:lambda/function:Function";
/** An application of the Serverless Application Repository. */
const APPLICATION = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
/** The variable by which the function of a `DatabaseUser` knows its user. */
const SETTINGS = "ROTATION_SETTINGS";

/** https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas */
const PUBLISHED = /SecretsManagerRDSPostgreSQLRotation(Single|Multi)User/;
/** What AWS's function leaves out of passwords where nobody says otherwise. */
const EXCLUDED = "/@\"'\\";
/** Of the punctuation in passwords what ends the password of a URL, or is no part of one. */
const UNSAFE_IN_URL = '"#%/<>?@[\\]^`{|}';

/** Types of what a schedule can name as its function. */
export const FUNCTION_TYPES: readonly string[] = [FUNCTION, APPLICATION];

/** The functions that rotate secrets, as far as they are known, by how they are registered. */
export const rotationFunctionsOf = (
  registrations: readonly Registration[],
): ReadonlyMap<Registration, RotationFunction> =>
  new Map(
    registrations
      .filter(({ type }) => FUNCTION_TYPES.includes(type))
      .flatMap((registration) => {
        const found = rotationFunctionOf(registration);
        return found === undefined ? [] : [[registration, found] as const];
      }),
  );

/** `undefined` for a function that is neither, or of which that is not known. */
function rotationFunctionOf(registration: Registration): RotationFunction | undefined {
  const { type, urn, name } = registration;
  const properties = opened(registration);
  if (type === APPLICATION) {
    const { applicationId, parameters } = properties;
    const users = usersOf(textOf(applicationId));
    if (users === undefined) return undefined;
    const excluded = ["excludePunctuation", "excludeCharacters"].map((key) => at(parameters, key));
    const breaksUrls = isLate(parameters) ? undefined : breaksUrlsWith(excluded);
    return { urn, name, code: "AWS", users, settings: undefined, breaksUrls };
  }
  const variables = at(properties, "environment", "variables");
  if (at(variables, SETTINGS) !== undefined) {
    const settings = settingsOf(variables);
    return { urn, name, code: "DatabaseUser", users: "two", settings, breaksUrls: false };
  }
  const { code, s3Key, imageUri, description } = properties;
  const users = usersOf(JSON.stringify([code, s3Key, imageUri, description]));
  if (users === undefined) return undefined;
  const excluded = ["EXCLUDE_PUNCTUATION", "EXCLUDE_CHARACTERS"].map((key) => at(variables, key));
  const breaksUrls = isLate(variables) || isLate(properties.environment);
  return {
    ...{ urn, name, code: "AWS", users, settings: undefined },
    breaksUrls: breaksUrls ? undefined : breaksUrlsWith(excluded),
  };
}

/** The settings among the variables of a function; `undefined` where they are not known. */
function settingsOf(variables: unknown): UserSettings | undefined {
  const settings = jsonIn(textOf(at(variables, SETTINGS)) ?? "");
  if (settings === undefined) return undefined;
  const minimumAge = at(settings, "minimumAgeSeconds");
  return {
    secretArn: textOf(at(settings, "secretArn")),
    users: listOf(at(settings, "users")).flatMap((user) => textOf(user) ?? []),
    ownerRole: textOf(at(settings, "ownerRole")),
    access: textOf(at(settings, "access")),
    readsFrom: textOf(at(settings, "readsFrom")),
    minimumAgeSeconds: typeof minimumAge === "number" ? minimumAge : undefined,
  };
}

function usersOf(text = ""): RotationFunction["users"] | undefined {
  const [, users] = PUBLISHED.exec(text) ?? [];
  return users === undefined ? undefined : users === "Multi" ? "two" : "one";
}

function breaksUrlsWith([punctuation, characters]: readonly unknown[]): boolean | undefined {
  const isOut = textOf(punctuation);
  if (isOut !== undefined && /^(true|yes|y|1)$/i.test(isOut)) return false;
  if (isLate(punctuation) || isLate(characters)) return undefined;
  const excluded = textOf(characters) || EXCLUDED;
  return [...UNSAFE_IN_URL].some((character) => !excluded.includes(character));
}
