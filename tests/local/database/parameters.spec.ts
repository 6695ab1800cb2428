import * as assert from "node:assert/strict";
import { wrapSecret } from "../../../preflight/simulation/wire/envelopes";
import { parametersOf, classifyParameters } from "../../../local/database/parameters";
import { POSTGRES } from "../../../local/database/programs";

const group = (values: Readonly<Record<string, unknown>>) =>
  parametersOf({
    parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
  });

/** What becomes of parameters, in short. */
async function sorted(values: Readonly<Record<string, unknown>>) {
  const { settings, unsupported, refused } = await classifyParameters(group(values), POSTGRES);
  return {
    ...{ unsupported, refused },
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  };
}

describe("the parameters of a group, classified by the PostgreSQL of this machine,", () => {
  it("are none without a group", () => assert.deepEqual(parametersOf(undefined), []));

  it("are pending until a restart with that apply method", () => {
    const methods = [undefined, "immediate", "pending-reboot"];
    const parameters = methods.map((applyMethod) => ({ name: "a", value: "1", applyMethod }));
    const waiting = parametersOf({ parameters }).map(({ pendingReboot }) => pendingReboot);
    assert.deepEqual(waiting, [false, false, true]);
  });

  it("are applied where the server accepts them", async () => {
    const settings = {
      work_mem: "8MB",
      log_min_duration_statement: "250",
      shared_preload_libraries: "pg_stat_statements, auto_explain",
      "pg_stat_statements.track": "all",
      search_path: '"$user", public',
    };
    assert.deepEqual(await sorted(settings), {
      settings: { ...settings, shared_preload_libraries: "pg_stat_statements,auto_explain" },
      ...{ unsupported: [], refused: [] },
    });
  });

  it("are rejected where the server would not start with them", async () => {
    const { settings, unsupported, refused } = await sorted({
      shared_buffers: "zzz",
      max_connections: "0",
      log_statement: "some",
      work_mem: "8MB",
    });
    assert.deepEqual({ settings, unsupported }, { settings: { work_mem: "8MB" }, unsupported: [] });
    assert.deepEqual(refused, [
      'shared_buffers: invalid value for parameter "shared_buffers": "zzz"',
      'max_connections: 0 is outside the valid range for parameter "max_connections" (1 .. 262143)',
      'log_statement: invalid value for parameter "log_statement": "some"; ' +
        "Available values: none, ddl, mod, all.",
    ]);
  });

  it("are rejected without the value where it is secret", async () => {
    const { refused } = await sorted({ work_mem: wrapSecret("canary") });
    assert.deepEqual(refused, ["work_mem: its value, a secret, is invalid"]);
  });

  it("are not applied where only RDS, another version or another machine has them", async () => {
    assert.deepEqual(
      await sorted({
        "rds.force_ssl": "1",
        "rds.logical_replication": "1",
        max_connections: "LEAST({DBInstanceClassMemory/9531392},5000)",
        old_snapshot_threshold: "60",
        "work mem = 1": "1",
        shared_preload_libraries: "pgaudit,pg_stat_statements,pg_cron",
        session_preload_libraries: "pgaudit",
        wal_compression: "zstd",
        lc_messages: "xx_YY.UTF-8",
        port: "5999",
      }),
      {
        settings: { shared_preload_libraries: "pg_stat_statements" },
        refused: [],
        unsupported: [
          "rds.logical_replication: only on RDS",
          "max_connections: computed by RDS from the instance class",
          "old_snapshot_threshold: unknown to this PostgreSQL",
          "work mem = 1: unknown to this PostgreSQL",
          "pgaudit, pg_cron of shared_preload_libraries: not installed in this PostgreSQL",
          "pgaudit of session_preload_libraries: not installed in this PostgreSQL",
          "wal_compression: not available on this machine",
          "lc_messages: not available on this machine",
          "port: set by the local server itself",
        ],
      },
    );
  });
});
