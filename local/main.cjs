#!/usr/bin/env node
// Starts the local commands.
"use strict";

require("./launch.cjs");
require("./commands/cli");
