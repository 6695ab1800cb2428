// Has Node.js load what Pulumi's own loader, or one that a program names, would: TypeScript as CommonJS
// and as ES modules, translated by esbuild and kept on disk.
// docs/decisions/0062-every-shape-of-program.md tells why it is made this way.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const { dirname, extname, join, resolve, sep } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { HOME } = require("./home.cjs");
const { keep, read } = require("./kept.cjs");

// Part of each cache key: raise it when the options below change.
const FORMAT = "2";
const TYPESCRIPT = /\.[cm]?tsx?$/;

/** Registers the loader. Whatever stands in the way of the cache only costs time. */
function register(cacheDirectory) {
  Module.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        const file = context.parentURL && find(specifier, context.parentURL);
        if (!file) throw error;
        return { url: pathToFileURL(file).href, shortCircuit: true };
      }
    },
    load(url, context, next) {
      if (!url.startsWith("file:")) return next(url, context);
      const filename = fileURLToPath(url);
      if (!TYPESCRIPT.test(filename)) return next(url, context);
      const made = translated(filename, cacheDirectory);
      translations.set(filename, made.source);
      return { ...made, shortCircuit: true };
    },
  });
}

/**
 * Registers the loader for `require` alone, where an older Node.js has no hooks for both (20, and 22 before
 * 22.15): enough for a program that is CommonJS.
 */
function registerRequire(cacheDirectory) {
  Module._extensions[".ts"] = (module, filename) => {
    const { source } = translated(filename, cacheDirectory);
    translations.set(filename, source);
    module._compile(source, filename);
  };
}

/** What a name means that Node.js does not know: a source by its compiled name, or an alias. */
function find(specifier, parentURL) {
  if (!parentURL.startsWith("file:")) return undefined;
  const parent = fileURLToPath(parentURL);
  if (/^\.{0,2}\//.test(specifier) || /^\.\.?$/.test(specifier)) {
    return fileOf(resolve(dirname(parent), specifier));
  }
  if (parent.includes(`${sep}node_modules${sep}`)) return undefined;
  for (const candidate of settingsOf(parent).aliases(specifier)) {
    const file = fileOf(candidate);
    if (file !== undefined) return file;
  }
  return undefined;
}

const COMPILED = { ".js": [".ts", ".tsx"], ".mjs": [".mts"], ".cjs": [".cts"] };
const ENDINGS = [".js", ".json", ".ts", ".tsx", ".mts", ".cts", ".mjs", ".cjs"];

function fileOf(path) {
  const ending = extname(path);
  const sources = (COMPILED[ending] ?? []).map((each) => path.slice(0, -ending.length) + each);
  const complete = ENDINGS.flatMap((each) => [path + each, join(path, `index${each}`)]);
  return [path, ...sources, ...complete].find(
    (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  );
}

const settings = new Map();
/** File → what was made of it. */
const translations = new Map();

/** What the tsconfig.json next to a file says about translation and aliases; this project's says nothing. */
function settingsOf(filename) {
  const folder = dirname(filename);
  if (!settings.has(folder)) settings.set(folder, readSettings(filename));
  return settings.get(folder);
}

/**
 * As Pulumi compiles what names no target: for ES6, in which a class's `readonly url!: Output<string>` leaves
 * alone what the SDK has put there. esbuild would define the field again, as undefined.
 */
const OLD_FIELDS = { useDefineForClassFields: false };

function readSettings(filename) {
  if (filename.startsWith(HOME + sep)) return { raw: "", aliases: () => [] };
  const none = { raw: JSON.stringify({ compilerOptions: OLD_FIELDS }), aliases: () => [] };
  const { createPathsMatcher, getTsconfig } = require("get-tsconfig");
  try {
    const found = getTsconfig(filename);
    if (found === null) return none;
    const { experimentalDecorators, useDefineForClassFields, target, jsx, jsxFactory } =
      found.config.compilerOptions ?? {};
    const options = {
      ...(target === undefined && OLD_FIELDS),
      ...{ experimentalDecorators, target, jsx, jsxFactory },
      ...(useDefineForClassFields !== undefined && { useDefineForClassFields }),
    };
    const raw = JSON.stringify({ compilerOptions: options });
    return { raw, aliases: createPathsMatcher(found) ?? none.aliases };
  } catch {
    // A configuration that does not exist, or is broken: TypeScript says so, this is not its business.
    return none;
  }
}

/** A source as JavaScript, and as what kind of module. */
function translated(filename, cacheDirectory) {
  const source = fs.readFileSync(filename, "utf8");
  const { raw } = settingsOf(filename);
  const isModule = moduleType(filename) === "module";
  const key = createHash("sha256")
    .update([FORMAT, filename, isModule, raw, source].join("\0"))
    .digest("hex");
  for (const [ending, format] of FORMATS) {
    const cached = read(join(cacheDirectory, key + ending));
    if (cached !== undefined) return { format, source: cached };
  }
  const made = isModule
    ? { format: "module", source: translate(filename, source, raw, "esm").code }
    : fromCommonJs(filename, source, raw);
  const [ending] = FORMATS.find(([, format]) => format === made.format);
  keep(join(cacheDirectory, key + ending), made.source);
  return made;
}

const FORMATS = [
  [".js", "commonjs"],
  [".mjs", "module"],
];

/** As Node.js does it: what only an ES module can say makes the file one. */
function fromCommonJs(filename, source, raw) {
  const asModule = () => ({
    format: "module",
    source: translate(filename, source, raw, "esm").code,
  });
  try {
    const { code, warnings } = translate(filename, source, raw, "cjs");
    if (warnings.some(({ id }) => id === "empty-import-meta")) return asModule();
    return { format: "commonjs", source: code };
  } catch (error) {
    if (String(error.message).includes("Top-level await")) return asModule();
    throw error;
  }
}

const translate = (filename, source, tsconfigRaw, format) =>
  require("esbuild").transformSync(source, {
    loader: filename.endsWith("x") ? "tsx" : "ts",
    format,
    target: "node20",
    sourcefile: filename,
    tsconfigRaw: tsconfigRaw || undefined,
    // Only read where somebody asked for it; see `mapStackTraces`.
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
  });

/** The kind of module that its name, or the package that it belongs to, says it is. */
function moduleType(filename) {
  const [, letter] = /\.([cm]?)tsx?$/.exec(filename);
  if (letter !== "") return letter === "m" ? "module" : "commonjs";
  return packageType(dirname(filename));
}

const packageTypes = new Map();

function packageType(folder) {
  if (!packageTypes.has(folder)) packageTypes.set(folder, readPackageType(folder));
  return packageTypes.get(folder);
}

/** What the nearest package.json says. */
function readPackageType(folder) {
  const manifest = read(join(folder, "package.json"));
  if (manifest !== undefined) return JSON.parse(manifest).type === "module" ? "module" : "commonjs";
  const above = dirname(folder);
  return above === folder ? "commonjs" : packageType(above);
}

/** The source map of a file that the loader translated. */
function sourceMapOf(filename) {
  const map = rawSourceMapOf(filename);
  return map && new Module.SourceMap(map.map);
}

const isTranslated = (filename) => translations.has(filename);

/** The same as it was written: the map, and what its sources are relative to. */
function rawSourceMapOf(filename) {
  const [, map] =
    /\/\/# sourceMappingURL=data:[^,]+,(.+)\s*$/.exec(translations.get(filename)) ?? [];
  return map && { url: filename, map: JSON.parse(Buffer.from(map, "base64").toString()) };
}

/** Has stack traces name the lines that were written. Those of packages stay as they are: they cost time. */
function mapStackTraces() {
  Module.setSourceMapsSupport(true, { nodeModules: false });
}

module.exports = {
  isTranslated,
  mapStackTraces,
  rawSourceMapOf,
  register,
  registerRequire,
  sourceMapOf,
};
