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
  return (resource, label, props) => {
    const resolvers = {};
    for (const key of Object.keys(props)) {
      if (key === "id" || key === "urn") continue;
      let settled;
      resolvers[key] = (...outcome) => (settled = outcome);
      const make = () => {
        delete resource[key];
        const resolve = transferProperties(resource, label, { [key]: props[key] })[key];
        if (settled) resolve(...settled);
        else resolvers[key] = resolve;
        return resource[key];
      };
      Object.defineProperty(resource, key, {
        get: make,
        set: (value) => Object.defineProperty(resource, key, { value, writable: true }),
        enumerable: true,
        configurable: true,
      });
    }
    return resolvers;
  };
}

module.exports = { lighten };
