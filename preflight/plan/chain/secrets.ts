import type { JsonShape } from "../../delivery";
import type { Facts, StoredSecret } from "../../doctor/facts";
import { loginOf, type PlannedLogin } from "./rotation";

/** A secret of Secrets Manager, as far as it can be shown: its name and the keys of its JSON. */
export interface PlannedSecret {
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  /** Keys and types of its JSON; `undefined` where they are not known offline. */
  readonly shape: JsonShape | undefined;
  /** The database whose connection it holds. */
  readonly database: PlannedDatabase | undefined;
  /** Who logs in with it; `undefined` where nobody in the program says so. */
  readonly login: PlannedLogin | undefined;
}

export interface PlannedDatabase {
  readonly urn: string;
  readonly name: string;
  readonly engine: string;
  readonly instanceClass: string;
  readonly databaseName: string | undefined;
}

export function plannedSecret(secret: StoredSecret, facts: Facts): PlannedSecret {
  const { databases } = facts;
  const { urn, name, arn, madeFrom } = secret;
  const database = databases.find((each) => madeFrom.includes(each.urn));
  return {
    ...{ urn, name, arn },
    shape: shapeOf(secret),
    login: loginOf(secret, facts),
    database: database && {
      urn: database.urn,
      name: database.name,
      // A database that is restored takes its engine from the snapshot.
      engine:
        [database.engine, database.engineVersion].filter(Boolean).join(" ") ||
        "restored from a snapshot",
      instanceClass: database.instanceClass ?? "",
      databaseName: database.databaseName,
    },
  };
}

/**
 * What is known of a secret's JSON. Text is no proof that there is none: a `secure:` value of the
 * configuration is a placeholder here.
 */
export const shapeOf = ({ content }: StoredSecret): JsonShape | undefined =>
  typeof content === "object" ? content.shape : undefined;
