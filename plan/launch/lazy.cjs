// Puts off modules that a package loads at start and the plan never uses.
"use strict";

const Module = require("node:module");
const { sep } = require("node:path");

/**
 * Modules of these names, when required by a file of `owner`, are loaded at the first use of one of
 * their properties. For everybody else, and for what they can do, nothing changes.
 */
function register(owner, names) {
  const lazy = new Set(names);
  const home = `${sep}node_modules${sep}${owner.split("/").join(sep)}${sep}`;
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const now = () => load.call(this, request, parent, ...rest);
    if (!lazy.has(request) || !parent?.filename?.includes(home)) return now();
    return deferred(now);
  };
}

function deferred(load) {
  return new Proxy(
    {},
    {
      get(_target, key) {
        // Compiled `import * as x` copies every property of a module that does not say this.
        if (key === "__esModule") return true;
        return load()[key];
      },
    },
  );
}

module.exports = { register };
