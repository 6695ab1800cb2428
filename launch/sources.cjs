// Has Node.js run the project's sources, with what earlier runs have translated and compiled. Stack traces
// stay on, with the lines as they were written.
"use strict";

const { keepCompiled, TRANSLATED } = require("./cache.cjs");
const { defer } = require("./lazy.cjs");
const typescript = require("./typescript.cjs");

keepCompiled();
typescript.register(TRANSLATED);
typescript.mapStackTraces();
// Needed to serialize functions only.
defer("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);
