import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Engine } from "../../local/engine/engine";
import { openMachine } from "../../local/engine/machine";
import { recover } from "../../local/engine/recovery";
import { inSandbox } from "./support/harness";
import { chainOf } from "./support/program";

const twice = ({ cloud }: Engine): readonly string[] => {
  const urns = cloud.store.all().map(({ urn }) => urn);
  return urns.filter((urn, index) => urns.indexOf(urn) !== index);
};

describe("an interrupted update", () => {
  it("whose provider died after creating something goes on without a second one", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const first = await open(chainOf());
      const urn = "SecurityGroup::orders-security-group";
      first.cloud.faults.inject({ kind: "kill", operation: "create", urn });
      await assert.rejects(first.stack.up());
      assert.ok(first.cloud.store.all().some((object) => object.urn.endsWith(urn)));

      const second = await open(chainOf());
      await recover(second, machine, folder, () => undefined);
      await second.stack.up();
      assert.deepEqual(twice(second), []);
      await second.stack.up({ expectNoChanges: true });
      await second.stack.destroy();
      assert.deepEqual(second.cloud.store.all(), []);
    });
  });

  it("whose CLI was killed leaves a lock and a note, and the next run clears both", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const first = await open(chainOf());
      const urn = "Instance::orders-instance";
      first.cloud.faults.inject({ kind: "hang", operation: "create", urn });
      const interrupted = assert.rejects(first.stack.up());
      await until(() => first.cloud.faults.struck.length === 1);
      process.kill(lockHolder(folder), "SIGKILL");
      await interrupted;
      assert.equal(locksIn(folder).length, 1);
      first.close();

      const second = await open(chainOf());
      const said: string[] = [];
      await recover(second, machine, folder, (line) => void said.push(line));
      assert.equal(said.length, 1);
      await second.stack.up();
      assert.deepEqual(twice(second), []);
      await second.stack.up({ expectNoChanges: true });
    });
  });

  it("is not taken over while it runs", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const engine = await open(chainOf());
      await engine.stack.up();
      const holder: ChildProcess = spawn("sleep", ["60"]);
      try {
        const folderOfLock = path.join(folder, "backend/.pulumi/locks/organization/project/test");
        fs.mkdirSync(folderOfLock, { recursive: true });
        const lock = JSON.stringify({ pid: holder.pid });
        fs.writeFileSync(path.join(folderOfLock, "lock.json"), lock);
        await assert.rejects(
          recover(engine, machine, folder, () => undefined),
          /another run is at work on this stack/,
        );
      } finally {
        holder.kill();
      }
    });
  });
});

function locksIn(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(folder, "backend/.pulumi/locks"), {
      recursive: true,
      withFileTypes: true,
    })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function lockHolder(folder: string): number {
  const [lock] = locksIn(folder);
  assert.ok(lock);
  return (JSON.parse(fs.readFileSync(lock, "utf8")) as { pid: number }).pid;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
