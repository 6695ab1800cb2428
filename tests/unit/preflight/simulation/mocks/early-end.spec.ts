import * as assert from "node:assert/strict";
import { orStalled } from "../../../../../preflight/simulation/mocks/early-end";

describe("waiting for a program", function () {
  this.timeout(30_000);

  /** Runs with a timer that never ends, as a program may keep one. */
  async function besideTimer<T>(work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => undefined, 50);
    return work().finally(() => {
      clearInterval(timer);
    });
  }

  it("ends where only a timer is left to run", async () => {
    const waiting = besideTimer(() => orStalled(new Promise(() => undefined), 1));
    await assert.rejects(waiting, { message: "the program never finished: it waits for ever" });
  });

  it("goes on as long as the program does something", async () => {
    const until = Date.now() + 2500;
    const busy = async (): Promise<string> => {
      while (Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
      return "done";
    };
    assert.equal(await besideTimer(() => orStalled(busy(), 1)), "done");
  });
});
