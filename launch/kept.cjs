// What is made of a source is kept on disk, in files that are written whole or not at all.
"use strict";

const fs = require("node:fs");
const { basename, dirname, join } = require("node:path");

/** The text of a file; `undefined` where it cannot be read. */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Keeps a text for later runs. */
function keep(file, text) {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(partial, text);
    fs.renameSync(partial, file);
  } catch {
    // A read-only folder, for instance: the next run translates again.
  }
}

module.exports = { keep, read };
