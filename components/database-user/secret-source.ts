import type * as pulumi from "@pulumi/pulumi";
import type { CONNECTION_SHAPE } from "../secure-database/secret-payload";

/**
 * Where the user's connection is, and what it holds: what a `CsiSecretsApp` needs of the user.
 * Whatever is made from `secretName` or `secretArn` is made after the secret has its value, and
 * deleted before it.
 */
export interface UserSecretSource {
  readonly secretName: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
  /** The key that a reader must be allowed to decrypt with; absent for `aws/secretsmanager`. */
  readonly kmsKeyArn?: pulumi.Output<string>;
  /** Keys of the secret's JSON, each with the type of its value. */
  readonly shape: typeof CONNECTION_SHAPE;
  /** When the value changes; absent for a user that does not rotate. */
  readonly rotation?: {
    /** As it was given to the `DatabaseUser`. */
    readonly every: string;
    /** The same; the default where it was not given. */
    readonly window: string;
    /** Two users take turns: the previous credentials work until the next rotation. */
    readonly alternating: true;
  };
}
