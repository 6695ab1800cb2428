// What runs a function's code in a process of its own, as Lambda's runtime does: it loads the handler once
// and calls it with each event that its parent sends.
//
// The bundle is the one that Lambda would run, unchanged. What differs is around it: the AWS SDK, which
// Lambda's runtime has, is the project's; a connection to a host of the local cloud leads to its port on
// this machine; and no connection leaves this machine.
import * as fs from "node:fs";
import { registerHooks } from "node:module";
import * as net from "node:net";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

/** Packages that are part of Lambda's runtime. */
const PROVIDED = /^@(aws-sdk|smithy)\//;

// Modules are named by their real path.
const taskRoot = pathToFileURL(fs.realpathSync(process.env.LAMBDA_TASK_ROOT)).href;

registerHooks({
  resolve: (specifier, context, next) =>
    PROVIDED.test(specifier) && context.parentURL?.startsWith(taskRoot)
      ? next(specifier, { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});

/** Hosts and ports of the local cloud, and their ports on this machine. */
let routes = [];

const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function (...args) {
  const [{ host = "localhost", port, path: socketPath }] = normalized(args);
  // An HTTP agent says null for no socket file.
  if (socketPath === undefined || socketPath === null) {
    const route = routes.find((one) => one.host === host && one.port === Number(port));
    const listener = args.at(-1);
    const ready = typeof listener === "function" ? [listener] : [];
    if (route?.blockedBy !== undefined) {
      process.stderr.write(`local cloud: ${route.blockedBy}\n`);
      // What is sent is dropped: whoever connects waits for an answer.
      this.connecting = true;
      return this;
    }
    if (route !== undefined) return connect.call(this, route.localPort, "127.0.0.1", ...ready);
    if (!["127.0.0.1", "localhost"].includes(host)) {
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        code: "ENOTFOUND",
      });
      process.nextTick(() => this.destroy(error));
      return this;
    }
  }
  return connect.apply(this, args);
};

/** The forms of `connect`: options, port and host, or what `net` has made of them already. */
function normalized(args) {
  const [first, second] = args;
  if (Array.isArray(first)) return first;
  if (typeof first === "object") return [first];
  return [
    typeof first === "string" ? { path: first } : { port: first, host: second ?? "localhost" },
  ];
}

const [file, name] = process.env._HANDLER.split(/\.(?=[^.]*$)/);
const loaded = import(pathToFileURL(path.join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);

process.on("message", ({ id, event, context, routes: current }) => {
  routes = current;
  const deadline = Date.now() + context.timeoutMs;
  const functionContext = {
    ...{ awsRequestId: id, functionName: context.functionName, functionVersion: "$LATEST" },
    ...{ invokedFunctionArn: context.functionArn, memoryLimitInMB: context.memory },
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  loaded
    .then((module) => module[name](event, functionContext))
    .then(
      (result) => process.send({ id, result: result ?? null }),
      (error) =>
        process.send({
          id,
          error: {
            errorType: error?.name ?? "Error",
            errorMessage: error instanceof Error ? error.message : String(error),
          },
        }),
    );
});

// Its parent has ended: nothing can call it any more.
process.on("disconnect", () => process.exit());
