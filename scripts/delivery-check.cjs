// Starts the check of the delivery model: npm run -s delivery:check -- FILE
"use strict";

const { resolve } = require("node:path");

const cache = resolve(__dirname, "../node_modules/.cache/eks-db-secrets/typescript");
require("../plan/launch/typescript.cjs").register(cache);
process.exitCode = require("./delivery-check").main(process.argv.slice(2));
