// Puts off modules that a package loads at start, whether or not anybody needs them.
"use strict";

const Module = require("node:module");
const { join, sep } = require("node:path");

/**
 * Modules of these names are loaded at the first use of one of their properties, where a file of the
 * package requires them. For everybody else, and for what the modules can do, nothing changes.
 */
function defer(owner, names) {
  const home = join(`${sep}node_modules`, owner, sep);
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const now = () => load.call(this, request, parent, ...rest);
    return names.includes(request) && parent?.filename?.includes(home) ? deferred(now) : now();
  };
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

module.exports = { defer };
