import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { startOf } from "../../local/engine/processes";
import { LockedError, acquireLock } from "../../local/engine/lock";

const ROUNDS = 300;
const ROUND_MS = 4;

/** Tries to take each round's turn at the moment when the other process does, and says which it got. */
const RACER = `
  const { LockedError, acquireLock } = require("./local/engine/lock");
  const [folder, start] = process.argv.slice(1);
  for (let round = 0; round < ${ROUNDS}; round += 1) {
    while (Date.now() < Number(start) + round * ${ROUND_MS});
    try {
      acquireLock(folder + "/" + round + "/process", "busy");
      console.log(round);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
`;

describe("a turn at work that only one process may do", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "turn-"));
    file = path.join(folder, "stack/process");
    fs.mkdirSync(path.dirname(file));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const take = () => acquireLock(file, "it is at work");
  const own = () => [process.pid, startOf(process.pid)].join(" ").trim();
  const files = () => fs.readdirSync(path.dirname(file));

  it("is refused while another process has it", () => {
    fs.rmSync(path.dirname(file), { recursive: true });
    const release = take();
    assert.throws(take, (error) => {
      assert.ok(error instanceof LockedError);
      const expected =
        `it is at work (process ${process.pid}); wait for it to end. ` +
        `If that process is something else, remove ${file}`;
      assert.deepEqual([error.message, error.pid], [expected, process.pid]);
      return true;
    });
    assert.deepEqual(files(), ["process"]);
    release();
    take()();
    assert.deepEqual(files(), []);
  });

  it("is taken from a process that has ended, and from a file that names none", () => {
    const { pid } = spawnSync("true");
    for (const left of [String(pid), `${pid} 1`, "", "0", "-1", "../else where"]) {
      fs.writeFileSync(file, left);
      const release = take();
      assert.equal(fs.readFileSync(file, "utf8"), own(), left);
      assert.deepEqual(files(), ["process"], left);
      release();
    }
  });

  it("is not that of another process with the number of one that has ended", function () {
    // Only Linux says when a process started.
    if (startOf(process.pid) === undefined) this.skip();
    fs.writeFileSync(file, `${process.pid} 1`);
    take()();
    fs.writeFileSync(file, own());
    assert.throws(take, LockedError);
  });

  it("is taken where the one that was about to succeed has ended as well", () => {
    const { pid } = spawnSync("true");
    fs.writeFileSync(file, String(pid));
    fs.writeFileSync(`${file}.after-${pid}`, String(pid));
    take()();
    assert.deepEqual(files(), []);
  });

  it("goes to one of two that find it left behind at the same time", async () => {
    const { pid } = spawnSync("true");
    for (let round = 0; round < ROUNDS; round += 1) {
      fs.mkdirSync(path.join(folder, String(round)));
      fs.writeFileSync(path.join(folder, `${round}/process`), String(pid));
    }
    const start = String(Date.now() + 4000);
    const racers = [0, 1].map(() => {
      const args = ["-r", "ts-node/register/transpile-only", "-e", RACER, folder, start];
      return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    });
    const got = await Promise.all(racers.map(({ stdout }) => text(stdout)));
    const rounds = got.join("").trim().split("\n").map(Number);
    assert.deepEqual(
      rounds.sort((a, b) => a - b),
      Array.from({ length: ROUNDS }, (_, round) => round),
    );
  });

  it("is ended by the one that has it alone", () => {
    const release = take();
    fs.writeFileSync(file, "1 1");
    release();
    assert.equal(fs.readFileSync(file, "utf8"), "1 1");
  });

  it("may end after its folder is gone", () => {
    const release = take();
    fs.rmSync(path.dirname(file), { recursive: true });
    release();
  });
});
