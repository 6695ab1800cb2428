// Starts the plugin of other languages and ends when it has printed its port, from where the engine can
// ask it. It would serve until it is stopped.
"use strict";

process.stdout.write = () => process.exit();
process.argv.push("127.0.0.1:1");
require("../components/dist/plugin/index.js");
