import type * as pulumi from "@pulumi/pulumi";
import { ENGINE } from "./engine";

/** What a client must know to connect. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
  readonly dbInstanceIdentifier: string;
}

/**
 * The keys of the secret's JSON, in the order in which they are written, and the type of each
 * value. It is the shape that the rotation functions of AWS expect.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export const CONNECTION_SHAPE = {
  engine: "string",
  host: "string",
  port: "number",
  dbname: "string",
  username: "string",
  password: "string",
  dbInstanceIdentifier: "string",
  ssl: "boolean",
} as const;

/** The keys of a secret that RDS makes for the master user. */
export const MASTER_SHAPE = { username: "string", password: "string" } as const;

/**
 * Where the connection is, and what it holds: what a `CsiSecretsApp` needs of the database. Whatever
 * is made from `secretName` or `secretArn` is made after the secret has its value, and deleted
 * before it.
 */
export interface DatabaseSecretSource {
  readonly secretName: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
  /** The key that a reader must be allowed to decrypt with; absent for `aws/secretsmanager`. */
  readonly kmsKeyArn?: pulumi.Output<string>;
  /**
   * Keys of the secret's JSON, each with the type of its value: of the whole connection, or where RDS
   * keeps the password, of the master user alone.
   */
  readonly shape: typeof CONNECTION_SHAPE | typeof MASTER_SHAPE;
  /** When RDS changes the value; absent where nobody does. */
  readonly rotation?: { readonly every: string };
}

type Payload = Record<keyof typeof CONNECTION_SHAPE, string | number | boolean>;

/** The secret's JSON. The order of keys is fixed, so an unchanged connection yields the same bytes. */
export function connectionJson(connection: Connection): string {
  const payload: Payload = {
    engine: ENGINE,
    host: connection.host,
    port: connection.port,
    dbname: connection.dbname,
    username: connection.username,
    password: connection.password,
    dbInstanceIdentifier: connection.dbInstanceIdentifier,
    // Without it a rotation function that fails to connect over TLS tries again in plain text.
    ssl: true,
  };
  return JSON.stringify(payload);
}
