import type { JsonShape } from "../../delivery/shape";
import type { Registration } from "../../simulation/mocks/run";
import { at, textOf } from "../../simulation/wire/values";
import { opened } from "./location";

/** A secret that the function of a `DatabaseUser` writes; the program declares no version of it. */
export interface RotatedSecret {
  /** What the function writes, whatever the values are. */
  readonly content: { readonly shape: JsonShape };
  /** URN of the function, whose settings come from the database. */
  readonly function: Registration;
}

const FUNCTION = "aws:lambda/function:Function";
/** The variable by which the function knows its secret. */
const SETTINGS = "ROTATION_SETTINGS";

const SHAPE: JsonShape = {
  engine: "string",
  host: "string",
  port: "number",
  dbname: "string",
  username: "string",
  password: "string",
  dbInstanceIdentifier: "string",
  ssl: "boolean",
};

/** By the secret's ARN. Settings that are not known say nothing. */
export const rotatedSecrets = (
  registrations: readonly Registration[],
): ReadonlyMap<string, RotatedSecret> =>
  new Map(
    registrations
      .filter(({ type }) => type === FUNCTION)
      .flatMap((registration) => {
        const arn = secretArnIn(opened(registration).environment);
        return arn === undefined
          ? []
          : [[arn, { content: { shape: SHAPE }, function: registration }] as const];
      }),
  );

function secretArnIn(environment: unknown): string | undefined {
  const settings = textOf(at(environment, "variables", SETTINGS));
  try {
    return textOf(at(JSON.parse(settings ?? ""), "secretArn"));
  } catch {
    return undefined;
  }
}
