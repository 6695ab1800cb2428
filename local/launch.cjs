// Makes the local commands start as the plan does: with what earlier runs have translated and compiled.
// Stack traces stay on, with the lines as they were written.
"use strict";

const { keepCompiled, TRANSLATED } = require("../launch/cache.cjs");
const { defer } = require("../launch/lazy.cjs");
const typescript = require("../launch/typescript.cjs");

keepCompiled();
typescript.register(TRANSLATED);
typescript.mapStackTraces();
// Needed to serialize functions only.
defer("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);
