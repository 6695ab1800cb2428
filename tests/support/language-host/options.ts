import type * as language from "@pulumi/pulumi/proto/language_pb";

/**
 * `runtime.options` of a `Pulumi.yaml`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/#runtime-options
 */
export interface RuntimeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string;
  readonly nodeargs: readonly string[];
  readonly packagemanager: string;
}

const PACKAGE_MANAGERS = ["auto", "npm", "yarn", "pnpm", "bun"];

/** The options of a program, in the words of the real host where they cannot be used. */
export const optionsOf = (info: language.ProgramInfo | undefined): RuntimeOptions =>
  parseOptions(info?.getOptions()?.toJavaScript() ?? {});

export function parseOptions(options: Readonly<Record<string, unknown>>): RuntimeOptions {
  const { typescript = true, tsconfig = "", nodeargs = "", production = false } = options;
  const { packagemanager = "auto" } = options;
  if (typeof typescript !== "boolean") throw new Error("typescript option must be a boolean");
  if (typeof tsconfig !== "string") throw new Error("tsconfigpath option must be a string");
  if (typeof nodeargs !== "string") throw new Error("nodeargs option must be a string");
  if (typeof production !== "boolean") throw new Error("production option must be a boolean");
  if (typeof packagemanager !== "string") {
    throw new Error("packagemanager option must be a string");
  }
  if (!PACKAGE_MANAGERS.includes(packagemanager)) {
    throw new Error(
      `packagemanager option must be one of auto, npm, yarn, pnpm or bun, got "${packagemanager}"`,
    );
  }
  return { typescript, tsconfig, nodeargs: shellWords(nodeargs), packagemanager };
}

/** A word's parts: in single quotes, in double quotes, a character after a backslash, anything else. */
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy;

/** Splits a line into words as a shell does: quotes and backslashes keep spaces. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      at++;
      continue;
    }
    let word = "";
    while (at < line.length && !/\s/.test(line.charAt(at))) {
      PART.lastIndex = at;
      const part = PART.exec(line);
      if (part === null) throw new Error("EOF found when expecting closing quote");
      const [all, single, double, escaped, plain] = part;
      word += single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "";
      at += all.length;
    }
    words.push(word);
  }
  return words;
}
