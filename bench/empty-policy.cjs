#!/usr/bin/env node
// A policy pack without rules, which answers every message of the engine with an empty one: what policy packs
// cost at least.
"use strict";

const { createServer } = require("node:http2");

const HEADERS = { ":status": 200, "content-type": "application/grpc" };

/** No compression, no bytes. */
const EMPTY_MESSAGE = Buffer.alloc(5);

const server = createServer();
server.on("stream", (stream) => {
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.once("end", () => {
    stream.respond(HEADERS, { waitForTrailers: true });
    stream.end(EMPTY_MESSAGE);
  });
  stream.resume();
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
