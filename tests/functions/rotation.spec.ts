import * as assert from "node:assert/strict";
import { RotationError } from "../../functions/rotation/failure";
import type { RotationSettings } from "../../functions/rotation/settings";
import { postgres } from "../../functions/rotation/database";
import { ADMINISTRATOR, TestServer } from "./support/server";
import { Died, mortal, World } from "./support/world";

/** Work of an app on objects: `$` stands for a prefix of their names. */
const MAKING = [
  "create type $mood as enum ('new', 'paid')",
  "create table $orders (id serial primary key, mood $mood, at timestamptz default now())",
  "insert into $orders (mood) values ('new')",
  "create view $paid as select * from $orders where mood = 'paid'",
  "create materialized view $counted as select count(*) from $orders",
  "create sequence $numbers",
  "create function $one() returns trigger language plpgsql as 'begin return new; end'",
];

const KINDS: Readonly<Record<string, string>> = {
  read: "select * from $orders",
  write: "insert into $orders (mood) values ('paid')",
  sequence: "select nextval('$numbers')",
  alter: "alter table $orders add column note text",
  index: "create index on $orders (at)",
  trigger: "create trigger t before insert on $orders for each row execute function $one()",
  enum: "alter type $mood add value 'sent'",
  view: "create or replace view $paid as select * from $orders where mood <> 'new'",
  "materialized view": "refresh materialized view $counted",
  function:
    "create or replace function $one() returns trigger language plpgsql as 'begin return old; end'",
  truncate: "truncate $orders",
  "foreign key": "create table $lines (id int references $orders)",
  analyze: "analyze $orders",
  grant: "grant select on $orders to public",
  drop: "drop table $orders cascade",
};

const prefixed = (statements: readonly string[], prefix: string): string[] =>
  statements.map((statement) => statement.replaceAll("$", prefix));

describe("the rotation function with a PostgreSQL server", () => {
  const server = new TestServer();
  const worlds: World[] = [];
  let count = 0;

  /** A user of its own; where a test does not need a database of its own, in the one of all. */
  function world(more: Partial<RotationSettings> = {}): World {
    count += 1;
    const made = new World(server, `app${count}`, { dbname: "shared", ...more });
    worlds.push(made);
    return made;
  }

  async function worldOfItsOwn(more: Partial<RotationSettings> = {}): Promise<World> {
    const dbname = `database${count}`;
    await server.administer("postgres", `create database ${dbname}`);
    return world({ dbname, ...more });
  }

  async function reconciled(): Promise<World> {
    const made = world();
    await made.reconcile();
    return made;
  }

  before(async () => {
    await server.start();
    await server.administer("postgres", "create database shared");
  });

  after(() => server.remove());

  it("makes roles, grants and the first value in an empty database, once", async () => {
    const app = await worldOfItsOwn();
    const { users, ownerRole, ...settings } = app.settings;
    assert.deepEqual(await app.reconcile(), {
      reconciled: ["roles and grants are in place", `first value, for ${users[0]}`],
    });
    const { password, ...rest } = app.secret.value();
    assert.match(password, /^[A-Za-z0-9]{32}$/);
    assert.deepEqual(rest, {
      engine: "postgres",
      ...{ host: settings.host, port: settings.port, dbname: settings.dbname },
      username: users[0],
      ...{ dbInstanceIdentifier: settings.dbInstanceIdentifier, ssl: true },
    });
    assert.equal(await app.whoami(), `${users[0]} as ${ownerRole}`);
    const before = app.secret.values.length;
    assert.deepEqual(await app.reconcile(), { reconciled: ["roles and grants are in place"] });
    assert.equal(app.secret.values.length, before);
  });

  it("rotates five times, each user acting as the owner, the one before working on", async () => {
    const app = await reconciled();
    const { users, ownerRole } = app.settings;
    for (let turn = 1; turn <= 5; turn += 1) {
      const previous = app.secret.value();
      await app.rotate();
      const current = app.secret.value();
      assert.equal(current.username, users[turn % 2]);
      assert.notEqual(current.password, previous.password);
      assert.equal(await app.whoami(current), `${current.username} as ${ownerRole}`);
      assert.equal(await app.whoami(previous), `${previous.username} as ${ownerRole}`);
      assert.deepEqual(app.secret.with("AWSPENDING"), undefined);
    }
    assert.deepEqual(app.secret.labels(), ["", "", "", "", "AWSCURRENT", "AWSPREVIOUS"]);
  });

  it("lets each user do everything with what the other one made", async () => {
    const app = await reconciled();
    const first = app.secret.value();
    await app.rotate();
    const second = app.secret.value();
    for (const [maker, user, prefix] of [
      [first, second, "one_"],
      [second, first, "two_"],
    ] as const) {
      await app.as(maker, ...prefixed(MAKING, prefix));
      assert.equal(Object.keys(KINDS).length, 15);
      for (const statement of prefixed(Object.values(KINDS), prefix)) {
        await app.as(user, statement);
      }
    }
  });

  it("may die between any two calls of a rotation, and goes on: the current value always works", async () => {
    const app = await reconciled();
    let died = 0;
    for (let n = 1; ; n += 1) {
      const current = app.secret.value();
      const token = app.secret.rotate();
      const { context, calls } = mortal(app.context, n);
      const ended = await app.rotate(token, context).then(
        () => true,
        (error: unknown) => assert.ok(error instanceof Died),
      );
      if (ended === true) {
        assert.equal(calls(), n - 1);
        break;
      }
      died += 1;
      await app.whoami(current);
      if (app.secret.value().username !== current.username) await app.whoami();
      await app.rotate(token);
      assert.notEqual(app.secret.value().username, current.username);
      assert.equal(app.secret.with("AWSPENDING"), undefined);
    }
    assert.ok(died > 15, `${died} deaths`);
    await app.whoami();
  });

  it("may die between any two calls of the first deployment, and goes on", async () => {
    for (let n = 1; ; n += 1) {
      const app = world();
      const { context } = mortal(app.context, n);
      const ended = await app.reconcile(context).catch((error: unknown) => {
        assert.ok(error instanceof Died);
      });
      if (ended !== undefined) break;
      // No client ever reads a value that does not log in.
      if (app.secret.with("AWSCURRENT") !== undefined) await app.whoami();
      await app.reconcile();
      assert.equal(await app.whoami(), `${app.settings.users[0]} as ${app.settings.ownerRole}`);
    }
  });

  describe("when something was changed from outside", () => {
    const changes: Readonly<Record<string, (app: World) => Promise<unknown> | void>> = {
      "a changed password": (app) =>
        app.administer(`alter role ${app.secret.value().username} password 'changed'`),
      "a dropped user": (app) => {
        const user = app.secret.value().username;
        const { dbname } = app.settings;
        return app.administer(`revoke all on database ${dbname} from ${user}`, `drop role ${user}`);
      },
      "a user without login": (app) =>
        app.administer(`alter role ${app.secret.value().username} nologin`),
      "an expired user": (app) =>
        app.administer(`alter role ${app.secret.value().username} valid until '2020-01-01'`),
      "an old value put back as current": (app) => {
        const old = [...app.secret.versions].find(
          ([, { text }]) => JSON.parse(text ?? "{}").username === app.settings.users[0],
        )?.[0];
        app.secret.move("AWSCURRENT", old, app.secret.with("AWSCURRENT"));
      },
      "the role at login lost": (app) => {
        const { dbname, users } = app.settings;
        return app.administer(
          ...users.map((user) => `alter role ${user} in database ${dbname} reset role`),
        );
      },
      "the membership revoked": (app) => {
        const { ownerRole, users } = app.settings;
        return app.administer(`revoke ${ownerRole} from ${users.join(", ")}`);
      },
      "passwords restored with a snapshot": (app) =>
        app.administer(...app.settings.users.map((user) => `alter role ${user} password 'old'`)),
      "another host in the secret": (app) => {
        app.secret.put(JSON.stringify({ ...app.secret.value(), host: "db.attacker.example" }));
      },
      "a value without JSON": (app) => {
        app.secret.put("canary-Of-A-Value");
      },
      "the administrator in the secret": (app) => {
        app.secret.put(JSON.stringify({ ...app.secret.value(), ...ADMINISTRATOR }));
      },
    };

    for (const [change, make] of Object.entries(changes)) {
      for (const heal of ["reconcile", "rotate"] as const) {
        it(`${heal} heals ${change}`, async () => {
          const app = await reconciled();
          await app.rotate();
          await make(app);
          await app[heal]();
          const { username, host } = app.secret.value();
          assert.equal(await app.whoami(), `${username} as ${app.settings.ownerRole}`);
          assert.equal(host, app.settings.host);
          await app.rotate();
          await app.whoami();
        });
      }
    }

    it("keeps the password when facts of the secret are corrected", async () => {
      const app = await reconciled();
      const before = app.secret.value();
      app.secret.put(JSON.stringify({ ...before, host: "elsewhere", port: "5432" }));
      const { reconciled: words } = await app.reconcile();
      assert.deepEqual(words, [
        "roles and grants are in place",
        "host, port of the secret corrected",
      ]);
      assert.deepEqual(app.secret.value(), before);
    });

    it("takes a rotation that names the current user off, and rotates again", async () => {
      const app = await reconciled();
      const first = app.secret.with("AWSCURRENT");
      await app.rotate();
      const token = app.secret.rotate();
      await app.step("createSecret", token);
      // The value of the first user again, while a new one of it is on its way.
      app.secret.move("AWSCURRENT", first, app.secret.with("AWSCURRENT"));
      const current = app.secret.value();
      await assert.rejects(app.rotate(token), {
        name: "RotationError",
        message: `the value of the rotation names ${app.settings.users[0]}, as AWSCURRENT does: its password would change under running clients; the label AWSPENDING is taken off it: start the rotation again`,
      });
      await app.whoami(current);
      await app.rotate();
      await app.whoami();
      await app.whoami(current);
    });
  });

  it("tests alone a version without a value, and says where the login does not work", async () => {
    const app = await reconciled();
    const token = app.secret.rotate();
    await app.step("testSecret", token);
    await app.step("testSecret", "a version that is gone");
    await app.administer(`alter role ${app.settings.users[0]} password 'changed'`);
    await assert.rejects(app.step("testSecret", token), {
      message: `the server refuses the login of ${app.settings.users[0]}`,
    });
  });

  it("fails its test when a user acts as itself", async () => {
    const app = await reconciled();
    const { users, ownerRole } = app.settings;
    const token = app.secret.rotate();
    await app.step("createSecret", token);
    await app.step("setSecret", token);
    await app.administer(`revoke ${ownerRole} from ${users[1]}`);
    const problem = {
      message: `${users[1]} logs in as ${users[1]} and acts as ${users[1]} instead of ${ownerRole}: its objects would not be the other user's`,
    };
    await assert.rejects(app.step("testSecret", token), problem);
    await assert.rejects(app.step("finishSecret", token), problem);
    await app.rotate(token);
    assert.equal(await app.whoami(), `${users[1]} as ${ownerRole}`);
  });

  it("waits for the minimum age, and heals before it does", async () => {
    const app = world({ minimumAgeSeconds: 600 });
    await app.reconcile();
    await app.administer(`alter role ${app.settings.users[0]} password 'changed'`);
    const token = app.secret.rotate();
    await assert.rejects(app.rotate(token), /the current value is from .* rotate again then$/);
    await app.whoami();
    app.secret.versions.forEach((version) => (version.created = new Date(Date.now() - 601_000)));
    await app.rotate(token);
    await app.whoami();
  });

  it("lets a reader read what the owner has and will have, and nothing more", async () => {
    const owner = await reconciled();
    await owner.as(undefined, ...prefixed(MAKING, "early_"));
    const reader = world({
      ...{ dbname: owner.settings.dbname, access: "read" },
      readsFrom: owner.settings.ownerRole,
    });
    await reader.reconcile();
    await owner.rotate();
    await owner.as(undefined, ...prefixed(MAKING, "late_"));
    for (let turn = 0; turn < 2; turn += 1) {
      await reader.as(undefined, "select * from early_orders", "select * from late_orders");
      for (const denied of [
        "insert into late_orders (mood) values ('new')",
        "create table mine ()",
        `set role ${owner.settings.ownerRole}`,
      ]) {
        await assert.rejects(reader.as(undefined, denied), { code: "42501" });
      }
      await reader.rotate();
    }
  });

  it("deploys several users of one database at the same time", async () => {
    const owner = await worldOfItsOwn();
    const { dbname, ownerRole } = owner.settings;
    const readers = [1, 2, 3].map(() => world({ dbname, access: "read", readsFrom: ownerRole }));
    await Promise.all([...readers, owner].map((app) => app.reconcile()));
    await owner.as(undefined, "create table shared_orders ()");
    for (const reader of readers) await reader.as(undefined, "select * from shared_orders");
  });

  it("takes over what the administrator made as the app's user, and no other database", async () => {
    const app = await worldOfItsOwn({ schema: "shop" });
    const { dbname, ownerRole } = app.settings;
    await server.administer("postgres", "create database kept_by_dba");
    await app.administer(
      ...["create schema shop", "create schema more", "create extension citext"],
      ...prefixed(MAKING, "shop."),
      "create table more.things (name citext)",
    );
    const { reconciled: words } = await app.reconcile();
    assert.match(words[1] ?? "", /^objects of dba handed over to app\d+_owner: \d\d$/);
    const owners = `select nspname || '.' || relname as relation, pg_get_userbyid(relowner) as owner
      from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname in ('shop', 'more') and relowner <> '${ownerRole}'::regrole`;
    assert.deepEqual(await app.administer(owners), []);
    assert.deepEqual(
      await app.administer(
        `select datname, pg_get_userbyid(datdba) as owner from pg_database
          where datname in ('kept_by_dba', '${dbname}') order by 1`,
      ),
      [
        { datname: dbname, owner: ownerRole },
        { datname: "kept_by_dba", owner: "dba" },
      ],
    );
    await app.as(undefined, ...prefixed(Object.values(KINDS), "shop."));
    await app.rotate();
    await app.as(undefined, "alter table more.things add column n int", "drop schema shop cascade");
    assert.deepEqual(await app.reconcile(), {
      reconciled: ["roles and grants are in place"],
    });
  });

  it("names what is wrong with the connection, in words", async () => {
    const app = await reconciled();
    const { settings } = app;
    const login = { username: settings.users[0], password: "canary-Of-A-Password" };
    const failing = async (changed: Partial<typeof settings>, ca = server.certificate) => {
      const database = postgres({ ...settings, ...changed }, ca);
      const error: unknown = await database.login(login).catch((caught: unknown) => caught);
      return error instanceof RotationError ? error.message : error;
    };
    const at = (dbname: string, port: number, host = "localhost") =>
      `the database ${dbname} at ${host}:${port} cannot be reached as ${login.username}: `;
    const { dbname, port } = settings;
    assert.equal(await failing({}), undefined);
    assert.equal(
      await failing({ host: "127.0.0.1" }),
      `${at(dbname, port, "127.0.0.1")}its certificate is for another host name`,
    );
    assert.equal(
      await failing({}, server.foreignCertificate),
      `${at(dbname, port)}no authority of ca.pem has signed its certificate`,
    );
    app.secret.administrator = JSON.stringify({ ...ADMINISTRATOR, password: "canary-wrong" });
    await assert.rejects(app.reconcile(), {
      message: `the database ${dbname} at localhost:${port}: could not log in as the administrator dba of masterSecretArn: its password is refused: the secret is not the administrator's, or a change of it is still on its way`,
    });
  });

  describe("in the logs of all tests above", () => {
    it("leaves no password in the server's log nor in its own, also where statements fail", async () => {
      const app = await reconciled();
      await app.administer(
        `create role ${app.settings.users[1]}_x`,
        `drop role ${app.settings.users[1]}_x`,
      );
      const broken = app.context;
      await assert.rejects(
        app.rotate(undefined, {
          ...broken,
          database: {
            ...broken.database,
            administer: (administrator, plan) =>
              broken.database.administer(administrator, (facts) =>
                plan(facts).map(({ does, text }) => ({
                  does,
                  text: text.replace(/ valid until .*/, " valid until 'never ever'"),
                })),
              ),
          },
        }),
        { message: /could not set the password of app\d+_app_clone: error 22007$/ },
      );
      const { log } = server;
      assert.match(log, /alter role .* with login password 'SCRAM-SHA-256\$/i);
      assert.match(log, /STATEMENT: {2}alter role/i);
      const passwords = worlds.flatMap(({ secret }) =>
        secret.values.flatMap((text) => /"password":"([^"]+)"/.exec(text)?.[1] ?? text),
      );
      const written = [log, ...worlds.flatMap(({ lines }) => lines)].join("\n");
      assert.ok(passwords.length > 60);
      for (const password of new Set([...passwords, ADMINISTRATOR.password])) {
        assert.ok(!written.includes(password), "a password was logged");
      }
    });
  });
});
