import { randomUUID } from "node:crypto";
import { newPassword } from "../../functions/rotation/password";
import { scramVerifier } from "../../functions/rotation/scram";
import type { Properties } from "../../preflight/simulation/models/model";
import { recordOf } from "../../preflight/simulation/wire/values";
import type { Route } from "../database/databases";
import { withConnection } from "../kubelet/connect";
import {
  currentJson,
  keepVersions,
  secretNamed,
  type StoredSecret,
  versionsIn,
} from "../secrets/stored";
import { putValue, versionOf } from "../secrets/versions";
import type { CloudStore } from "../server/store";
import { settingsIn } from "./clients";

/**
 * Rotates a secret by a new password for the same user, as AWS's function for a single user does: whoever
 * has not read the new value is refused at once.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export async function rotateSingleUser(
  secret: StoredSecret,
  settings: Properties,
  store: CloudStore,
  { routes, authorities }: { readonly routes: readonly Route[]; readonly authorities: string },
): Promise<void> {
  const { value } = versionOf(versionsIn(store, secret), {});
  const master = secretNamed(store, String(settings.masterSecretArn));
  const administrator = currentJson(store, master);
  const connection = settingsIn(value);
  const password = newPassword();
  await withConnection(
    {
      ...connection,
      ...{ user: String(administrator.username), password: String(administrator.password) },
    },
    authorities,
    routes,
    (client) =>
      client.query(
        `alter role "${connection.user.replaceAll('"', '""')}" password '${scramVerifier(password)}'`,
      ),
  );
  const changed = JSON.stringify({ ...recordOf(JSON.parse(value)), password });
  const versions = versionsIn(store, secret);
  keepVersions(
    store,
    secret,
    putValue(versions, { token: randomUUID(), value: changed, now: Date.now() }),
  );
}
