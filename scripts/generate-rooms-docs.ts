import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOMS } from "./rooms.cjs";
import { formatted, writeDocs } from "./write-docs";

/** Writes the rooms into docs/architecture.md; with `--check`, only says whether they are up to date. */

const FILE = join(__dirname, "..", "docs", "architecture.md");

const START = "<!-- Written by `npm run docs:rooms` from scripts/rooms.cjs; do not edit it. -->";
const END = "<!-- End of the rooms. -->";

/** The document with the table between its markers; the rest stays as it is. */
export async function roomsDocs(document = readFileSync(FILE, "utf8")): Promise<string> {
  const [before, rest] = document.split(START);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) {
    throw new Error(`docs/architecture.md needs the lines "${START}" and "${END}"`);
  }
  return formatted(`${before}${START}\n\n${TABLE}\n\n${END}${after}`, FILE);
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const code = (room: string): string => `\`${room.includes(".") ? room : `${room}/`}\``;

const TABLE = [
  row(["room", "what it holds", "may import"]),
  row(["---", "---", "---"]),
  ...ROOMS.map(([room, holds, mayImport]) =>
    row([code(room), holds, mayImport.map(code).join(", ") || "nothing of the project"]),
  ),
].join("\n");

if (require.main === module) {
  void roomsDocs().then((docs) => writeDocs(FILE, docs, "docs:rooms"));
}
