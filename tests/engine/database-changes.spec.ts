import * as assert from "node:assert/strict";
import type { SecureDatabaseArgs } from "../../components";
import type { Engine } from "../../local/engine/engine";
import { type Machine, openMachine } from "../../local/engine/machine";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { asPulumiFn, inSandbox } from "./support/harness";
import { chainOf } from "./support/program";

/** A stack with a running database, and how a pod sees it. */
interface Running {
  readonly change: (database: Partial<SecureDatabaseArgs>) => Promise<unknown>;
  /** Connects as a pod that starts now. */
  readonly show: (setting: string) => Promise<string>;
  readonly passwordNow: () => string;
  readonly connectWith: (password: string) => Promise<string>;
}

async function withDatabase(
  database: Partial<SecureDatabaseArgs>,
  use: (running: Running) => Promise<void>,
): Promise<void> {
  await inSandbox(async ({ open, folder }) => {
    const machine = await openMachine(folder);
    const app = { caBundle: machine.authority.certificate };
    const { hooks } = machine;
    try {
      const engine = await open(chainOf({ app, database }), { hooks });
      await engine.stack.up();
      await use({
        ...asPod(machine, engine),
        change: (changed) =>
          engine.stack.up({
            program: asPulumiFn(chainOf({ app, database: { ...database, ...changed } })),
          }),
      });
    } finally {
      await machine.clear();
    }
  });
}

function asPod({ kubelet }: Machine, { cloud: { store } }: Engine): Omit<Running, "change"> {
  const start = () => {
    const [deployment] = store.all(DEPLOYMENT);
    assert.ok(deployment);
    const pod = kubelet.start(deployment, store);
    const { connection } = pod;
    assert.ok(connection);
    return { ...pod, connection };
  };
  const show = (setting: string, password?: string): Promise<string> => {
    const { connection, ...pod } = start();
    const used = password === undefined ? connection : { ...connection, password };
    return kubelet.connect({ ...pod, connection: used }, store, async (client) => {
      const { rows } = await client.query<{ value: string }>(
        "select current_setting($1) as value",
        [setting],
      );
      return rows[0]?.value ?? "";
    });
  };
  return {
    show,
    passwordNow: () => start().connection.password,
    connectWith: (password) => show("server_version", password),
  };
}

describe("a change of a database", () => {
  it("of its parameters reaches it when the parameter says: at once, or at its next start", async () => {
    await withDatabase(
      { parameters: { max_connections: { value: "40", apply: "pending-reboot" } } },
      async ({ show, change }) => {
        assert.deepEqual(
          [await show("max_connections"), await show("log_min_duration_statement")],
          ["40", "-1"],
        );
        await change({
          parameters: {
            max_connections: { value: "50", apply: "pending-reboot" },
            log_min_duration_statement: { value: "250", apply: "immediate" },
            statement_timeout: { value: "5000", apply: "pending-reboot" },
          },
        });
        const settings = ["max_connections", "log_min_duration_statement", "statement_timeout"];
        const now: string[] = [];
        for (const setting of settings) now.push(await show(setting));
        assert.deepEqual(now, ["40", "250ms", "0"]);
      },
    );
  });

  it("of a parameter to what it cannot be is refused, and the next change is taken", async () => {
    await withDatabase({}, async ({ show, change }) => {
      const parameters = (value: string) => ({
        parameters: { work_mem: { value, apply: "immediate" as const } },
      });
      await assert.rejects(
        change(parameters("zzz")),
        /InvalidParameterValue: parameter group '.*': work_mem: invalid value .*"zzz"\. Give the/,
      );
      await change(parameters("9MB"));
      assert.equal(await show("work_mem"), "9MB");
    });
  });

  it("of its password lets in who reads the new one, and nobody with the old one", async () => {
    await withDatabase({}, async ({ passwordNow, connectWith, change }) => {
      const before = passwordNow();
      await connectWith(before);
      await change({ passwordLength: 40 });
      const after = passwordNow();
      assert.equal(after.length, 40);
      await connectWith(after);
      await assert.rejects(connectWith(before), /password authentication failed/);
    });
  });

  it("of its port is followed by the pods", async () => {
    await withDatabase({}, async ({ show, change }) => {
      await change({ port: 5433 });
      assert.match(await show("server_version"), /^\d+/);
    });
  });
});
