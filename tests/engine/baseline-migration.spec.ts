import * as assert from "node:assert/strict";
import type { StackSettings } from "../../local/engine/engine";
import { openMachine } from "../../local/engine/machine";
import { readSettings, runProgram } from "../../local/engine/project";
import { withConnection } from "../../local/kubelet/connect";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { currentJson, secretNamed } from "../../local/secrets/stored";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { RELEASE, standUp, withPassphrase } from "./support/recorded";

const OWNERS = `select c.relname as name, r.rolname as owner from pg_class c join pg_roles r on r.oid = c.relowner
  where c.relname in ('kept', 'kept_seen') order by 1`;

describe(`a stack of prod that release ${RELEASE} made`, () => {
  it("goes over to a user of its own in one up, with the data of the master user", async () => {
    await withPassphrase(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const { certificate } = machine.authority;
      const { config } = readSettings("prod");
      const settings: StackSettings = {
        config: { ...config, "eks-db-secrets:caBundle": certificate },
      };
      const engine = await open(runProgram, { settings, hooks: machine.hooks });
      const { stack, cloud } = engine;
      const { store } = cloud;
      try {
        await standUp("prod", engine, { folder, hooks: machine.hooks });
        const [instance] = store.all(TYPES.instance);
        const [secret] = store.all(TYPES.secret);
        assert.ok(instance && secret);
        const { username, password, host, port, dbname } = currentJson(
          store,
          secretNamed(store, secret.id),
        );
        const master = {
          ...{ host: String(host), port: Number(port), database: String(dbname) },
          ...{ user: String(username), password: String(password), rootCertificate: undefined },
        };
        const asMaster = (...statements: readonly string[]) =>
          withConnection(master, certificate, machine.databases.routes(store), async (client) => {
            let rows: readonly unknown[] = [];
            for (const sql of statements) ({ rows } = await client.query<object>(sql));
            return rows;
          });
        await asMaster(
          "create table kept (what text)",
          "insert into kept values ('of the master user')",
          "create view kept_seen as select * from kept",
        );

        await stack.up();

        const [deployment] = store.all(DEPLOYMENT);
        assert.ok(deployment);
        const pod = machine.kubelet.start(deployment, store);
        assert.equal(pod.env.DB_USERNAME, "orders");
        const asked = (sql: string): Promise<readonly unknown[]> =>
          machine.kubelet.connect(pod, store, (client) =>
            client.query<object>(sql).then(({ rows }) => rows),
          );
        assert.deepEqual(
          await asked("select session_user, current_user, (select what from kept_seen) as what"),
          [{ session_user: "orders", current_user: "orders_owner", what: "of the master user" }],
        );
        assert.deepEqual(await asked(OWNERS), [
          { name: "kept", owner: "orders_owner" },
          { name: "kept_seen", owner: "orders_owner" },
        ]);
        // Pods of the old version, until the last of them is gone.
        assert.deepEqual(await asMaster("insert into kept values ('x') returning what"), [
          { what: "x" },
        ]);
        await stack.up({ expectNoChanges: true });
      } finally {
        await machine.clear();
      }
    });
  });
});
