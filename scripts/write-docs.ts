import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { format, resolveConfig } from "prettier";

/** Markdown as `npm run format` leaves it in a file. */
export const formatted = async (markdown: string, file: string): Promise<string> =>
  format(markdown, { ...(await resolveConfig(file)), parser: "markdown" });

/** Writes a generated document; with `--check`, only says whether it is up to date. */
export function writeDocs(file: string, docs: string, script: string): void {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, docs);
    return;
  }
  if (readFileSync(file, "utf8") === docs) return;
  console.error(`${relative(process.cwd(), file)} is not up to date: npm run ${script}`);
  process.exitCode = 1;
}
