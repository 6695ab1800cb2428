// Makes this project's own modules use the Pulumi SDK of another project. Two copies of the SDK in one
// process do not know of each other: the program would register its resources with nobody.
"use strict";

const { createRequire, registerHooks } = require("node:module");
const { join, resolve, sep } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const HOME = resolve(__dirname, "../../../..") + sep;
const INSTALLED = join(HOME, "node_modules") + sep;

/** Has to come before anything that loads the SDK. Without an SDK for the folder nothing changes. */
function useSdkOf(folder) {
  const program = createRequire(join(folder, "package.json"));
  const sdk = find(program, "@pulumi/pulumi/package.json");
  if (sdk === undefined) return;
  // Messages are made with the library that the SDK itself uses.
  const library = createRequire(sdk);
  registerHooks({
    resolve(specifier, context, next) {
      const from = /^@pulumi\/pulumi(\/|$)/.test(specifier)
        ? program
        : /^google-protobuf(\/|$)/.test(specifier) && library;
      if (!from || !isOurs(context.parentURL)) return next(specifier, context);
      return { url: pathToFileURL(from.resolve(specifier)).href, shortCircuit: true };
    },
  });
}

function find(from, name) {
  try {
    return from.resolve(name);
  } catch {
    return undefined;
  }
}

function isOurs(parentURL) {
  if (!parentURL?.startsWith("file:")) return false;
  const file = fileURLToPath(parentURL);
  return file.startsWith(HOME) && !file.startsWith(INSTALLED);
}

module.exports = { useSdkOf };
