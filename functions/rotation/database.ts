import { Client, type ClientConfig } from "pg";
import type { Login } from "./connection";
import { RotationError } from "./failure";
import type { RotationSettings } from "./settings";
import { type DatabaseFacts, FACTS, LOCK, roleNames, type Statement } from "./sql";
import { isLoginRefused, whyFailed } from "./words";

/** Who a connection is. */
export interface Session {
  readonly sessionUser: string;
  readonly currentUser: string;
}

/** The PostgreSQL server. */
export interface Database {
  /** Logs in and out; `undefined` where the server refuses the login. */
  readonly login: (login: Login) => Promise<Session | undefined>;
  /** Runs the statements that `plan` chooses, all or none. */
  readonly administer: (
    administrator: Login,
    plan: (facts: DatabaseFacts) => readonly Statement[],
  ) => Promise<void>;
}

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
/** Queries of the app queue behind a statement that waits for its lock. */
const LOCK_MS = 5_000;
/** For other deployments of the same database. */
const TURN_MS = 45_000;

/** The server of the settings, over TLS that is verified in full against `ca`; there is no fall-back. */
export function postgres(settings: RotationSettings, ca: string): Database {
  const { host, port, dbname } = settings;
  const at = `the database ${dbname} at ${host}:${port}`;

  async function connect({ username, password }: Login, more: ClientConfig = {}): Promise<Client> {
    const client = new Client({
      ...{ host, port, database: dbname, user: username, password, ...more },
      ssl: { ca, rejectUnauthorized: true },
      application_name: "eks-db-secrets-rotation",
      connectionTimeoutMillis: CONNECT_MS,
    });
    // Told by the statement that fails; without a listener it would end the process.
    client.on("error", () => undefined);
    await client.connect().catch(async (error: unknown) => {
      await client.end().catch(() => undefined);
      throw error;
    });
    return client;
  }

  async function login(asked: Login): Promise<Session | undefined> {
    let client: Client | undefined;
    try {
      client = await connect(asked);
      const { rows } = await client.query<Session>(
        'select session_user as "sessionUser", current_user as "currentUser"',
      );
      return rows[0];
    } catch (error) {
      if (client === undefined && isLoginRefused(error)) return undefined;
      throw new RotationError(`${at} cannot be reached as ${asked.username}: ${whyFailed(error)}`);
    } finally {
      await client?.end().catch(() => undefined);
    }
  }

  async function administer(
    administrator: Login,
    plan: (facts: DatabaseFacts) => readonly Statement[],
  ): Promise<void> {
    let doing = `log in as the administrator ${administrator.username} of masterSecretArn`;
    let client: Client | undefined;
    try {
      client = await connect(administrator, { statement_timeout: STATEMENT_MS });
      doing = "wait for other deployments of the same database";
      await client.query("begin");
      await client.query(`set local lock_timeout = ${TURN_MS}`);
      await client.query(LOCK);
      await client.query(`set local lock_timeout = ${LOCK_MS}`);
      doing = "read which roles and objects there are";
      const { rows } = await client.query<DatabaseFacts>(FACTS, [
        roleNames(settings),
        settings.schema,
      ]);
      for (const { does, text } of plan(rows[0] as DatabaseFacts)) {
        doing = does;
        await client.query(text);
      }
      doing = "commit";
      await client.query("commit");
    } catch (error) {
      if (error instanceof RotationError) throw error;
      const why = isLoginRefused(error)
        ? "its password is refused: the secret is not the administrator's, or a change of it is still on its way"
        : whyFailed(error);
      throw new RotationError(`${at}: could not ${doing}: ${why}`);
    } finally {
      await client?.end().catch(() => undefined);
    }
  }

  return { login, administer };
}
