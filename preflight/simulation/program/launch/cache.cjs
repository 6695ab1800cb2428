// Where translated and compiled sources are kept between runs.
"use strict";

const { enableCompileCache } = require("node:module");
const { join, resolve } = require("node:path");

const CACHE = resolve(__dirname, "../../../../node_modules/.cache/eks-db-secrets");

/** For `typescript.register`. */
const TRANSLATED = join(CACHE, "typescript");

/** Has Node.js keep what it compiles, where it can (version 22 and later). */
const keepCompiled = () => void enableCompileCache?.(join(CACHE, "v8"));

module.exports = { TRANSLATED, keepCompiled };
