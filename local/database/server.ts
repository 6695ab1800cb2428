import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { causeIn } from "./log";
import { own, type Program, run, spawn } from "./programs";

/** What a server is to do. */
export interface Configuration {
  /** The text of its configuration, for a port of this machine. */
  readonly text: (port: number) => string;
  /** What was asked for and is not in it, for its log. */
  readonly leftOut: readonly string[];
}

/** RDS keeps the superuser to itself under this name. */
const SUPERUSER = "rdsadmin";
const START_TIMEOUT_SECONDS = 60;

/**
 * A PostgreSQL server that lives on after the command that started it: `pg_ctl` runs it in the
 * background, its folder says all there is to know about it.
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

  /** The port on this machine, while the server runs or ran last. */
  get port(): number {
    return Number(fs.readFileSync(this.#port, "utf8"));
  }

  /** Makes the data folder. */
  async initialise(): Promise<void> {
    fs.mkdirSync(this.folder, { recursive: true });
    own(this.folder);
    // It is thrown away with the stack, so it need not survive a power failure.
    await this.#run("initdb", ["-D", this.#data, "-U", SUPERUSER, "-E", "UTF8", "--no-sync"]);
  }

  /** Writes files into the data folder, readable by the server alone. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.#data, name);
      fs.writeFileSync(file, content, { mode: 0o600 });
      own(file);
    }
  }

  /**
   * Runs statements as the superuser while the server is stopped: no network, no password, and no
   * trace of the statements in a log.
   */
  async execute(statements: readonly string[]): Promise<void> {
    const settings = [
      ...["log_min_error_statement=panic", "log_statement=none"],
      // Otherwise it goes on after a statement that failed, and ends as if all were well.
      "exit_on_error=on",
    ].flatMap((setting) => ["-c", setting]);
    const args = ["--single", "-D", this.#data, ...settings, "postgres"];
    await this.#run("postgres", args, statements.join("\n") + "\n");
  }

  /** Starts the server on a free port of this machine. */
  async start({ text, leftOut }: Configuration): Promise<void> {
    const port = await freePort();
    this.write({ "postgresql.conf": text(port) });
    fs.writeFileSync(this.#port, String(port));
    this.#note(leftOut);
    const { size } = fs.statSync(this.logFile);
    const args = ["start", "-w", "-s", "-t", String(START_TIMEOUT_SECONDS), "-l", this.logFile];
    await this.#run("pg_ctl", [...args, "-D", this.#data]).catch((error: unknown) => {
      const written = fs.readFileSync(this.logFile).subarray(size).toString();
      throw new Error(causeIn(written), { cause: error });
    });
  }

  /** Has the running server read another configuration, which is made from the one it has. */
  async reload(
    text: (now: string, port: number) => string,
    leftOut: Configuration["leftOut"],
  ): Promise<void> {
    const now = fs.readFileSync(path.join(this.#data, "postgresql.conf"), "utf8");
    this.write({ "postgresql.conf": text(now, this.port) });
    this.#note(leftOut);
    await this.#run("pg_ctl", ["reload", "-s", "-D", this.#data]);
  }

  async isRunning(): Promise<boolean> {
    if (!this.exists) return false;
    const status = await spawn("pg_ctl", ["status", "-D", this.#data], { cwd: this.folder });
    return status.exitCode === 0;
  }

  /** `immediate` leaves no time to write what is in memory: for data that is thrown away. */
  async stop(mode: "fast" | "immediate" = "fast"): Promise<void> {
    if (await this.isRunning()) {
      await this.#run("pg_ctl", ["stop", "-w", "-s", "-m", mode, "-D", this.#data]);
    }
  }

  /** Stops the server and removes all it had. */
  async remove(): Promise<void> {
    await this.stop("immediate");
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  #note(leftOut: readonly string[]): void {
    const time = new Date().toISOString();
    const lines = leftOut.map((what) => `${time} NOTICE:  left out: ${what}\n`);
    fs.appendFileSync(this.logFile, lines.join(""), { mode: 0o600 });
    own(this.logFile);
  }

  #run(program: Program, args: readonly string[], input?: string): Promise<void> {
    return run(program, args, { input, cwd: this.folder });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
