// Where translated and compiled sources are kept between runs.
"use strict";

const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const { cacheFolder } = require("./home.cjs");

const CACHE = cacheFolder();

/** For `typescript.register`. */
const TRANSLATED = join(CACHE, "typescript");

/** Has Node.js keep what it compiles, where it can (version 22 and later). */
const keepCompiled = () => void enableCompileCache?.(join(CACHE, "v8"));

module.exports = { TRANSLATED, keepCompiled };
