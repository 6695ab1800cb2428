/** A place in the text; `line` and `column` count from 0, `index` counts characters. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** A refusal of the YAML parser, in its words, e.g. `line 4: did not find expected key`. */
export class YamlError extends Error {
  constructor(problem: string, line = 0) {
    super(line === 0 ? problem : `line ${line}: ${problem}`);
    this.name = "YamlError";
  }
}

/** The scanner counts the line on which it stopped from 1, but leaves the first one out. */
export const scannerError = (problem: string, at: Mark): YamlError =>
  new YamlError(problem, at.line === 0 ? 0 : at.line + 1);

/** The parser counts from 0 and falls back on the line where the collection began. */
export const parserError = (problem: string, at: Mark, context?: Mark): YamlError =>
  new YamlError(problem, at.line === 0 ? (context?.line ?? 0) : at.line);
