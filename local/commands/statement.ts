import { type Client, DatabaseError, type QueryArrayResult } from "pg";
import { Failure } from "../engine/errors";

/** Each value in the text format of the server. */
type Result = QueryArrayResult<(string | null)[]>;

/** Runs statements as `psql -c` does, and returns what they print. */
export async function runStatements(client: Client, sql: string): Promise<string> {
  client.on("notice", ({ message }) => void process.stderr.write(`notice: ${message ?? ""}\n`));
  try {
    const result = (await client.query({
      text: sql,
      rowMode: "array",
      // The text of the server: that of a JavaScript Date would differ.
      types: { getTypeParser: () => (value: unknown) => value },
    })) as Result | readonly Result[];
    return [result].flat().map(resultText).join("");
  } catch (error) {
    if (error instanceof DatabaseError) throw new Failure(sqlErrorText(error, sql));
    throw error;
  }
}

/** The rows of a result, tab-separated below their names; for a statement without rows its tag. */
export function resultText({
  fields,
  rows,
  command,
  rowCount,
}: Pick<Result, "fields" | "rows" | "command" | "rowCount">): string {
  if (fields.length === 0) {
    return rowCount === null ? `${command}\n` : `${command} ${rowCount}\n`;
  }
  const lines = rows.map((row) => row.map((value) => value ?? ""));
  return [fields.map(({ name }) => name), ...lines].map((line) => `${line.join("\t")}\n`).join("");
}

/** The error message of PostgreSQL, with its position marked as psql does. */
export function sqlErrorText(
  error: Pick<DatabaseError, "message"> & Partial<DatabaseError>,
  sql: string,
): string {
  const { message, position, detail, hint } = error;
  return [
    message,
    ...(position === undefined ? [] : marked(sql, Number(position))),
    ...(detail === undefined ? [] : [`DETAIL: ${detail}`]),
    ...(hint === undefined ? [] : [`HINT: ${hint}`]),
  ].join("\n");
}

/** `position` counts characters, from 1. */
function marked(sql: string, position: number): readonly string[] {
  const before = [...sql]
    .slice(0, position - 1)
    .join("")
    .split("\n");
  const line = sql.split("\n")[before.length - 1] ?? "";
  const label = `LINE ${before.length}: `;
  const column = [...(before.at(-1) ?? "")].length;
  return [`${label}${line.replaceAll("\t", " ")}`, `${" ".repeat(label.length + column)}^`];
}
