// Generates the SDK of the components in another language: `npm run sdk -- LANGUAGE [FOLDER]`.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import * as path from "node:path";
import { folderOf, SDK_GENERATOR } from "./go-tools";

const ROOT = path.resolve(__dirname, "..");
const SCHEMA = path.join(ROOT, "components/plugin/schema.json");

/** Where the SDK of a language is written by default: nothing of it belongs into the repository. */
export const sdkFolder = (language: string): string =>
  path.join(ROOT, "node_modules/.cache/eks-db-secrets/sdk", language);

/** Writes the SDK, with a generator that is built once from Pulumi's own. */
export async function generateSdk(language: string, folder = sdkFolder(language)): Promise<string> {
  const generator = path.join(await folderOf(SDK_GENERATOR), SDK_GENERATOR.name);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(generator, [language, SCHEMA, folder], { stdio: "inherit" });
  return folder;
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
