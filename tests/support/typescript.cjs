// Has mocha, and what tests start, load TypeScript.
"use strict";

const Module = require("node:module");
const { translated } = require("./translate.cjs");

Module._extensions[".ts"] = (module, fileName) => module._compile(translated(fileName), fileName);

// A failure names the line that was written.
Module.setSourceMapsSupport(true, { nodeModules: false });
