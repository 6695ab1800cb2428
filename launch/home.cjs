// Where this runs: from the sources of the project, or as one file from a package in some project.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const { basename, dirname, join, resolve } = require("node:path");

/** In a package, npm has installed what is needed, and nothing of the project is there. */
const isBundle = basename(__dirname) === "dist";

/** The project's folder, or the installed package's. */
const HOME = resolve(__dirname, "..");

/**
 * A folder for what makes the next run faster. Never inside an installed package: that may be
 * shared, read-only, or checked against what was published.
 */
function cacheFolder(from = process.cwd()) {
  if (!isBundle) return join(HOME, "node_modules/.cache/eks-db-secrets");
  const modules = modulesOf(from);
  return modules === undefined
    ? join(userCacheFolder(), "eks-db-secrets-preflight")
    : join(modules, ".cache/eks-db-secrets-preflight");
}

/** The nearest `node_modules` that can be written to. */
function modulesOf(folder) {
  const modules = join(folder, "node_modules");
  if (isWritable(modules)) return modules;
  const above = dirname(folder);
  return above === folder ? undefined : modulesOf(above);
}

function isWritable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where each system keeps the caches of a user. */
function userCacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA || join(os.homedir(), "AppData/Local");
  if (process.platform === "darwin") return join(os.homedir(), "Library/Caches");
  return XDG_CACHE_HOME || join(os.homedir(), ".cache");
}

module.exports = { HOME, cacheFolder, isBundle };
