import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Engine } from "../../local/engine/engine";
import { openMachine } from "../../local/engine/machine";
import { recover } from "../../local/engine/recovery";
import { asPulumiFn, inSandbox, inventory, type Sandbox } from "./support/harness";
import { resourcesOf } from "./support/order";
import { chainOf } from "./support/program";

const BEFORE = chainOf();
const AFTER = chainOf({ database: { tags: { team: "orders" } } });

/** One thing in the middle of each kind of run, and what else must be done before that run. */
const MOMENTS = [
  { operation: "create", urn: "SecurityGroup::orders-security-group", stands: false },
  { operation: "update", urn: "Instance::orders-instance", stands: true },
  { operation: "delete", urn: "Secret::orders-connection", stands: true },
] as const;

type Moment = (typeof MOMENTS)[number];

/** Brings the stack to where the run of this moment starts. */
async function standing({ open }: Sandbox, { stands }: Moment): Promise<Engine> {
  const engine = await open(AFTER);
  if (stands) await engine.stack.up({ program: asPulumiFn(BEFORE) });
  return engine;
}

const run = ({ operation }: Moment, { stack }: Engine): Promise<unknown> =>
  operation === "delete" ? stack.destroy() : stack.up();

/** Lets the next command take over, and checks that the run ends as if nothing had happened. */
async function goesOn(sandbox: Sandbox, moment: Moment): Promise<readonly string[]> {
  const machine = await openMachine(sandbox.folder);
  const engine = await sandbox.open(AFTER);
  const said: string[] = [];
  await recover(engine, machine, sandbox.folder, (line) => void said.push(line));
  await run(moment, engine);
  if (moment.operation !== "delete") {
    assert.deepEqual(inventory(engine.cloud), await soundInventory());
    await engine.stack.up({ expectNoChanges: true });
    await engine.stack.destroy();
  }
  assert.deepEqual(engine.cloud.store.all(), []);
  assert.deepEqual(await resourcesOf(engine.stack), []);
  return said;
}

let sound: readonly string[] | undefined;

/** What a run that nothing interrupts makes. */
async function soundInventory(): Promise<readonly string[]> {
  if (sound === undefined) {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(AFTER);
      await stack.up();
      sound = inventory(cloud);
    });
  }
  return sound ?? [];
}

describe("an interrupted update", () => {
  for (const moment of MOMENTS) {
    const { operation, urn } = moment;

    it(`whose provider died after a ${operation} goes on, with nothing twice and nothing lost`, async () => {
      await inSandbox(async (sandbox) => {
        const first = await standing(sandbox, moment);
        first.cloud.faults.inject({ kind: "kill", operation, urn });
        await assert.rejects(run(moment, first));
        assert.equal(first.cloud.faults.injected.length, 1);
        const done = first.cloud.store.all().some((object) => object.urn.endsWith(urn));
        assert.equal(done, operation !== "delete");
        await goesOn(sandbox, moment);
      });
    });

    it(`whose CLI was killed during a ${operation} leaves a lock, and the next run clears it`, async () => {
      await inSandbox(async (sandbox) => {
        const { folder } = sandbox;
        const first = await standing(sandbox, moment);
        first.cloud.faults.inject({ kind: "hang", operation, urn });
        const interrupted = assert.rejects(run(moment, first));
        await until(() => first.cloud.faults.injected.length === 1);
        process.kill(lockHolder(folder), "SIGKILL");
        await interrupted;
        assert.equal(locksIn(folder).length, 1);
        first.close();
        const said = await goesOn(sandbox, moment);
        assert.deepEqual(said, ["the last run was interrupted; continuing from there"]);
      });
    });
  }

  it("leaves nothing that is protected before the engine knows of it", async () => {
    await inSandbox(async (sandbox) => {
      const { open, folder } = sandbox;
      const program = chainOf({ database: { lifecycle: "protected" } });
      const first = await open(program);
      const urn = "Instance::orders-instance";
      first.cloud.faults.inject({ kind: "kill", operation: "create", urn });
      await assert.rejects(first.stack.up());
      const machine = await openMachine(folder);
      const engine = await open(program);
      const { stack, cloud } = engine;
      const [orphan] = cloud.store.all("aws:rds/instance:Instance");
      assert.equal(orphan?.inputs.deletionProtection, true);
      await recover(engine, machine, folder, () => undefined);
      assert.deepEqual(cloud.store.all(orphan.type), []);
      await stack.up();
      assert.equal(cloud.store.all(orphan.type).length, 1);
    });
  });

  it("cannot corrupt the state: it is one file, which is replaced atomically", async () => {
    await inSandbox(async ({ open, folder }) => {
      const { stack } = await open(BEFORE);
      await stack.up();
      const state = path.join(folder, "backend/.pulumi/stacks/eks-db-secrets");
      assert.deepEqual(fs.readdirSync(state).sort(), ["test.json", "test.json.bak"]);
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
        const lock = path.join(folderOfLock, "lock.json");
        fs.writeFileSync(lock, JSON.stringify({ pid: holder.pid }));
        const said: string[] = [];
        const recovered = () => recover(engine, machine, folder, (line) => void said.push(line));
        await assert.rejects(recovered(), {
          message:
            `another command is at work on this stack (process ${holder.pid}); wait for it to end. ` +
            `If that process is something else, remove ${lock}`,
        });
        // As a CLI leaves it that is killed in the middle of it.
        fs.writeFileSync(lock, "{");
        await recovered();
        assert.deepEqual(locksIn(folder), []);
        assert.deepEqual(said, ["the last run was interrupted; continuing from there"]);
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
