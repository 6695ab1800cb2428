// Makes this project's own modules use the Pulumi SDK of another project. Two copies of the SDK in one
// process do not know of each other: the program would register its resources with nobody.
"use strict";

const Module = require("node:module");
const { dirname, join, resolve, sep } = require("node:path");

const HOME = resolve(__dirname, "../../../..") + sep;
const INSTALLED = join(HOME, "node_modules") + sep;

/** Has to come before anything that loads the SDK. Without an SDK in the folder nothing changes. */
function useSdkOf(folder) {
  const sdk = findSdk(folder);
  if (sdk === undefined) return;
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const place = isOurs(parent?.filename) ? placeOf(request, folder, sdk) : undefined;
    const from = place === undefined ? options : { ...options, paths: [place] };
    return resolveFilename.call(this, request, parent, isMain, from);
  };
}

function findSdk(folder) {
  try {
    return dirname(require.resolve("@pulumi/pulumi/package.json", { paths: [folder] }));
  } catch {
    return undefined;
  }
}

const isOurs = (file) => file?.startsWith(HOME) && !file.startsWith(INSTALLED);

/** Messages are made with the library that the SDK itself uses. */
function placeOf(request, folder, sdk) {
  if (/^@pulumi\/pulumi(\/|$)/.test(request)) return folder;
  return /^google-protobuf(\/|$)/.test(request) ? sdk : undefined;
}

module.exports = { useSdkOf };
