import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { dependencies, devDependencies } from "../../../package.json";
import { childEnvironment } from "../../support/child-environment";

export const ROOT = resolve(__dirname, "../../..");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of the two packages as npm packed it. */
export interface Packed {
  readonly name: string;
  /** The tarball. */
  readonly file: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  /** Paths of what is in it, sorted. */
  readonly files: readonly string[];
}

/** The versions that this project itself is tested with. */
const SDKS = (["pulumi", "aws", "kubernetes", "random"] as const).map(
  (name) => `@pulumi/${name}@${dependencies[`@pulumi/${name}`]}`,
);

const NPM = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];

/** pnpm has each package see what it declares, and nothing else. */
const PNPM = "pnpm@12.21.0";

/** A folder elsewhere, with a project in it. */
export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "package-")));

  constructor() {
    this.write({ "package.json": '{ "name": "shop", "private": true }' });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  installWithNpm(packages: readonly Packed[]): void {
    const types = `@types/node@${devDependencies["@types/node"]}`;
    this.succeed("npm", "install", ...NPM, ...packages.map(({ file }) => file), ...SDKS, types);
  }

  installWithPnpm(packages: readonly Packed[]): void {
    const files = packages.map(({ file }) => file);
    this.succeed(
      ...["npx", "--yes", ...NPM, PNPM],
      ...["add", "--ignore-scripts", "--prefer-offline", ...files, ...SDKS],
    );
  }

  run(command: string, ...args: readonly string[]): Ended {
    return this.runWith({}, command, ...args);
  }

  runWith(env: NodeJS.ProcessEnv, command: string, ...args: readonly string[]): Ended {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...outsideOfNpm(), ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    return { status, stdout, stderr };
  }

  /** Runs what has to succeed, and returns what it printed. */
  succeed(command: string, ...args: readonly string[]): string {
    return succeeded([command, ...args], this.run(command, ...args));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Builds and packs both packages: the components, the preflight. */
export function pack(folder: string): readonly Packed[] {
  const command = ["npm", "pack", "--json", "--loglevel=error", "--pack-destination", folder];
  const workspaces = ["--workspace", "components", "--workspace", "preflight"];
  const { status, stdout, stderr } = spawnSync("npm", [...command.slice(1), ...workspaces], {
    ...{ cwd: ROOT, encoding: "utf8", env: outsideOfNpm() },
  });
  const text = succeeded(command, { status, stdout, stderr });
  const answer = JSON.parse(text.slice(text.search(/^[[{]/m))) as
    NpmPacked[] | Record<string, NpmPacked>;
  return Object.values(answer).map(({ name, filename, size, unpackedSize, files }) => ({
    ...{ name, file: join(folder, filename), size, unpackedSize },
    files: files.map(({ path }) => path).sort(),
  }));
}

interface NpmPacked {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function succeeded(command: readonly string[], { status, stdout, stderr }: Ended): string {
  if (status === 0) return stdout;
  throw new Error(`${command.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
}

/** npm tells its scripts about the package that they belong to: here it is another one. */
const outsideOfNpm = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(childEnvironment()).filter(
      ([name]) => !/^npm_(package|lifecycle|command|execpath|config_local_prefix)/.test(name),
    ),
  );
