import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { startOf } from "../../../local/engine/processes";
import { LockedError, acquireLock } from "../../../local/engine/lock";
import { eachInFolder } from "../../support/folder";

const TYPESCRIPT = path.resolve(__dirname, "../../support/typescript.cjs");
const ROUNDS = 300;
const ROUND_MS = 4;

/** Tries to acquire the lock of each round at the same moment as the other process, and prints which it got. */
const RACER = `
  const { LockedError, acquireLock } = require("./local/engine/lock");
  const [folder, start] = process.argv.slice(1);
  // Waits without work until shortly before.
  const wait = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(wait, 0, 0, Math.max(0, Number(start) - 100 - Date.now()));
  for (let round = 0; round < ${ROUNDS}; round += 1) {
    while (Date.now() < Number(start) + round * ${ROUND_MS});
    try {
      acquireLock(folder + "/" + round + "/lock", "busy");
      console.log(round);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
  // A lock whose holder has ended goes to the other process, which may be slower.
  console.log("end");
  process.stdin.resume();
`;

async function linesUntilEnd(output: Readable): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface(output)) {
    if (line === "end") return lines;
    lines.push(line);
  }
  throw new Error("the racer has ended before the race");
}

describe("the lock of work that only one process may do", () => {
  let folder: string;
  let lock: string;

  eachInFolder((made) => {
    folder = made;
    lock = path.join(folder, "stack/lock");
    fs.mkdirSync(path.dirname(lock));
  });

  const acquire = () => acquireLock(lock, "it is at work");
  const own = () => [process.pid, startOf(process.pid)].join("-").replace(/-$/, "");
  const files = () => fs.readdirSync(path.dirname(lock), { recursive: true });

  /** Leaves the lock of other holders. */
  function leave(...holders: readonly string[]): void {
    fs.mkdirSync(lock, { recursive: true });
    for (const holder of holders) fs.writeFileSync(path.join(lock, holder), "");
  }

  it("is refused while a process holds it", () => {
    fs.rmSync(path.dirname(lock), { recursive: true });
    const release = acquire();
    assert.throws(acquire, (error) => {
      assert.ok(error instanceof LockedError);
      const expected =
        `it is at work (process ${process.pid}); wait for it to end. ` +
        `If that process is something else, remove ${lock}`;
      assert.deepEqual([error.message, error.pid], [expected, process.pid]);
      return true;
    });
    assert.deepEqual(files(), ["lock", `lock/${own()}`]);
    release();
    acquire()();
    assert.deepEqual(files(), []);
  });

  it("is taken from a process that has ended, and from a holder that is no process", () => {
    const { pid } = spawnSync("true");
    for (const left of [[String(pid)], [`${pid}-1`], [], ["0"], ["-1", "else where"]]) {
      leave(...left);
      const release = acquire();
      assert.deepEqual(files(), ["lock", `lock/${own()}`], left.join());
      release();
    }
  });

  it("is taken where another process has the PID of the holder by now", function () {
    // Only Linux says when a process started.
    if (startOf(process.pid) === undefined) this.skip();
    leave(`${process.pid}-1`);
    acquire()();
    leave(own());
    assert.throws(acquire, LockedError);
  });

  it("goes to one of two that find it left by an ended process at the same time", async () => {
    const { pid } = spawnSync("true");
    for (let round = 0; round < ROUNDS; round += 1) {
      fs.mkdirSync(path.join(folder, `${round}/lock`), { recursive: true });
      fs.writeFileSync(path.join(folder, `${round}/lock/${pid}`), "");
    }
    const start = String(Date.now() + 4000);
    const racers = [0, 1].map(() => {
      const args = ["-r", TYPESCRIPT, "-e", RACER, folder, start];
      return spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    });
    const got = await Promise.all(racers.map(({ stdout }) => linesUntilEnd(stdout)));
    for (const { stdin } of racers) stdin.end();
    const rounds = got.flat().map(Number);
    assert.deepEqual(
      rounds.sort((a, b) => a - b),
      Array.from({ length: ROUNDS }, (_, round) => round),
    );
  });

  it("is released for its own holder only", () => {
    const release = acquire();
    fs.rmSync(path.join(lock, own()));
    leave("1-1");
    release();
    assert.deepEqual(files(), ["lock", "lock/1-1"]);
  });

  it("may be released after its folder is removed", () => {
    const release = acquire();
    fs.rmSync(path.dirname(lock), { recursive: true });
    release();
  });
});
