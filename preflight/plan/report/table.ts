/**
 * Rows of text as aligned columns, two spaces apart; the last column is left as it is. `format` may
 * colour a cell once its width is settled.
 */
export function table(
  rows: readonly (readonly string[])[],
  format: (cell: string, column: number, row: number) => string = (cell) => cell,
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row, index) =>
    row
      .map((cell, column) => {
        const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - cell.length));
        return format(cell, column, index) + padding;
      })
      .join("  ")
      .trimEnd(),
  );
}
