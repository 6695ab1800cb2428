// Takes out of the Pulumi SDK what only debugging needs, and puts off what most programs never ask
// for. A program gets the same values: tests/preflight compares the two. Only for a process whose single
// purpose is to evaluate a program; one that has to explain a failure runs the SDK as it is.
"use strict";

/** Changes the SDK that `require` finds. What a later SDK no longer has is left alone. */
function lighten(require) {
  const debuggable = require("@pulumi/pulumi/runtime/debuggable");
  const rpc = require("@pulumi/pulumi/runtime/rpc");
  // Detects promises that are never settled, with a stack trace and two more promises for each.
  debuggable.debuggablePromise = (promise) => promise;
  rpc.transferProperties = onFirstUse(rpc.transferProperties);
}

/**
 * The SDK makes an Output of every property that a resource can have, each of some twenty promises.
 * Made at its first use instead, a property of which nobody asks costs next to nothing.
 */
function onFirstUse(transferProperties) {
  /** Resource → what its properties are made with, and what those came to that nobody has asked for. */
  const unused = new WeakMap();
  // Of a name only one, or each resource would be an object of a shape of its own.
  const accessors = new Map();
  const accessorOf = (key) => ({
    get() {
      const { label, props, resolvers, settled } = unused.get(this);
      delete this[key];
      const resolve = transferProperties(this, label, { [key]: props[key] })[key];
      if (settled[key]) resolve(...settled[key]);
      else resolvers[key] = resolve;
      return this[key];
    },
    set(value) {
      Object.defineProperty(this, key, { value, writable: true });
    },
    enumerable: true,
    configurable: true,
  });
  return (resource, label, props) => {
    const resolvers = {};
    const settled = {};
    unused.set(resource, { label, props, resolvers, settled });
    for (const key of Object.keys(props)) {
      if (key === "id" || key === "urn") continue;
      if (!accessors.has(key)) accessors.set(key, accessorOf(key));
      resolvers[key] = (...outcome) => (settled[key] = outcome);
      Object.defineProperty(resource, key, accessors.get(key));
    }
    return resolvers;
  };
}

module.exports = { lighten };
