import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { inCheckout } from "./support/checkout";

const CONNECTED = /connection {2}TLSv1\.3, PostgreSQL \d+/;

describe("the local commands", () => {
  it("make a stack, show it, and leave nothing of it", async () => {
    await inCheckout(async ({ run, leftovers, folder }) => {
      const preview = await run("local:preview");
      assert.equal(preview.code, 0, preview.stderr);
      assert.match(preview.stdout, /rds:Instance +orders-instance +create/);

      const first = await run("local:up");
      assert.equal(first.code, 0, first.stderr);
      assert.match(first.stdout, CONNECTED);
      assert.match(first.stdout, /variables {3}PGHOST PGPORT PGDATABASE PGUSER PGPASSWORD/);

      const second = await run("local:up");
      assert.equal(second.code, 0, second.stderr);
      assert.match(second.stdout + second.stderr, /Nothing changed\./);

      const status = await run("local:status");
      assert.equal(status.code, 0, status.stderr);
      assert.match(status.stdout, CONNECTED);

      const psql = await run("local:psql", "orders", "-c", "select 6 * 7 as answer");
      assert.deepEqual(psql, { code: 0, stdout: "answer\n42\n", stderr: "" });

      const logs = await run("local:logs", "orders", "--lines", "100");
      assert.equal(logs.code, 0, logs.stderr);
      assert.match(logs.stdout, /database system is ready to accept connections/);

      const down = await run("local:down");
      assert.equal(down.code, 0, down.stderr);
      assert.deepEqual(leftovers(), []);
      assert.ok(!fs.existsSync(path.join(folder, ".local")));
    });
  });

  it("say in one line what is wrong with what they are given", async () => {
    await inCheckout(async ({ run, leftovers }) => {
      const wrong = [
        [
          ["local:up", "--stack", "other"],
          /^error: no stack 'other'; there are: local, local-many$/m,
        ],
        [
          ["local:status"],
          /^error: there is no local stack 'local'; make it with: npm run local:up$/m,
        ],
        [["local:psql", "orders"], /^error: there is no local stack 'local'/m],
        [["local:up", "--quick"], /^error: unknown option '--quick'$/m],
        [["local:logs", "orders", "-n", "few"], /^error: .*'few' is invalid/m],
      ] as const;
      for (const [[script, ...args], message] of wrong) {
        const { code, stdout, stderr } = await run(script, ...args);
        assert.match(stderr, message);
        assert.doesNotMatch(stderr, /^ {4}at /m);
        assert.deepEqual([code, stdout], [2, ""]);
      }
      assert.deepEqual(leftovers(), []);
    });
  });

  it("take up what Ctrl-C interrupted, whenever it came", async () => {
    await inCheckout(async ({ start, run, leftovers }) => {
      const moments = [/Updating \(local\)/, /network-vpc creating/, /orders-instance creating/];
      for (const moment of moments) {
        const interrupted = start("local:up");
        await interrupted.says(moment);
        interrupted.signal("SIGINT");
        const { code, stderr } = await interrupted.ended;
        assert.equal(code, 130, `${moment}: ${stderr}`);
        assert.match(stderr, /^Interrupted; the next command goes on from here\.$/m);
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

  it("take up what was killed", async () => {
    await inCheckout(async ({ start, run, leftovers }) => {
      const killed = start("local:up");
      await killed.says(/orders-instance creating/);
      killed.signal("SIGKILL");
      await killed.ended;

      const up = await run("local:up");
      assert.equal(up.code, 0, up.stderr);
      assert.match(up.stdout, CONNECTED);
      assert.equal((await run("local:down")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("keep two stacks apart", async () => {
    await inCheckout(async ({ run, leftovers }) => {
      const [one, many] = await Promise.all([
        run("local:up"),
        run("local:up", "--stack", "local-many"),
      ]);
      assert.equal(one.code, 0, one.stderr);
      assert.equal(many.code, 0, many.stderr);
      assert.equal(many.stdout.match(new RegExp(CONNECTED, "g"))?.length, 20);

      assert.equal((await run("local:down", "--stack", "local-many")).code, 0);
      const status = await run("local:status");
      assert.match(status.stdout, CONNECTED);
      assert.equal((await run("local:down")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });
});
