import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Client } from "pg";
import { openAuthority } from "../../../local/database/authority";
import { PostgresServer } from "../../../local/database/server";
import {
  clientRules,
  serverConfiguration,
  setupStatements,
} from "../../../local/database/settings";

export const ADMINISTRATOR = { username: "dba", password: "Administrator-canary-1" };
const HOST = "localhost";

/** A PostgreSQL over TLS whose administrator is, as on RDS, no superuser. */
export class TestServer {
  readonly host = HOST;
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "rotation-"));
  readonly #server = new PostgresServer(path.join(this.#folder, "server"));
  certificate = "";
  /** Of an authority that has not signed the server's. */
  foreignCertificate = "";

  get port(): number {
    return this.#server.port;
  }

  get log(): string {
    return fs.readFileSync(this.#server.logFile, "utf8");
  }

  async start(): Promise<void> {
    const authority = await openAuthority(path.join(this.#folder, "authority"));
    this.certificate = authority.certificate;
    const other = await openAuthority(path.join(this.#folder, "other"));
    this.foreignCertificate = other.certificate;
    const { certificate, key } = await authority.issue(HOST);
    await this.#server.initialise();
    await this.#server.execute(setupStatements({ ...ADMINISTRATOR, database: "postgres" }));
    this.#server.write({
      "server.crt": certificate,
      "server.key": key,
      "pg_hba.conf": clientRules([{ name: "rds.force_ssl", value: "1" }]),
    });
    const logged = [
      { name: "log_statement", value: "all" },
      { name: "log_min_messages", value: "debug1" },
      { name: "fsync", value: "off" },
    ].map((parameter) => ({ ...parameter, pendingReboot: false, secret: false }));
    await this.#server.start({
      text: (port) => serverConfiguration(port, logged),
      unsupported: [],
    });
  }

  async remove(): Promise<void> {
    await this.#server.remove();
    fs.rmSync(this.#folder, { recursive: true });
  }

  /** Runs statements in one session, and returns the rows of the last. */
  async run(
    database: string,
    { username, password }: { readonly username: string; readonly password: string },
    ...statements: readonly string[]
  ): Promise<any[]> {
    const client = new Client({
      ...{ host: HOST, port: this.port, database, user: username, password },
      ssl: { ca: this.certificate },
    });
    await client.connect();
    try {
      let rows: any[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows;
    } finally {
      await client.end();
    }
  }

  administer(database: string, ...statements: readonly string[]): Promise<any[]> {
    return this.run(database, ADMINISTRATOR, ...statements);
  }
}
