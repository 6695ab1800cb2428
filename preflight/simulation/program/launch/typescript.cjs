// Lets `require` load TypeScript, translated by esbuild and kept on disk.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join } = require("node:path");

// Part of each cache key: raise it when the options below change.
const FORMAT = "1";

/** File → what was made of it. */
const translations = new Map();

/** Registers the loader. Whatever stands in the way of the cache only costs time. */
function register(cacheDirectory) {
  Module._extensions[".ts"] = (module, filename) => {
    const source = fs.readFileSync(filename, "utf8");
    const key = createHash("sha256").update([FORMAT, filename, source].join("\0")).digest("hex");
    const cached = join(cacheDirectory, `${key}.js`);
    const translated = read(cached) ?? translateInto(cached, source, filename);
    translations.set(filename, translated);
    module._compile(translated, filename);
  };
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return resolveFilename.call(this, request, parent, ...rest);
    } catch (error) {
      // Sources that are written as ES modules name their neighbours by the file compiled from them.
      if (!/^\..*\.js$/.test(request) || !parent?.filename?.endsWith(".ts")) throw error;
      try {
        return resolveFilename.call(this, request.replace(/js$/, "ts"), parent, ...rest);
      } catch {
        throw error;
      }
    }
  };
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function translateInto(cached, source, filename) {
  const translated = require("esbuild").transformSync(source, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: filename,
    // Only read where somebody asked for it; see `mapStackTraces` and `sourceMapOf`.
    sourcemap: "inline",
    sourcesContent: false,
  }).code;
  const partial = join(dirname(cached), `.${basename(cached)}.${process.pid}`);
  try {
    fs.mkdirSync(dirname(cached), { recursive: true });
    fs.writeFileSync(partial, translated);
    fs.renameSync(partial, cached);
  } catch {
    // A read-only folder, for instance: the next run translates again.
  }
  return translated;
}

/** The source map of a file that the loader translated. */
function sourceMapOf(filename) {
  const [, map] =
    /\/\/# sourceMappingURL=data:[^,]+,(.+)\s*$/.exec(translations.get(filename)) ?? [];
  return map && new Module.SourceMap(JSON.parse(Buffer.from(map, "base64").toString()));
}

/** Has stack traces name the lines that were written. Those of packages stay as they are: they cost time. */
function mapStackTraces() {
  if (Module.setSourceMapsSupport) Module.setSourceMapsSupport(true, { nodeModules: false });
  else process.setSourceMapsEnabled(true);
}

module.exports = { mapStackTraces, register, sourceMapOf };
