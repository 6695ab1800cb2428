import { once } from "node:events";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { causeIn } from "./log";
import { setOwner, type Program, run, spawn } from "./programs";

/** The configuration of a server. */
export interface Configuration {
  /** The content of postgresql.conf for a port. */
  readonly text: (port: number) => string;
  /** Parameters that are not applied, with the reason, for its log. */
  readonly unsupported: readonly string[];
}

/** The name of the superuser on RDS, which only RDS uses. */
const SUPERUSER = "rdsadmin";
const START_TIMEOUT_SECONDS = 60;

/**
 * A PostgreSQL server that keeps running after the command that started it: `pg_ctl` runs it in the
 * background, and its whole state is in its folder.
 */
export class PostgresServer {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get logFile(): string {
    return path.join(this.folder, "postgresql.log");
  }

  get #data(): string {
    return path.join(this.folder, "data");
  }

  get #port(): string {
    return path.join(this.folder, "port");
  }

  get exists(): boolean {
    return fs.existsSync(this.#data);
  }

  /** The port of the last start. */
  get port(): number {
    return Number(fs.readFileSync(this.#port, "utf8"));
  }

  /** Creates the data folder. */
  async initialise(): Promise<void> {
    fs.mkdirSync(this.folder, { recursive: true });
    setOwner(this.folder);
    // Deleted with the stack, so it need not survive a power failure.
    await this.#run("initdb", ["-D", this.#data, "-U", SUPERUSER, "-E", "UTF8", "--no-sync"]);
  }

  /** Writes files to the data folder, readable by the server alone. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.#data, name);
      fs.writeFileSync(file, content, { mode: 0o600 });
      setOwner(file);
    }
  }

  /**
   * Runs statements as the superuser while the server is stopped: without network and password, and
   * without the statements in a log.
   */
  async execute(statements: readonly string[]): Promise<void> {
    const settings = [
      ...["log_min_error_statement=panic", "log_statement=none"],
      // Without it, a failed statement is skipped and the exit code is 0.
      "exit_on_error=on",
    ].flatMap((setting) => ["-c", setting]);
    const args = ["--single", "-D", this.#data, ...settings, "postgres"];
    await this.#run("postgres", args, statements.join("\n") + "\n");
  }

  /** Starts the server on a free port of this machine. */
  async start({ text, unsupported }: Configuration): Promise<void> {
    const port = await freePort();
    this.write({ "postgresql.conf": text(port) });
    fs.writeFileSync(this.#port, String(port));
    this.#logUnsupported(unsupported);
    const { size } = fs.statSync(this.logFile);
    const args = ["start", "-w", "-s", "-t", String(START_TIMEOUT_SECONDS), "-l", this.logFile];
    await this.#run("pg_ctl", [...args, "-D", this.#data]).catch((error: unknown) => {
      const written = fs.readFileSync(this.logFile).subarray(size).toString();
      throw new Error(causeIn(written), { cause: error });
    });
  }

  /** Changes the configuration of a running server. */
  async reload(
    text: (now: string, port: number) => string,
    unsupported: Configuration["unsupported"],
  ): Promise<void> {
    const now = fs.readFileSync(path.join(this.#data, "postgresql.conf"), "utf8");
    this.write({ "postgresql.conf": text(now, this.port) });
    this.#logUnsupported(unsupported);
    await this.#run("pg_ctl", ["reload", "-s", "-D", this.#data]);
  }

  async isRunning(): Promise<boolean> {
    if (!this.exists) return false;
    const status = await spawn("pg_ctl", ["status", "-D", this.#data], { cwd: this.folder });
    return status.exitCode === 0;
  }

  /** `immediate` skips the shutdown checkpoint: for data that is deleted afterwards. */
  async stop(mode: "fast" | "immediate" = "fast"): Promise<void> {
    if (await this.isRunning()) {
      await this.#run("pg_ctl", ["stop", "-w", "-s", "-m", mode, "-D", this.#data]);
    }
  }

  /** Stops the server and removes its folder. */
  async remove(): Promise<void> {
    await this.stop("immediate");
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  #logUnsupported(unsupported: readonly string[]): void {
    const time = new Date().toISOString();
    const lines = unsupported.map((parameter) => `${time} NOTICE:  not applied: ${parameter}\n`);
    fs.appendFileSync(this.logFile, lines.join(""), { mode: 0o600 });
    setOwner(this.logFile);
  }

  #run(program: Program, args: readonly string[], input?: string): Promise<void> {
    return run(program, args, { input, cwd: this.folder });
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as net.AddressInfo;
  await once(probe.close(), "close");
  return port;
}
