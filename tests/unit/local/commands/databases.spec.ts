import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  databasesOf,
  startDatabases,
  startUnlessLocked,
} from "../../../../local/commands/databases";
import type { LocalStack } from "../../../../local/commands/local-stack";
import { databasesTable } from "../../../../local/commands/status";
import { eachInFolder } from "../../../support/folder";

/** A stack with one database, whose start fails with `problem`. */
class OneDatabase {
  readonly port = 5000;
  exists = true;
  runs = false;
  /** Files in the stack's folder at each start. */
  readonly starts: (readonly string[])[] = [];
  readonly stack: LocalStack;

  constructor(folder: string, problem?: string) {
    const startAll = () => {
      this.starts.push(fs.readdirSync(folder));
      if (problem !== undefined) return Promise.reject(new Error(problem));
      this.runs = true;
      return Promise.resolve();
    };
    this.stack = {
      folder,
      store: { all: () => [{ outputs: { identifier: "sales" } }] },
      machine: { databases: { startAll, server: () => this } },
    } as unknown as LocalStack;
  }

  isRunning(): Promise<boolean> {
    return Promise.resolve(this.runs);
  }
}

describe("the databases of a stack", () => {
  let folder: string;
  let said: string[];
  const say = (line: string) => void said.push(line);

  eachInFolder((made) => {
    folder = made;
    said = [];
  });

  const shown = async (database: OneDatabase) => {
    const found = await startUnlessLocked(database.stack, say);
    return databasesTable(found, await databasesOf(database.stack));
  };

  it("are started under the lock of the stack where they do not run", async () => {
    const database = new OneDatabase(folder);
    const at = "database     sales at 127.0.0.1:5000, ";
    assert.equal(await shown(database), `${at}it was stopped and has been started\n`);
    assert.deepEqual([database.starts, fs.readdirSync(folder)], [[["lock"]], []]);
    assert.equal(await shown(database), `${at}running\n`);
    assert.deepEqual([database.starts, said], [[["lock"]], []]);
  });

  it("are not started while another command has the lock of the stack", async () => {
    fs.mkdirSync(path.join(folder, "lock"));
    fs.writeFileSync(path.join(folder, "lock", String(process.ppid)), "");
    const database = new OneDatabase(folder);
    assert.equal(await shown(database), "database     sales: it does not run\n");
    assert.deepEqual(database.starts, []);
    assert.deepEqual(said, [
      "warning: not all databases run, and none is started, because " +
        `process ${process.ppid} is at work on this stack`,
    ]);
    database.runs = true;
    await shown(database);
    assert.equal(said.length, 1);
  });

  it("cause a warning where they do not start", async () => {
    const database = new OneDatabase(folder, "FATAL: no");
    assert.equal(await shown(database), "database     sales: it does not run\n");
    await startDatabases(database.stack, say);
    const warning = "warning: not all databases start: FATAL: no";
    assert.deepEqual(said, [warning, warning]);
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("are not started where their files are missing", async () => {
    const database = new OneDatabase(folder);
    database.exists = false;
    assert.equal(await shown(database), "database     sales: its files are missing\n");
    assert.deepEqual([database.starts, said], [[], []]);
  });
});
