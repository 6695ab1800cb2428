import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CONNECTED, inCheckout } from "./support/checkout";

/** A signal that comes sooner after the first counts as an echo of it. */
const ECHO_MS = 1100;

describe("the local commands, interrupted,", () => {
  it("end at once when they only read, and cancel the statement they run", async () => {
    await inCheckout(async ({ run, start }) => {
      assert.equal((await run("local:up")).code, 0);
      const sleeping = start("local:psql", "-c", "select pg_sleep(600)");
      const others = "query like '%pg_sleep(600)%' and pid <> pg_backend_pid()";
      const count = async () =>
        (await run("local:psql", "-c", `select count(*) from pg_stat_activity where ${others}`))
          .stdout;
      while ((await count()) !== "count\n1\n");
      sleeping.signal("SIGINT");
      assert.equal((await sleeping.ended).code, 130);
      assert.equal(await count(), "count\n0\n");

      const once = "alter database orders connection limit 1";
      assert.equal((await run("local:psql", "-c", once)).code, 0);
      const notice = "do $$ begin raise notice 'asleep'; perform pg_sleep(600); end $$";
      const alone = start("local:psql", "-c", notice);
      await alone.says(/notice: asleep/);
      alone.signal("SIGINT");
      await alone.says(/^the statement cannot be cancelled \(too many connections .*\); a second/m);
      await delay(ECHO_MS);
      alone.signal("SIGINT");
      const { code, stderr } = await alone.ended;
      assert.deepEqual([code, stderr.includes("    at ")], [130, false], stderr);
    });
  });

  it("shut down gracefully after kill, with their processes or alone", async () => {
    await inCheckout(async ({ run, start, leftovers }) => {
      const moments = [
        [/network-vpc creating/, "signal"],
        [/orders-instance creating/, "kill"],
      ] as const;
      for (const [moment, send] of moments) {
        const running = start("local:up");
        await running.says(moment);
        running[send]("SIGTERM");
        const { code, stdout } = await running.ended;
        // A second signal would end it at once.
        assert.deepEqual([code, stdout.match(/received; \w+/g)], [143, ["received; cancelling"]]);
      }
      // npm does not wait for what it has ended.
      for (let tries = 0; (await run("local:down")).code !== 0; tries += 1) assert.ok(tries < 20);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("continue after Ctrl-C at any time", async () => {
    await inCheckout(async ({ start, run, leftovers }) => {
      const moments = [/Updating \(local\)/, /network-vpc creating/, /orders-instance creating/];
      for (const moment of moments) {
        const interrupted = start("local:up");
        await interrupted.says(moment);
        interrupted.signal("SIGINT");
        const { code, stderr } = await interrupted.ended;
        assert.equal(code, 130, `${moment}: ${stderr}`);
        assert.match(stderr, /^Interrupted; the next command continues from here\.$/m);
      }
      const up = await run("local:up");
      assert.equal(up.code, 0, up.stderr);
      assert.match(up.stdout, CONNECTED);

      const interrupted = start("local:down");
      await interrupted.says(/orders-deployment deleting/);
      interrupted.signal("SIGINT");
      assert.equal((await interrupted.ended).code, 130);
      assert.equal((await run("local:down")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("continue after a killed command, and respect the lock of a running one", async () => {
    await inCheckout(async ({ start, run, leftovers, folder }) => {
      const killed = start("local:up");
      await killed.says(/orders-instance creating/);
      killed.signal("SIGSTOP");
      const meanwhile = await run("local:up");
      assert.match(meanwhile.stderr, /^error: another command is at work on this stack/);
      assert.equal(meanwhile.code, 1);
      const forced = await run("local:down", "--force");
      assert.deepEqual(forced, { ...meanwhile, stdout: "" });
      killed.signal("SIGKILL");
      await killed.ended;

      const up = await run("local:up");
      assert.equal(up.code, 0, up.stderr);
      assert.match(up.stdout, CONNECTED);
      const down = start("local:down");
      const [lock, cloud] = ["lock", "cloud.json"].map((name) =>
        path.join(folder, ".local/local", name),
      ) as [string, string];
      while (!fs.existsSync(lock)) await delay(1);
      for (;;) {
        const held = fs.existsSync(lock);
        if (!fs.existsSync(cloud)) break;
        assert.ok(held, "another command could begin before all is gone");
        await delay(1);
      }
      assert.equal((await down.ended).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });
});
