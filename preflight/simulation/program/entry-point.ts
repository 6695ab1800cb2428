import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isRecord, type Properties } from "../models/model";
import { mainOf, readProject, StackFileError } from "./stack-file";

/** Where a program starts. */
export interface EntryPoint {
  readonly file: string;
  /** The program's working directory. */
  readonly directory: string;
  /** Whether its package says `"type": "module"`. */
  readonly isModule: boolean;
}

const INDEX = ["js", "mjs", "cjs", "ts", "mts", "cts", "tsx"].map((ending) => `index.${ending}`);

/**
 * Where Pulumi starts the program of a project: at `main` of Pulumi.yaml, else at the entry of its
 * package.json, else at its index. Throws `StackFileError` where there is none.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/run/run.ts
 */
export function entryPointOf(folder: string, main?: string): EntryPoint {
  const asked = resolve(folder, main ?? ".");
  if (!existsSync(asked)) {
    const source = sourceOf(asked);
    if (source === undefined) {
      throw new StackFileError(`'main' of Pulumi.yaml names ${asked}, which does not exist`);
    }
    return entryPointOf(folder, source);
  }
  const isFolder = statSync(asked).isDirectory();
  const directory = realpathSync(isFolder ? asked : dirname(asked));
  const { manifest, home } = packageOf(directory);
  const isModule = manifest.type === "module";
  if (!isFolder) return { file: join(directory, basename(asked)), directory, isModule };
  const named = entryOf(manifest);
  const entries = named === undefined ? [] : [join(home, named), sourceOf(join(home, named))];
  // A package.json further up belongs to a workspace: its entry is rarely meant.
  const candidates = home === directory ? [...entries, directory] : [directory, ...entries];
  const file = candidates
    .flatMap((path) => (path === undefined ? [] : [path, ...INDEX.map((name) => join(path, name))]))
    .find(isFile);
  if (file === undefined) throw new StackFileError(`there is no program in ${directory}`);
  return { file, directory, isModule };
}

/** Folder of a project's program, from where its packages are found. Throws `StackFileError`. */
export const programFolderOf = (folder: string): string =>
  entryPointOf(folder, mainOf(readProject(folder))).directory;

/** Pulumi takes the nearest package.json, in the program's folder or above. */
function packageOf(directory: string): { readonly manifest: Properties; readonly home: string } {
  const file = join(directory, "package.json");
  if (existsSync(file)) return { manifest: readManifest(file), home: directory };
  const above = dirname(directory);
  return above === directory ? { manifest: {}, home: directory } : packageOf(above);
}

function readManifest(file: string): Properties {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(content) ? content : {};
  } catch (cause) {
    throw new StackFileError(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function entryOf({ exports, main }: Properties): string | undefined {
  const root = isRecord(exports) ? exports["."] : exports;
  const conditions = isRecord(root) ? [root.default, root.require, root.import] : [root];
  return [...conditions, exports === undefined ? main : undefined].find(
    (each) => typeof each === "string",
  );
}

/** The TypeScript of a compiled file; a build that was not run is none of the program's business. */
const sourceOf = (file: string): string | undefined =>
  [/^(.*)\.js$/.exec(file)?.[1] ?? file]
    .flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`, `${stem}.js`])
    .find((candidate) => candidate !== file && isFile(candidate));

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
