import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { databasesOf, startDatabases, startUnlessBusy } from "../../../../local/commands/databases";
import type { LocalStack } from "../../../../local/commands/session";
import { databasesTable } from "../../../../local/commands/status";

/** The one database of a database. Its start fails with `problem`, where there is one. */
class OneDatabase {
  readonly port = 5000;
  exists = true;
  runs = false;
  /** Files in the stack's folder at each start: whoever starts it has the turn. */
  readonly starts: (readonly string[])[] = [];
  readonly standing: LocalStack;

  constructor(folder: string, problem?: string) {
    const startAll = () => {
      this.starts.push(fs.readdirSync(folder));
      if (problem !== undefined) return Promise.reject(new Error(problem));
      this.runs = true;
      return Promise.resolve();
    };
    this.standing = {
      folder,
      store: { all: () => [{ outputs: { identifier: "sales" } }] },
      machine: { databases: { startAll, server: () => this } },
    } as unknown as LocalStack;
  }

  isRunning(): Promise<boolean> {
    return Promise.resolve(this.runs);
  }
}

describe("the databases of a stack that stands", () => {
  let folder: string;
  let said: string[];
  const say = (line: string) => void said.push(line);

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "stack-"));
    said = [];
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const shown = async (database: OneDatabase) => {
    const found = await startUnlessBusy(database.standing, say);
    return databasesTable(found, await databasesOf(database.standing));
  };

  it("are started in a turn of their own where they do not run", async () => {
    const database = new OneDatabase(folder);
    const at = "database     sales at 127.0.0.1:5000, ";
    assert.equal(await shown(database), `${at}it was stopped and has been started\n`);
    assert.deepEqual([database.starts, fs.readdirSync(folder)], [[["process"]], []]);
    assert.equal(await shown(database), `${at}running\n`);
    assert.deepEqual([database.starts, said], [[["process"]], []]);
  });

  it("are left as they are while another command is at work on the stack", async () => {
    const other = spawn("sleep", ["60"]);
    try {
      fs.writeFileSync(path.join(folder, "process"), String(other.pid));
      const database = new OneDatabase(folder);
      assert.equal(await shown(database), "database     sales: it does not run\n");
      assert.deepEqual(database.starts, []);
      assert.deepEqual(said, [
        "warning: not all databases run, and none is started, because " +
          `process ${other.pid} is at work on this stack`,
      ]);
      database.runs = true;
      await shown(database);
      assert.equal(said.length, 1);
    } finally {
      other.kill();
    }
  });

  it("are no reason to end where they do not start", async () => {
    const database = new OneDatabase(folder, "FATAL: no");
    assert.equal(await shown(database), "database     sales: it does not run\n");
    await startDatabases(database.standing, say);
    const warning = "warning: not all databases start: FATAL: no";
    assert.deepEqual(said, [warning, warning]);
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("are not started where they are gone", async () => {
    const database = new OneDatabase(folder);
    database.exists = false;
    assert.equal(await shown(database), "database     sales: it is gone\n");
    assert.deepEqual([database.starts, said], [[], []]);
  });
});
