import * as assert from "node:assert/strict";
import { parseStatus, residentOf } from "../../../bench/process-tree";

describe("the memory of a process and of all that it starts", () => {
  it("reads a status file", () => {
    const status =
      "Name:\tnode\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t41\nNgid:\t0\nPid:\t41\nPPid:\t7\n" +
      "TracerPid:\t9\nVmPeak:\t  999999 kB\nVmHWM:\t   4096 kB\nVmRSS:\t    2048 kB\n";
    assert.deepEqual(parseStatus(status), { pid: 41, parent: 7, residentMiB: 2 });
  });

  it("takes a kernel thread, which has no memory of its own, as nothing", () => {
    const thread = { pid: 2, parent: 0, residentMiB: 0 };
    assert.deepEqual(parseStatus("Name:\tkthreadd\nPid:\t2\nPPid:\t0\n"), thread);
  });

  it("sums descendants, in whatever order they are listed, and nobody else", () => {
    const processes = [
      { pid: 30, parent: 20, residentMiB: 4 },
      { pid: 1, parent: 0, residentMiB: 100 },
      { pid: 20, parent: 10, residentMiB: 2 },
      { pid: 21, parent: 10, residentMiB: 8 },
      { pid: 10, parent: 1, residentMiB: 1 },
      { pid: 11, parent: 1, residentMiB: 1000 },
    ];
    assert.equal(residentOf(10, processes), 15);
    assert.equal(residentOf(99, processes), 0);
  });
});
