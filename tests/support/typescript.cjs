// Has mocha, and what tests start, load TypeScript as ts-node does that checks no types, and keeps what
// was translated: the same sources would be translated for each process, and for each time that a test
// loads the program afresh. With TypeScript and not with esbuild, as the program is: by esbuild's source maps
// coverage counts lines that TypeScript's do not, and functions that nobody wrote.
"use strict";

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
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

Module._extensions[".ts"] = (module, fileName) => module._compile(translated(fileName), fileName);

// A failure names the line that was written.
Module.setSourceMapsSupport(true, { nodeModules: false });
