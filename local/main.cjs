#!/usr/bin/env node
// Starts the local commands.
"use strict";

const { requireInstalled, withNode } = require("../launch/node-version.cjs");

requireInstalled();
withNode(() => {
  require("../launch/sources.cjs");
  require("./commands/cli");
});
