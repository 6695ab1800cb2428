// Generates the SDK of the components in another language: `npm run sdk -- LANGUAGE [FOLDER]`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { buildGo, type GoProgram } from "../local/engine/cli-build";
import { cacheFolder } from "../local/engine/cli-cache";

const ROOT = path.resolve(__dirname, "..");
const SCHEMA = path.join(ROOT, "components/plugin/schema.json");
const SOURCES = ["tools/generate-sdk/main.go", "tools/go.sum"];
const NAME = "generate-sdk";

/** Where the SDK of a language is written by default: nothing of it belongs into the repository. */
export const sdkFolder = (language: string): string =>
  path.join(ROOT, "node_modules/.cache/eks-db-secrets/sdk", language);

/** Writes the SDK, with a generator that is built once from Pulumi's own. */
export async function generateSdk(
  language: string,
  folder = sdkFolder(language),
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const kept = path.join(cacheFolder(env), NAME, fingerprint());
  const root = existsSync(kept) ? kept : await buildGo(generator(kept), env);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(path.join(root, "bin", NAME), [language, SCHEMA, folder], { stdio: "inherit" });
  return folder;
}

const generator = (kept: string): GoProgram => ({
  title: "the generator of SDKs",
  minutes: 4,
  source: `./${NAME}`,
  name: NAME,
  ldflags: "-s -w",
  keep: (root) => {
    mkdirSync(path.dirname(kept), { recursive: true });
    renameSync(root, kept);
    return kept;
  },
});

/** Of what the generator is built from. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) hash.update(readFileSync(path.join(ROOT, source)));
  return hash.digest("hex").slice(0, 16);
}

async function main([language, folder]: readonly string[]): Promise<void> {
  if (language === undefined) throw new Error("usage: npm run sdk -- LANGUAGE [FOLDER]");
  console.log(await generateSdk(language, folder === undefined ? undefined : path.resolve(folder)));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
