// Puts off modules that a package loads at start, whether or not anybody needs them.
"use strict";

const { existsSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");

/**
 * Modules that one of the rules names are loaded at the first use of one of their properties. For
 * everybody else, and for what the modules can do, nothing changes.
 */
function register(...rules) {
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const now = () => load.call(this, request, parent, ...rest);
    const file = parent?.filename;
    return file && rules.some((rule) => rule(request, file)) ? deferred(now) : now();
  };
}

/** Names these modules where a file of the package requires them. */
function modulesOf(owner, names) {
  const home = join(`${sep}node_modules`, owner, sep);
  return (request, file) => names.includes(request) && file.includes(home);
}

/** Names the folders that the package's index makes its namespaces of, e.g. `aws.rds`. */
function namespacesOf(owner) {
  const index = join(`${sep}node_modules`, owner, "index.js");
  return (request, file) =>
    /^\.\/[a-z0-9]+$/.test(request) &&
    file.endsWith(index) &&
    existsSync(join(dirname(file), request, "index.js"));
}

function deferred(load) {
  return new Proxy(
    {},
    {
      // Compiled `import * as x` copies every property of a module that does not say `__esModule`.
      get: (_target, key) => key === "__esModule" || load()[key],
      has: (_target, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_target, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), key);
        // A proxy may not call a property fixed that its own target does not have.
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
}

module.exports = { modulesOf, namespacesOf, register };
