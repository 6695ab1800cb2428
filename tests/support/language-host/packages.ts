import * as fs from "node:fs";
import * as path from "node:path";

/** What an npm package says of the provider that it needs. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/** A provider that a program needs. */
export interface RequiredPackage {
  readonly name: string;
  readonly version: string;
  readonly server: string;
}

/**
 * The providers of all packages that are installed for a program, at whatever depth. The real host reads
 * every folder, this one only those where npm puts packages.
 */
export function requiredPackages(programFolder: string): readonly RequiredPackage[] {
  const found: RequiredPackage[] = [];
  const visited = new Set<string>();
  const visit = (modules: string): void => {
    const real = realPath(modules);
    if (real === undefined || visited.has(real)) return;
    visited.add(real);
    for (const folder of packageFolders(real)) {
      const manifest = readManifest(folder);
      if (manifest?.pulumi?.resource === true) found.push(requirementOf(manifest));
      visit(path.join(folder, "node_modules"));
    }
  };
  visit(path.join(programFolder, "node_modules"));
  return found;
}

function requirementOf({ name = "", version = "", pulumi }: Manifest): RequiredPackage {
  const provider = pulumi?.name ?? /^@pulumi\/(.+)$/.exec(name)?.[1];
  if (provider === undefined) {
    throw new Error(`Missing property "name" for the third-party plugin '${name}'`);
  }
  const tag = pulumi?.version ?? version;
  return {
    name: provider,
    version: tag.startsWith("v") ? tag : `v${tag}`,
    server: pulumi?.server ?? "",
  };
}

const packageFolders = (modules: string): readonly string[] =>
  fs.readdirSync(modules).flatMap((name) => {
    const folder = path.join(modules, name);
    if (!name.startsWith("@")) return [folder];
    return fs.readdirSync(folder).map((scoped) => path.join(folder, scoped));
  });

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

function realPath(folder: string): string | undefined {
  try {
    return fs.realpathSync(folder);
  } catch {
    return undefined;
  }
}
