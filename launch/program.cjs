// Makes `pulumi up` start the program as the plan does: Pulumi.yaml names this file in `nodeargs`.
// docs/decisions/0071-a-program-that-starts-fast.md tells what each step is worth.
"use strict";

const { createRequire } = require("node:module");
const { keepCompiled, TRANSLATED } = require("./cache.cjs");
const { defer } = require("./lazy.cjs");
const typescript = require("./typescript.cjs");

/** The SDK takes a trace for each promise, and shows it only where it is asked for leaked ones. */
const isOfPromise = process.env.PULUMI_DEBUG_PROMISE_LEAKS
  ? () => false
  : (frame) => frame?.getFunctionName() === "debuggablePromise";

keepCompiled();
typescript.registerRequire(TRANSLATED);
// Needed to serialize functions only.
defer("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);
mapStackTraces();

/**
 * Has stack traces name the lines that were written. The SDK maps them with a library that it installs at its
 * start and that is left as it is where it finds itself installed: here with the maps of the program alone,
 * and for its frames alone, or it would read a map for each file of a package.
 *
 * @see https://github.com/evanw/node-source-map-support#options
 * @see https://v8.dev/docs/stack-trace-api#customizing-stack-traces
 */
function mapStackTraces() {
  const { install, wrapCallSite } = createRequire(require.resolve("@pulumi/pulumi"))(
    "source-map-support",
  );
  install({
    overrideRetrieveSourceMap: true,
    retrieveSourceMap: (file) => typescript.rawSourceMapOf(file) ?? null,
  });
  const mapped = (frame) =>
    typescript.isTranslated(frame.getFileName()) ? wrapCallSite(frame) : frame;
  Error.prepareStackTrace = (error, frames) =>
    isOfPromise(frames[0])
      ? ""
      : [Error.prototype.toString.call(error), ...frames.map(mapped)].join("\n    at ");
}
