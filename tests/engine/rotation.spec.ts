import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { INSTANCE } from "../../local/database/databases";
import type { Engine } from "../../local/engine/engine";
import { openMachine, type Machine } from "../../local/engine/machine";
import { recover } from "../../local/engine/recovery";
import { rotate } from "../../local/functions/rotate";
import { authoritiesOf, withConnection } from "../../local/kubelet/connect";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { faster, laterBy } from "../../local/rotation/clock";
import { drill, type DrilledApp, type DrillOptions } from "../../local/rotation/drill";
import { currentVersion, rotatingSecret } from "../../local/rotation/rotating-secret";
import { functionSettings } from "../../local/rotation/settings";
import { hasPassed } from "../../local/rotation/tally";
import { secretNamed, versionsIn } from "../../local/secrets/stored";
import type { CloudStore } from "../../local/server/store";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { asPulumiFn, inSandbox, STACK } from "./support/harness";
import { rotatingChain } from "./support/rotating";

const HOUR_MS = 3_600_000;

function appIn(machine: Machine, store: CloudStore): DrilledApp {
  const [deployment] = store.all(DEPLOYMENT);
  assert.ok(deployment);
  return { ...rotatingSecret(STACK, deployment, machine, store), deployment, machine, store };
}

const rotateNow = ({ machine, ...app }: DrilledApp): Promise<void> =>
  rotate({ ...app, functions: machine.functions });

/** Whom the app's pod logs in as, when it starts now. */
async function userOf({ machine, deployment, store }: DrilledApp): Promise<string | undefined> {
  const pod = (machine as Machine).kubelet.start(deployment, store);
  return (await (machine as Machine).kubelet.check(pod, store))?.user;
}

/** Every value that the secrets of a cloud have had. */
const passwordsIn = ({ secret, store }: DrilledApp): readonly string[] =>
  versionsIn(store, secret).map(
    ({ value }) => (JSON.parse(value ?? "{}") as { password: string }).password,
  );

/** Files of a stack that hold one of some secrets in plain text. */
const filesWith = (secrets: readonly string[], folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = fs.readFileSync(file);
      return secrets.some((secret) => content.includes(secret));
    });

describe("a stack with rotating credentials", () => {
  it("rotates, and neither up nor refresh sees a change", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder, { clock: laterBy(HOUR_MS) });
      const program = rotatingChain(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        const app = appIn(machine, cloud.store);
        const users = [await userOf(app)];
        for (let count = 0; count < 3; count += 1) {
          await rotateNow(app);
          users.push(await userOf(app));
        }
        assert.deepEqual(users, [
          ...["orders_user", "orders_user_clone", "orders_user", "orders_user_clone"],
        ]);
        const { id } = currentVersion(cloud.store, app.secret);
        await stack.up({ expectNoChanges: true });
        await stack.refresh({ expectNoChanges: true });
        assert.equal(currentVersion(cloud.store, app.secret).id, id);

        const passwords = passwordsIn(app);
        assert.equal(new Set(passwords).size, 4);
        assert.deepEqual(filesWith(passwords, folder), []);

        await stack.destroy();
        assert.deepEqual(cloud.store.all(), []);
        const left = ["databases", "functions"].filter((name) =>
          fs.existsSync(path.join(folder, name)),
        );
        assert.deepEqual(left, ["databases"]);
        assert.deepEqual(fs.readdirSync(path.join(folder, "databases")), []);
        assert.equal(
          fs.readFileSync(path.join(folder, "cloud.json"), "utf8").includes('"kept": {}'),
          true,
        );
      } finally {
        await machine.clear();
      }
    });
  });

  it("refuses nobody while it rotates thirty times, and one user would", async () => {
    await inSandbox(async ({ open, folder }) => {
      const lagSeconds = 0.3;
      const scale = 210 / lagSeconds;
      const machine = await openMachine(folder, { clock: faster(scale) });
      const program = rotatingChain(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        const app = appIn(machine, cloud.store);
        const options: DrillOptions = {
          ...{ rotations: 30, connectionsPerSecond: 10, lagSeconds, scale, singleUser: false },
          kill: "random",
        };
        const taken = await drill(app, options);
        assert.equal(hasPassed(taken), true, JSON.stringify(taken));
        assert.deepEqual(
          taken.clients.map(({ client, connections }) => [client, connections > 0]),
          [
            ["pg, secret.json", true],
            ["psql, pg_service.conf", true],
            ["one session that stays open", true],
          ],
        );
        const single = await drill(app, {
          ...options,
          rotations: 2,
          singleUser: true,
          kill: undefined,
        });
        assert.equal(hasPassed(single), false);
        assert.equal(single.lockedOut, false);
        assert.match(single.clients[0]?.firstError ?? "", /password authentication failed/);
        assert.deepEqual(filesWith(passwordsIn(app), folder), []);
      } finally {
        await machine.clear();
      }
    });
  });

  it("uses the password that RDS keeps, and lets out none, also where all statements are logged and fail", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder, { clock: laterBy(HOUR_MS) });
      const caBundle = machine.authority.certificate;
      const parameters = { log_statement: { value: "all", apply: "immediate" } } as const;
      const generated = rotatingChain(caBundle, { database: { parameters } });
      const database = { parameters, masterPassword: "managed" } as const;
      const managed = asPulumiFn(rotatingChain(caBundle, { database }));
      const { stack, cloud } = await open(generated, { hooks: machine.hooks });
      const { store } = cloud;
      const printed: string[] = [];
      const onOutput = (text: string) => void printed.push(text);
      try {
        await stack.up({ onOutput });
        const [before] = valuesOf(store, masterSecretOf(store));
        await stack.up({ onOutput, program: managed });
        await stack.up({ onOutput, program: managed, expectNoChanges: true });
        const [master, ...others] = valuesOf(store, masterSecretOf(store));
        assert.ok(before && master);
        assert.deepEqual([others, Object.keys(master)], [[], ["username", "password"]]);
        assert.notEqual(master.password, before.password);

        const app = appIn(machine, store);
        await rotateNow(app);
        assert.equal(await userOf(app), "orders_user_clone");
        const refused = await whileHeld(app, master, "orders_user", () =>
          rotateNow(app).catch((error: unknown) => error as Error),
        );
        assert.match(String(refused), /could not set the password of orders_user: /);
        assert.equal(await userOf(app), "orders_user_clone");

        const [instance] = store.all(INSTANCE);
        const [called] = store.all(TYPES.function);
        assert.ok(instance && called);
        const log = fs.readFileSync(machine.databases.server(instance).logFile, "utf8");
        assert.match(log, /LOG: {2}.*alter role .* with login password 'SCRAM-SHA-256\$/i);
        assert.match(log, /STATEMENT: {2}alter role .* with login password 'SCRAM-SHA-256\$/i);
        assert.ok(fs.existsSync(machine.functions.logFile(called.id)));
        const passwords = [...passwordsIn(app), before.password, master.password];
        assert.equal(new Set(passwords).size, 5);
        assert.deepEqual(filesWith(passwords, folder), []);
        const said = [...printed, String(refused)].join("");
        assert.deepEqual(
          passwords.filter((password) => said.includes(password)),
          [],
        );

        await stack.destroy();
        assert.match(fs.readFileSync(path.join(folder, "cloud.json"), "utf8"), /"kept": \{\}/);
      } finally {
        await machine.clear();
      }
    });
  });

  it("takes the place of the master user in one up, which may die, and follows its database", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const caBundle = machine.authority.certificate;
      const first = await open(rotatingChain(caBundle, { user: false }), { hooks: machine.hooks });
      try {
        await first.stack.up();
        await asked(first, machine, "create table kept (what text)");
        await asked(first, machine, "insert into kept values ('of the master user')");

        const urn = "Invocation::orders-user-reconcile";
        first.cloud.faults.inject({ kind: "kill", operation: "create", urn });
        const migrated = asPulumiFn(rotatingChain(caBundle));
        await assert.rejects(first.stack.up({ program: migrated }));

        const again = await open(rotatingChain(caBundle), { hooks: machine.hooks });
        await recover(again, machine, folder, () => undefined);
        await again.stack.up();
        assert.equal(await userOf(appIn(machine, again.cloud.store)), "orders_user");
        assert.deepEqual(await asked(again, machine, "select what, current_user from kept"), [
          { what: "of the master user", current_user: "orders_user_owner" },
        ]);
        assert.deepEqual(await asked(again, machine, OWNER_OF_KEPT), [
          { tableowner: "orders_user_owner" },
        ]);
        await again.stack.up({ expectNoChanges: true });

        const replaced = rotatingChain(caBundle, { database: { databaseName: "shop" } });
        await again.stack.up({ program: asPulumiFn(replaced) });
        assert.equal(await userOf(appIn(machine, again.cloud.store)), "orders_user");
        assert.deepEqual(await asked(again, machine, "select current_database()"), [
          { current_database: "shop" },
        ]);
      } finally {
        await machine.clear();
      }
    });
  });
});

/** The current value of a secret by its name or ARN, and all values that it has had. */
function valuesOf(store: CloudStore, name: string): readonly Login[] {
  const versions = versionsIn(store, secretNamed(store, name));
  return versions.flatMap(({ value }) => (value === undefined ? [] : [JSON.parse(value) as Login]));
}

/** The ARN of the administrator's secret, as the function is told. */
function masterSecretOf(store: CloudStore): string {
  const [called] = store.all(TYPES.function);
  return String(functionSettings(store, String(called?.outputs.arn)).masterSecretArn);
}

interface Login {
  readonly username: string;
  readonly password: string;
}

/** Runs `work` while another session of the administrator holds a user of the app. */
async function whileHeld<T>(
  { machine, deployment, store }: DrilledApp,
  { username, password }: Login,
  held: string,
  work: () => Promise<T>,
): Promise<T> {
  const { kubelet, databases } = machine as Machine;
  const pod = kubelet.start(deployment, store);
  assert.ok(pod.connection);
  const settings = { ...pod.connection, user: username, password };
  return withConnection(settings, authoritiesOf(pod), databases.routes(store), async (client) => {
    await client.query("begin");
    await client.query(`alter role "${held}" valid until 'infinity'`);
    return work();
  });
}

const OWNER_OF_KEPT = "select tableowner from pg_tables where tablename = 'kept'";

/** The rows of a statement that runs with the credentials of the app's pod. */
async function asked(
  { cloud: { store } }: Engine,
  { kubelet }: Machine,
  sql: string,
): Promise<readonly unknown[]> {
  const [deployment] = store.all(DEPLOYMENT);
  assert.ok(deployment);
  const pod = kubelet.start(deployment, store);
  return kubelet.connect(pod, store, (client) => client.query(sql).then(({ rows }) => rows));
}
