import { WIDTH, wrap } from "./wrap";

export interface TableOptions {
  /** May colour a cell once its width is settled. */
  readonly format?: (cell: string, column: number, row: number) => string;
  /** Blanks before each line. @default none */
  readonly indent?: string;
  /** Columns that lines may have, the indent included. @default 80 */
  readonly width?: number;
}

const GAP = 2;

/**
 * Rows of text as aligned columns, two spaces apart. Where they are wider than the page, cells are
 * wrapped at their blanks, and a cell too long for its column has the rest of the row below it.
 */
export function table(
  rows: readonly (readonly string[])[],
  { format = (cell) => cell, indent = "", width = WIDTH }: TableOptions = {},
): readonly string[] {
  const page = width - indent.length;
  const widths = fittingWidths(rows, page);
  const starts = widths.map((_, column) =>
    widths.slice(0, column).reduce((sum, each) => sum + each + GAP, 0),
  );
  return rows.flatMap((row, index) => {
    const lines: Line[] = [];
    let top = 0;
    for (const [column, cell] of row.entries()) {
      const start = starts[column] ?? 0;
      let next = top;
      for (const [part, text] of wrap(cell, widths[column] ?? page).entries()) {
        if (text === "") continue;
        // Too long a word begins earlier, on a line of its own.
        const fits = start + text.length <= page;
        const at = fits ? freeLine(lines, next, start) : Math.max(next, lines.length);
        const from = fits ? start : Math.max(0, page - text.length);
        lines[at] = added(lines[at], text, format(text, column, index), from);
        next = at + 1;
        if (part === 0) top = at;
      }
    }
    const texts = lines.length === 0 ? [""] : lines.map(({ text }) => text);
    return texts.map((text) => `${indent}${text}`.trimEnd());
  });
}

/** A line in the making. */
interface Line {
  readonly text: string;
  /** Where the text ends, colour codes not counted. */
  readonly end: number;
}

/** The first line from `top` on that has room for a cell which starts there. */
function freeLine(lines: readonly Line[], top: number, start: number): number {
  const free = lines.findIndex((line, at) => at >= top && line.end + GAP <= start);
  return free < 0 ? Math.max(lines.length, top) : free;
}

const added = (
  { text, end }: Line = { text: "", end: 0 },
  cell: string,
  shown: string,
  start: number,
): Line => ({ text: text + " ".repeat(start - end) + shown, end: start + cell.length });

/** Widths of the columns that fit the page with as few further lines as possible. */
function fittingWidths(rows: readonly (readonly string[])[], width: number): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const cells = Array.from({ length: columns }, (_, column) =>
    rows.map((row) => row[column] ?? ""),
  );
  const widths = cells.map((column) => Math.max(...column.map((cell) => cell.length)));
  const total = (): number => widths.reduce((sum, each) => sum + each + GAP, -GAP);
  while (total() > width) {
    const steps = cells.flatMap((column, index) => narrower(column, index, widths[index] ?? 0));
    const [best] = steps.sort((one, other) => one.price - other.price);
    if (best === undefined) break;
    widths[best.column] = best.width;
  }
  return widths;
}

/** The next smaller width of a column, and the lines that it costs for each character it saves. */
function narrower(
  cells: readonly string[],
  column: number,
  width: number,
): readonly { readonly column: number; readonly width: number; readonly price: number }[] {
  const lengths = cells.flatMap((cell) => wrap(cell, width - 1)).map((part) => part.length);
  const next = Math.max(0, ...lengths.filter((length) => length < width));
  if (next === 0) return [];
  const price = (linesOf(cells, next) - linesOf(cells, width)) / (width - next);
  return [{ column, width: next, price }];
}

/** How much harder to read the rest of a row is below a cell than beside a wrapped one. */
const BREAK = 3;

/** The lines of a column; a word too long for it breaks the row. */
const linesOf = (cells: readonly string[], width: number): number =>
  cells
    .flatMap((cell) => wrap(cell, width))
    .reduce((sum, part) => sum + (part.length > width ? 1 + BREAK : 1), 0);
