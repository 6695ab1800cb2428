// Translates TypeScript as ts-node does that checks no types, and keeps what it made: the same sources would
// be translated for each process, and for each time that a test loads the program afresh. With TypeScript
// and not with esbuild, as the program is: by esbuild's source maps coverage counts lines that TypeScript's do not,
// and functions that nobody wrote.
//   node tests/support/translate.cjs PATTERN…
// translates ahead: where coverage is measured, that takes twice as long.
"use strict";

const { createHash } = require("node:crypto");
const { globSync, readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { version } = require("typescript/package.json");
const { keep, read } = require("../../launch/kept.cjs");

const CACHE = resolve(__dirname, "../../node_modules/.cache/eks-db-secrets/tests");

/** As tsconfig.json has them; what else is there is about types. */
const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  inlineSourceMap: true,
  inlineSources: true,
};

function translated(fileName) {
  const source = readFileSync(fileName, "utf8");
  const parts = [version, JSON.stringify(compilerOptions), fileName, source];
  const key = createHash("sha256").update(parts.join("\0")).digest("hex");
  const kept = read(join(CACHE, `${key}.js`));
  if (kept !== undefined) return kept;
  const { outputText } = require("typescript").transpileModule(source, {
    fileName,
    compilerOptions,
  });
  keep(join(CACHE, `${key}.js`), outputText);
  return outputText;
}

module.exports = { translated };

if (require.main === module) {
  const exclude = ["**/node_modules/**", "**/dist/**", "**/*.d.ts"];
  for (const file of globSync(process.argv.slice(2), { exclude })) translated(resolve(file));
}
