import type { JsonShape } from "../../delivery/shape";
import type { Registration } from "../../simulation/mocks/run";
import type { RotationFunction } from "./rotation-functions";
import type { SecretContent } from "./secret-content";

/** A secret that the function of a `DatabaseUser` writes; the program declares no version of it. */
export interface RotatedSecret {
  /** What the function writes, whatever the values are. */
  readonly content: SecretContent;
  /** URN of the function, whose settings come from the database. */
  readonly function: Registration;
}

/** As the component DatabaseUser tells it. */
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
  functions: ReadonlyMap<Registration, RotationFunction>,
): ReadonlyMap<string, RotatedSecret> =>
  new Map(
    [...functions].flatMap(([registration, { settings }]) => {
      const arn = settings?.secretArn;
      return arn === undefined
        ? []
        : [[arn, { content: { shape: SHAPE, ssl: "on" }, function: registration }] as const];
    }),
  );
