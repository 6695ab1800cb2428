import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Properties } from "../../../preflight/simulation/models/model";
import { TYPES } from "../../../preflight/simulation/models/aws/common";
import { openAuthority } from "../../../local/database/authority";
import { Databases } from "../../../local/database/databases";
import { withConnection } from "../../../local/kubelet/connect";
import { Refused } from "../../../local/server/errors";
import { type CloudObject, CloudStore } from "../../../local/server/store";
import { eachInFolder } from "../../support/folder";

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod?: string;
}

const PASSWORD = "first-password";

function objectOf(type: string, id: string, inputs: Properties): CloudObject {
  const outputs = { ...inputs, address: `${id}.rds.local`, port: 5432 };
  return { type, id, urn: id, seed: "", inputs, outputs };
}

const groupOf = (...parameters: readonly Parameter[]) =>
  objectOf(TYPES.parameterGroup, "orders", { name: "orders", parameters });

const instanceOf = (inputs: Properties = {}, id = "orders") =>
  objectOf(TYPES.instance, id, {
    ...{ identifier: id, parameterGroupName: "orders", username: "app", password: PASSWORD },
    ...inputs,
  });

const pending = (name: string, value: string) => ({ name, value, applyMethod: "pending-reboot" });

/** More than the connections that are left to others: each value is fine for itself. */
const TOO_MANY_RESERVED = [pending("max_connections", "5"), pending("reserved_connections", "9")];
const WHY = /"reserved_connections" \(9\) must be less than "max_connections" \(5\)/;

describe("the databases of a local cloud", () => {
  let folder: string;
  let store: CloudStore;
  let databases: Databases;
  let authorities: string;

  afterEach(async () => {
    await databases.removeAll();
  });

  eachInFolder(async (made) => {
    folder = made;
    const authority = await openAuthority(path.join(folder, "authority"));
    authorities = authority.certificate;
    databases = new Databases(path.join(folder, "databases"), authority);
    store = new CloudStore(folder);
  });

  /** Makes or changes something as the cloud does: it is there once its reaction went well. */
  async function put(object: CloudObject): Promise<void> {
    const before = store.get(object.type, object.id);
    const { created, updated } = databases.hooks[object.type] ?? {};
    await (before === undefined ? created?.(object, store) : updated?.(object, store, before));
    store.put(object);
  }

  async function show(setting: string, password = PASSWORD): Promise<string> {
    const [route] = databases.routes(store);
    assert.ok(route);
    const { host, port } = route;
    const login = { database: "postgres", user: "app", password, rootCertificate: undefined };
    return withConnection({ host, port, ...login }, authorities, [route], async (client) => {
      const { rows } = await client.query<Record<string, string>>(`show ${setting}`);
      return Object.values(rows[0] ?? {}).join();
    });
  }

  const server = () => databases.server(instanceOf());
  const isRunning = () => server().isRunning();

  it("reject a parameter's value as RDS does, before an instance uses it", async () => {
    const refusal = {
      name: Refused.name,
      message:
        "InvalidParameterValue: parameter group 'orders': shared_buffers: invalid value for " +
        'parameter "shared_buffers": "zzz". Give the parameter another value, or leave it out',
    };
    const wrong = groupOf(pending("shared_buffers", "zzz"));
    await assert.rejects(put(wrong), refusal);

    await put(groupOf({ name: "work_mem", value: "8MB" }));
    await put(instanceOf());
    await assert.rejects(put(wrong), refusal);
    await server().stop();
    await databases.startAll(store);
    assert.equal(await show("work_mem"), "8MB");
  });

  it("log the parameters that this PostgreSQL does not support", async () => {
    const libraries = { name: "shared_preload_libraries", value: "pgaudit,pg_stat_statements" };
    await put(groupOf(libraries, { name: "old_snapshot_threshold", value: "60" }));
    await put(instanceOf());
    // The library's own parameters are there only with it.
    assert.equal(await show('"pg_stat_statements.track"'), "top");
    const noticesIn = (log: string) =>
      [...log.matchAll(/ NOTICE: {2}(.*)/g)].map(([, what]) => what);
    const notices = () => noticesIn(fs.readFileSync(server().logFile, "utf8"));
    const expected = [
      "not applied: pgaudit of shared_preload_libraries: not installed in this PostgreSQL",
      "not applied: old_snapshot_threshold: unknown to this PostgreSQL",
    ];
    assert.deepEqual(notices(), expected);
    await put(groupOf({ name: "work_mem", value: "8MB" }, { name: "vacuum_defer", value: "1" }));
    assert.deepEqual(notices(), [
      ...expected,
      "not applied: vacuum_defer: unknown to this PostgreSQL",
    ]);
  });

  it("apply a change at once or at their next start, as the parameter says", async () => {
    await put(groupOf({ name: "work_mem", value: "8MB" }, pending("statement_timeout", "1000")));
    await put(instanceOf());
    const seen = async () => [
      ...[await show("work_mem"), await show("statement_timeout")],
      await show("log_min_duration_statement"),
    ];
    await put(
      groupOf(
        { name: "work_mem", value: "9MB", applyMethod: "immediate" },
        pending("statement_timeout", "2000"),
        pending("log_min_duration_statement", "250"),
      ),
    );
    assert.deepEqual(await seen(), ["9MB", "1s", "-1"]);
    await server().stop();
    await databases.startAll(store);
    assert.deepEqual(await seen(), ["9MB", "2s", "250ms"]);
  });

  it("keep pg_hba.conf until the next start for a pending change of rds.force_ssl", async () => {
    const rules = () =>
      fs.readFileSync(path.join(server().folder, "data/pg_hba.conf"), "utf8").split(" ")[0];
    await put(groupOf({ name: "rds.force_ssl", value: "1" }));
    await put(instanceOf());
    await put(groupOf(pending("rds.force_ssl", "0")));
    assert.equal(rules(), "hostssl");
    await put(groupOf({ name: "rds.force_ssl", value: "0" }));
    assert.equal(rules(), "host");
  });

  it("are started by a change when they do not run", async () => {
    await put(groupOf());
    await put(instanceOf());
    await server().stop();
    await put(instanceOf({ backupRetentionPeriod: 3 }));
    assert.equal(await isRunning(), true);
    await server().stop();
    await put(groupOf(pending("work_mem", "9MB")));
    assert.equal(await show("work_mem"), "9MB");
  });

  it("keep their old configuration where a change prevents the start", async () => {
    await put(groupOf({ name: "work_mem", value: "8MB" }));
    await put(instanceOf());
    store.put({ ...groupOf(...TOO_MANY_RESERVED), id: "wrong" });
    const wrong = instanceOf({ parameterGroupName: "wrong", password: "second-password" });
    await assert.rejects(put(wrong), { name: Refused.name, message: WHY });
    assert.equal(await show("work_mem"), "8MB");
  });

  it("start again once the parameter group that prevented it is corrected", async () => {
    await put(groupOf());
    await put(instanceOf());
    await put(groupOf(...TOO_MANY_RESERVED));
    await server().stop();
    await assert.rejects(databases.startAll(store), { message: WHY });
    await put(groupOf(pending("max_connections", "40")));
    assert.equal(await show("max_connections"), "40");
  });

  it("start also when another one does not start", async () => {
    await put(groupOf());
    await put(instanceOf());
    await put(instanceOf({ parameterGroupName: "other" }, "other"));
    const other = databases.server(instanceOf({}, "other"));
    for (const each of [server(), other]) await each.stop();
    store.put(groupOf(...TOO_MANY_RESERVED));
    await assert.rejects(databases.startAll(store), ({ message }: Error) => {
      assert.match(message, WHY);
      assert.ok(message.startsWith("orders: "));
      assert.ok(message.endsWith(`(${server().logFile})`));
      return true;
    });
    assert.deepEqual([await isRunning(), await other.isRunning()], [false, true]);
  });
});
