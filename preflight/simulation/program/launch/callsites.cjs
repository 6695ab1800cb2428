// Finds out where in the program each resource is declared, for a small part of what the SDK's own way
// costs: that makes a text of the whole stack for each resource, and reads it again.
"use strict";

const { findSourceMap } = require("node:module");
const { join, sep } = require("node:path");
const { fileURLToPath } = require("node:url");
const { HOME } = require("../../../../launch/home.cjs");
const { sourceMapOf } = require("../../../../launch/typescript.cjs");

/** The library, and what runs the program: their lines say nothing about the program. */
const OWN = ["components", "preflight", "dist"].map((room) => join(HOME, room) + sep);
const PACKAGES = `${sep}node_modules${sep}`;

/** Frames that the SDK skips: its own, and the constructor of the resource's class. */
const SKIPPED = 5;

/** Frames to look at: nearly all resources are declared within the first few. */
const DEPTHS = [12, 200];

/**
 * Has the SDK that `require` finds send the program's own line with each resource, and nothing where a
 * package made the resource by itself, such as in an `apply`. What an older SDK has not is left alone.
 */
function sendCallsites(require) {
  const { Resource } = require("@pulumi/pulumi");
  if (typeof Resource.callsites !== "function") return;
  Resource.callsites = () => {
    const frame = programFrame();
    return frame ? [...Array(SKIPPED).fill({}), position(frame)] : [];
  };
}

function programFrame() {
  for (const depth of DEPTHS) {
    const frames = structuredStack(depth);
    const found = frames.find((frame) => isOfProgram(fileOf(frame)));
    if (found || frames.length < depth) return found;
  }
  return undefined;
}

/** The frames as V8 has them, without the text that is usually made of them. */
function structuredStack(depth) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = depth;
    Error.prepareStackTrace = (_error, frames) => frames;
    return new Error().stack;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** ES modules and mapped sources are named by their address. */
const pathOf = (file) => (file.startsWith("file:") ? fileURLToPath(file) : file);

const fileOf = (frame) => pathOf(frame.getFileName() ?? "");

const isOfProgram = (file) =>
  file.includes(sep) &&
  !file.startsWith("node:") &&
  !file.includes(PACKAGES) &&
  !OWN.some((room) => file.startsWith(room));

const maps = new Map();

/** Where it was written; the SDK counts lines and columns from 1. */
function position(frame) {
  const [file, line, column] = [fileOf(frame), frame.getLineNumber(), frame.getColumnNumber()];
  // A program can also be compiled before; Node.js keeps the maps of such files where it is told to.
  if (!maps.has(file)) maps.set(file, sourceMapOf(file) ?? findSourceMap(file));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (entry?.originalLine === undefined) return { file, line, column };
  return {
    file: pathOf(entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

module.exports = { sendCallsites };
