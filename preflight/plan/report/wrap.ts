/** Columns of a text report, whatever the terminal: a report is also read in logs and comments. */
export const WIDTH = 80;

/** Text as lines of so many characters, broken at blanks; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    if (line === undefined) line = word;
    else if (line.length + 1 + word.length <= width) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line ?? ""];
}

/** The same with blanks before each line, which count. */
export const wrapIndented = (text: string, indent: string): readonly string[] =>
  wrap(text, WIDTH - indent.length).map((line) => `${indent}${line}`);
