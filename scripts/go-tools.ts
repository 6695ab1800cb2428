import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import * as path from "node:path";
import { buildGo, type GoProgram } from "../local/engine/cli-build";
import { cacheFolder } from "../local/engine/cli-cache";

const TOOLS = path.resolve(__dirname, "../tools");

/** A program that is built from `tools/` where it is needed. */
export interface GoTool extends Omit<GoProgram, "keep" | "ldflags"> {
  /** Files that it is built from, below its module: others make another program. */
  readonly sources: readonly string[];
}

/** Generates SDKs of the components with Pulumi's own generators. */
export const SDK_GENERATOR: GoTool = {
  title: "the generator of SDKs",
  minutes: 4,
  module: TOOLS,
  source: "./generate-sdk",
  name: "generate-sdk",
  sources: ["generate-sdk/main.go", "go.sum"],
};

/**
 * Pulumi's own language host for YAML, which is an interpreter. A module of its own pins it: it does not compile
 * with the engine's version of Pulumi's packages.
 */
export const YAML_HOST: GoTool = {
  title: "the language host for YAML",
  minutes: 2,
  module: path.join(TOOLS, "yaml"),
  source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  name: "pulumi-language-yaml",
  sources: ["go.sum"],
};

/** The folder of the program's executable, in the user's cache; built there at its first use. */
export async function folderOf(
  tool: GoTool,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const kept = path.join(cacheFolder(env), tool.name, fingerprint(tool));
  if (!existsSync(kept)) {
    const keep = (root: string): string => {
      mkdirSync(path.dirname(kept), { recursive: true });
      renameSync(root, kept);
      return kept;
    };
    await buildGo({ ...tool, ldflags: "-s -w", keep }, env);
  }
  return path.join(kept, "bin");
}

function fingerprint({ module, sources }: GoTool): string {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(readFileSync(path.join(module, source)));
  return hash.digest("hex").slice(0, 16);
}
