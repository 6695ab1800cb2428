import type * as pulumi from "@pulumi/pulumi";
import type {
  DatabaseUser,
  DatabaseUserArgs,
  SecretSource,
  SecureDatabase,
  UserDatabase,
} from "../../components";

/** Compiled with the tests: what the types must accept and refuse. Never run. */
declare const accept: (args: DatabaseUserArgs) => void;
declare const facts: UserDatabase;
declare const db: SecureDatabase;
declare const owner: DatabaseUser;

export function accepted(): void {
  accept({ database: facts });
  accept({ database: db });
  accept({ database: db, access: "read", readsFrom: owner.ownerRole });
  accept({ database: db, rotation: false });
  accept({ database: db, rotation: { every: "30d", window: "3h" } });
  accept({ database: db, transform: { function: (args) => ({ ...args, timeout: 30 }) } });
}

export function refused(): void {
  // @ts-expect-error a user is in a database
  accept({});
  // @ts-expect-error the administrator's secret makes the user
  accept({ database: { ...facts, masterSecretArn: undefined } });
  // @ts-expect-error a user owns or reads
  accept({ database: db, access: "write" });
  // @ts-expect-error there is no rotation but this one
  accept({ database: db, rotation: true });
  // @ts-expect-error a period is a string with its unit
  accept({ database: db, rotation: { every: 30 } });
  // @ts-expect-error there is no such child
  accept({ database: db, transform: { version: <T>(args: T) => args } });
}

export function outputs(user: DatabaseUser): pulumi.Output<string>[] {
  // @ts-expect-error no password is in the program
  void user.password;
  const source: SecretSource = { ...user.secretSource, files: { password: "password" } };
  void source;
  // @ts-expect-error an output is not to be changed
  user.secretName = user.secretArn;
  return [user.secretName, user.secretArn, user.ownerRole, user.functionName];
}
