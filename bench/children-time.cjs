// The time of the processes that this one has started. Plain JavaScript, for processes without TypeScript.
"use strict";

const { existsSync, readFileSync } = require("node:fs");

const STAT = "/proc/self/stat";

/** Linux tells times of processes in hundredths of a second, whatever its own clock. */
const TICKS_PER_SECOND = 100;

/** User time of all processes that this one has started and that have ended, with theirs. Linux only, else 0. */
const childrenUserSeconds = () =>
  existsSync(STAT) ? childrenTimeIn(readFileSync(STAT, "utf8")) : 0;

/**
 * Field `cutime` of a `stat` file.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function childrenTimeIn(stat) {
  // The name of the program, in parentheses, may hold anything; `cutime` is the 14th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[13]) / TICKS_PER_SECOND;
}

module.exports = { childrenTimeIn, childrenUserSeconds };
