// Makes everything use the Pulumi SDK of the program: this project's own modules, and packages that bring
// one of their own. Several copies of the SDK in one process find the engine, but not our stand-in for it:
// the program would register its resources with nobody.
"use strict";

const { createRequire, registerHooks } = require("node:module");
const { join, sep } = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { HOME } = require("../../../../launch/home.cjs");

const OWN = HOME + sep;
const INSTALLED = join(HOME, "node_modules") + sep;

/**
 * Has to come before anything that loads the SDK. Without an SDK for the folder, and where it is this
 * project's own, nothing changes.
 */
function useSdkOf(folder) {
  const program = createRequire(join(folder, "package.json"));
  const sdk = find(program, "@pulumi/pulumi/package.json");
  if (sdk === undefined || sdk.startsWith(INSTALLED)) return;
  // Messages are made with the library that the SDK itself uses.
  const library = createRequire(sdk);
  const asker = pathToFileURL(join(folder, "package.json")).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (/^@pulumi\/pulumi(\/|$)/.test(specifier)) {
        // This is what `resolved` asks.
        if (context.parentURL === asker) return next(specifier, context);
        return resolved(program, specifier);
      }
      if (!/^google-protobuf(\/|$)/.test(specifier)) return next(specifier, context);
      return isOurs(context.parentURL) ? resolved(library, specifier) : next(specifier, context);
    },
  });
}

const resolved = (from, specifier) => ({
  url: pathToFileURL(from.resolve(specifier)).href,
  shortCircuit: true,
});

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
  return file.startsWith(OWN) && !file.startsWith(INSTALLED);
}

module.exports = { useSdkOf };
