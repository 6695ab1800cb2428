#!/usr/bin/env node
// Starts the local commands as plan/main.cjs starts the plan: with what earlier runs have translated
// and compiled. Stack traces stay on: Pulumi's engine runs the program as it is.
"use strict";

const { keepCompiled, TRANSLATED } = require("../plan/launch/cache.cjs");
const lazy = require("../plan/launch/lazy.cjs");
const typescript = require("../plan/launch/typescript.cjs");

keepCompiled();
typescript.register(TRANSLATED);
lazy.register(
  // Needed to serialize functions only.
  lazy.modulesOf("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]),
  lazy.namespacesOf("@pulumi/aws"),
);

require("./commands/cli");
