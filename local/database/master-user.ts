import { randomUUID } from "node:crypto";
import { newPassword } from "../../functions/rotation/password";
import { text } from "../../preflight/simulation/models/model";
import {
  currentJson,
  forgetVersions,
  keepVersions,
  managedSecret,
  versionsIn,
} from "../secrets/stored";
import { putValue } from "../secrets/versions";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";

const DEFAULT_NAME = "postgres";

/** How the master user of an instance logs in. */
export interface MasterUser {
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

/** The password is the program's, or that of the secret that RDS keeps. */
export function masterUserOf(instance: CloudObject, store: CloudStore): MasterUser {
  const { username, dbName, password } = inputsOf(instance);
  const secret = managedSecret(instance);
  return {
    username: text(username, DEFAULT_NAME),
    password: secret === undefined ? text(password) : text(currentJson(store, secret).password),
    database: text(dbName, DEFAULT_NAME),
  };
}

/**
 * Gives the secret that RDS keeps for an instance its first value, where there is such a secret and it has
 * none: user and password alone, as RDS writes them.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function makeManagedPassword(instance: CloudObject, store: CloudStore): void {
  const secret = managedSecret(instance);
  if (secret === undefined || versionsIn(store, secret).length > 0) return;
  const { username } = inputsOf(instance);
  const value = JSON.stringify({
    username: text(username, DEFAULT_NAME),
    password: newPassword(),
  });
  keepVersions(store, secret, putValue([], { token: randomUUID(), value, now: Date.now() }));
}

/** Removes the secret that RDS kept for an instance. */
export function forgetManagedPassword(instance: CloudObject, store: CloudStore): void {
  const secret = managedSecret(instance);
  if (secret !== undefined) forgetVersions(store, secret);
}
