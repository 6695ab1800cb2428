// What a command of this project needs before anything of it is loaded: its npm packages, and a Node.js
// that they run on. No package, and nothing that an old Node.js could not read.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { HOME, isBundle } = require("./home.cjs");

const MODULES = path.join(HOME, "node_modules");

/** The oldest version that all of the project's packages run on, and that has `module.registerHooks`. */
const MINIMUM = "22.15";

/** Node.js as the npm package `node` brings it; `engines` of package.json says what the plan itself needs. */
const OWN_NODE = path.join(MODULES, "node/bin", process.platform === "win32" ? "node.exe" : "node");

/** Exit code of a command that cannot start as things are. */
const WRONG_USAGE = 2;

/** Ends the process with one line and exit code 2 where the npm packages are not installed. */
function requireInstalled(modules = MODULES) {
  if (isBundle) return;
  // npm writes this file last, when all packages are there.
  if (existsSync(path.join(modules, ".package-lock.json"))) return;
  refuse("the npm packages of this project are not installed: run npm ci first");
}

/**
 * Runs `start` on a Node.js that is new enough: in this process where its own is, else by running the
 * same command once more with the project's own Node.js. Without one, ends with one line and exit code 2.
 */
function withNode(start, { version = process.versions.node, node = OWN_NODE } = {}) {
  if (isNewEnough(version)) return start();
  if (!existsSync(node)) {
    const remedy = isBundle ? "install it" : "run npm ci, which brings one, or install it";
    return refuse(
      `Node.js ${MINIMUM} or later is needed, and this is ${version}: ${remedy} (https://nodejs.org)`,
    );
  }
  let child;
  // Before the other one starts, or a signal would end this process and leave that one alone.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
  child.on("error", (error) => refuse(`${node} cannot be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = code === null ? 128 + os.constants.signals[signal] : code;
  });
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  const [least, leastMinor] = MINIMUM.split(".").map(Number);
  return major > least || (major === least && minor >= leastMinor);
}

function refuse(why) {
  process.stderr.write(`error: ${why}\n`);
  process.exit(WRONG_USAGE);
}

module.exports = { requireInstalled, withNode };
