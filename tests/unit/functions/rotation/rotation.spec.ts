import * as assert from "node:assert/strict";
import type { Login } from "../../../../functions/rotation/connection";
import type { Database, Session } from "../../../../functions/rotation/database";
import { ageMetric } from "../../../../functions/rotation/metrics";
import {
  reconcile,
  report,
  rotate,
  type RotationContext,
} from "../../../../functions/rotation/rotation";
import { secretsManager } from "../../../../functions/rotation/secrets";
import type { RotationSettings } from "../../../../functions/rotation/settings";
import { SecretsManagerStandIn } from "../../../functions/support/secrets-manager";
import { FACTS, SETTINGS } from "./support";

const [FIRST, SECOND] = SETTINGS.users;
const ADMINISTRATOR = { username: "dba", password: "canary-dba" };
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
const NOW = new Date("2026-11-26T12:00:00Z");
const LATER = new Date("2026-11-26T12:10:00Z");

/** A server that knows users by the number of their password statements, and no SQL. */
class DatabaseStandIn implements Database {
  readonly calls: string[] = [];
  /** Passwords that are accepted; those that were set are learnt from the next login. */
  readonly passwords = new Map<string, string>();
  readonly unknown = new Set<string>();
  owned = 0;
  actsAs = SETTINGS.ownerRole;

  login = ({ username, password }: Login): Promise<Session | undefined> => {
    this.calls.push(`login ${username}`);
    if (this.unknown.delete(username)) this.passwords.set(username, password);
    return Promise.resolve(
      this.passwords.get(username) === password
        ? { sessionUser: username, currentUser: this.actsAs }
        : undefined,
    );
  };

  administer: Database["administer"] = (administrator, plan) => {
    assert.deepEqual(administrator, ADMINISTRATOR);
    const facts = { administrator: "dba", roles: [], hasSchema: true, owned: this.owned };
    const statements = plan({ ...facts, ownedSchemas: [], otherDatabases: [] });
    const last = statements.at(-1);
    this.calls.push(`${statements.length} statements, ${last?.does ?? ""}`);
    const user = /^set the password of (.*)$/.exec(last?.does ?? "")?.[1];
    if (user !== undefined) this.unknown.add(user);
    return Promise.resolve();
  };
}

class World {
  readonly secret = new SecretsManagerStandIn(SETTINGS.secretArn);
  readonly database = new DatabaseStandIn();
  readonly lines: object[] = [];
  readonly context: RotationContext;
  time = NOW;

  constructor(more: Partial<RotationSettings> = {}) {
    this.secret.administrator = JSON.stringify(ADMINISTRATOR);
    this.secret.now = () => this.time;
    const settings = { ...SETTINGS, ...more };
    this.context = {
      settings,
      secrets: secretsManager(settings, this.secret.client),
      database: this.database,
      now: () => this.time,
      log: (fields) => void this.lines.push(fields),
    };
  }

  /** A current value that logs in. */
  put(username: string, more: object = {}): string {
    this.database.passwords.set(username, "canary");
    const value = { ...FACTS, username, password: "canary", ...more };
    return this.secret.put(JSON.stringify(value));
  }

  step(step: (typeof STEPS)[number], token: string): Promise<void> {
    return rotate(this.context, { step, token, secretId: SETTINGS.secretArn });
  }

  async rotate(): Promise<string> {
    const token = this.secret.rotate();
    for (const step of STEPS) await this.step(step, token);
    return token;
  }

  said(): unknown[] {
    return this.lines.map((line) => (line as { said: unknown }).said);
  }
}

const SETUP = `11 statements, let ${FIRST} and ${SECOND} connect`;
const setting = (user: string) => `12 statements, set the password of ${user}`;

describe("a rotation", () => {
  it("makes, sets, tests and publishes the other user's password", async () => {
    const world = new World();
    world.put(FIRST);
    world.time = LATER;
    const token = await world.rotate();
    assert.deepEqual(world.database.calls, [
      ...[`login ${FIRST}`, setting(SECOND), `login ${SECOND}`, `login ${SECOND}`],
    ]);
    const { username, password, ...facts } = world.secret.value();
    assert.equal(username, SECOND);
    assert.deepEqual(facts, FACTS);
    assert.deepEqual(world.secret.labels(), ["AWSCURRENT", "AWSPREVIOUS"]);
    assert.deepEqual(
      world.lines,
      [
        `value made for ${SECOND}`,
        `password of ${SECOND} set in the database`,
        `${SECOND} logs in and acts as orders_owner`,
        `${SECOND} logs in and acts as orders_owner; value is current`,
      ].map((said, index) => ({ step: STEPS[index], version: token, said })),
    );
    assert.ok(!JSON.stringify(world.lines).includes(password));
  });

  it("does nothing at a step that has ended", async () => {
    const world = new World({ minimumAgeSeconds: 0 });
    world.put(FIRST);
    const token = world.secret.rotate();
    await world.step("createSecret", token);
    await world.step("createSecret", token);
    assert.equal(world.secret.values.length, 2);
    await world.step("setSecret", token);
    await world.step("finishSecret", token);
    world.database.calls.length = 0;
    for (const step of ["createSecret", "setSecret", "finishSecret"] as const) {
      await world.step(step, token);
    }
    assert.deepEqual(world.database.calls, []);
    assert.deepEqual(world.said().slice(-3), Array(3).fill("the value is current already"));
    assert.equal(world.said()[1], "the value is there already");
  });

  it("takes its label off where it has died before", async () => {
    const world = new World();
    const token = world.put(FIRST);
    world.secret.versions.get(token)?.stages.push("AWSPENDING");
    await world.step("finishSecret", token);
    assert.deepEqual(world.secret.labels(), ["AWSCURRENT"]);
  });

  it("needs no current value", async () => {
    const world = new World();
    await world.rotate();
    assert.equal(world.secret.value().username, FIRST);
    assert.deepEqual(world.database.calls, [
      ...[setting(FIRST), `login ${FIRST}`, `login ${FIRST}`],
    ]);
  });

  it("sets the current password where its login is refused, also when it is too early", async () => {
    const world = new World();
    world.put(FIRST);
    world.database.passwords.set(FIRST, "changed");
    const token = world.secret.rotate();
    await assert.rejects(world.step("createSecret", token), {
      message: /^password of orders_app set in the database; the current value is from 2026/,
    });
    world.database.unknown.clear();
    world.time = LATER;
    await world.step("createSecret", token);
    assert.deepEqual(world.said(), [
      `password of ${FIRST} set in the database; value made for ${SECOND}`,
    ]);
  });

  it("counts the age from the end of the last rotation", async () => {
    const world = new World();
    world.put(FIRST);
    world.secret.rotated = new Date(LATER.getTime() - 1000);
    world.time = LATER;
    await assert.rejects(world.rotate(), {
      message: /^the current value is from 2026-11-26T12:09:59/,
    });
  });

  it("does not try a current value that is not its own", async () => {
    const world = new World({ minimumAgeSeconds: 0 });
    world.put("dba");
    await world.step("createSecret", world.secret.rotate());
    assert.deepEqual(world.database.calls, []);
  });

  it("refuses another secret, and versions that are none of it", async () => {
    const world = new World();
    world.put(FIRST);
    await assert.rejects(
      rotate(world.context, { step: "setSecret", token: "token", secretId: "another" }),
      {
        name: "RotationError",
        message:
          "the event names another secret than the settings: one function rotates one secret",
      },
    );
    for (const step of ["createSecret", "setSecret", "finishSecret"] as const) {
      await assert.rejects(world.step(step, "token"), {
        message: "the secret has no version token; start the rotation again",
      });
    }
    assert.deepEqual(world.lines, []);
  });

  it("takes the label off a value that no step can use", async () => {
    for (const step of ["createSecret", "setSecret", "finishSecret"] as const) {
      const world = new World({ minimumAgeSeconds: 0 });
      world.put(FIRST);
      const token = world.secret.rotate();
      world.secret.put(JSON.stringify({ ...FACTS, username: FIRST, password: "canary" }), token, [
        "AWSPENDING",
      ]);
      await assert.rejects(world.step(step, token), {
        message: `the value of the rotation names ${FIRST}, as AWSCURRENT does: its password would change under running clients; the label AWSPENDING is taken off it: start the rotation again`,
      });
      assert.equal(world.secret.with("AWSPENDING"), undefined);
      assert.deepEqual(world.database.calls, []);
    }
  });

  it("tests alone where a version has no value, without changing anything", async () => {
    const world = new World();
    await world.step("testSecret", world.secret.rotate());
    await world.step("testSecret", "gone");
    world.put(FIRST);
    await world.step("testSecret", world.secret.rotate());
    assert.deepEqual(world.said(), [
      ...["the secret has no value yet", "the secret has no value yet"],
      `${FIRST} logs in and acts as orders_owner`,
    ]);
    assert.deepEqual(world.database.calls, [`login ${FIRST}`]);
  });

  it("publishes nothing that does not log in as the owner", async () => {
    const world = new World({ minimumAgeSeconds: 0 });
    world.put(FIRST);
    const token = world.secret.rotate();
    await world.step("createSecret", token);
    await assert.rejects(world.step("finishSecret", token), {
      message: `the server refuses the login of ${SECOND}`,
    });
    await world.step("setSecret", token);
    world.database.actsAs = SECOND;
    await assert.rejects(world.step("testSecret", token), { message: /acts as orders_app_clone/ });
    await assert.rejects(world.step("finishSecret", token), {
      message: /acts as orders_app_clone/,
    });
    assert.equal(world.secret.value().username, FIRST);
    assert.equal(world.secret.with("AWSPENDING"), token);
  });

  it("needs an administrator that is none of its users", async () => {
    const world = new World();
    for (const [value, message] of [
      ["canary", "the administrator's secret holds no JSON with username and password"],
      [
        JSON.stringify({ username: SECOND, password: "canary" }),
        "orders_app_clone is the administrator: name other users, which cannot alter the server",
      ],
    ] as const) {
      world.secret.administrator = value;
      await assert.rejects(reconcile(world.context), { name: "RotationError", message });
    }
    assert.deepEqual(world.database.calls, []);
  });
});

describe("a deployment", () => {
  const DONE = "roles and grants are in place";

  it("makes the first value, in the database first", async () => {
    const world = new World();
    const result = { reconciled: [DONE, `first value, for ${FIRST}`] };
    assert.deepEqual(await reconcile(world.context), result);
    assert.deepEqual(world.database.calls, [SETUP, setting(FIRST), `login ${FIRST}`]);
    assert.deepEqual(world.lines, [
      { action: "reconcile", said: result.reconciled },
      ageMetric("orders-app", NOW, NOW),
    ]);
    assert.equal(world.secret.value().username, FIRST);
    assert.deepEqual(await reconcile(world.context), { reconciled: [DONE] });
    assert.equal(world.secret.values.length, 1);
  });

  it("puts no value that does not log in", async () => {
    const world = new World();
    world.database.actsAs = FIRST;
    await assert.rejects(reconcile(world.context), { message: /instead of orders_owner/ });
    assert.equal(world.secret.values.length, 0);
    world.put(FIRST);
    await assert.rejects(reconcile(world.context), { message: /instead of orders_owner/ });
  });

  it("sets the password of the secret where it is refused", async () => {
    const world = new World();
    world.put(SECOND);
    world.database.passwords.clear();
    assert.deepEqual(await reconcile(world.context), {
      reconciled: [DONE, `password of the secret set for ${SECOND}`],
    });
    assert.deepEqual(world.database.calls, [
      ...[SETUP, `login ${SECOND}`, setting(SECOND), `login ${SECOND}`],
    ]);
    assert.equal(world.secret.values.length, 1);
  });

  it("corrects the facts of the secret with the same password", async () => {
    const world = new World();
    world.put(SECOND, { host: "elsewhere" });
    assert.deepEqual(await reconcile(world.context), {
      reconciled: [DONE, "host of the secret corrected"],
    });
    assert.deepEqual(world.secret.value(), { ...FACTS, username: SECOND, password: "canary" });
  });

  it("replaces a value that it cannot use, and frees the label of one", async () => {
    const world = new World();
    world.secret.put("canary");
    const token = world.secret.rotate();
    world.secret.put("canary too", token, ["AWSPENDING"]);
    assert.deepEqual(await reconcile(world.context), {
      reconciled: [
        ...[DONE, "label AWSPENDING of an unusable value removed"],
        `new value, since the current one holds no JSON object, for ${FIRST}`,
      ],
    });
    assert.equal(world.secret.with("AWSPENDING"), undefined);
    assert.equal(world.secret.value().username, FIRST);
  });

  it("leaves a rotation alone that goes on, and ends one that is over", async () => {
    const world = new World();
    const current = world.put(FIRST);
    const token = world.secret.rotate();
    await reconcile(world.context);
    assert.equal(world.secret.with("AWSPENDING"), token);
    world.secret.move("AWSPENDING", current, token);
    await reconcile(world.context);
    assert.equal(world.secret.with("AWSPENDING"), undefined);
  });

  it("tells what it has taken over from the administrator", async () => {
    const owner = new World();
    owner.put(FIRST);
    owner.database.owned = 3;
    assert.deepEqual(await reconcile(owner.context), {
      reconciled: [DONE, "objects of dba handed over to orders_owner: 3"],
    });
    assert.deepEqual(
      owner.database.calls[0],
      "12 statements, hand the objects of dba over to orders_owner",
    );
    const reader = new World({ access: "read", readsFrom: "other_owner" });
    reader.put(FIRST);
    reader.database.owned = 3;
    assert.deepEqual(await reconcile(reader.context), { reconciled: [DONE] });
  });
});

describe("the report", () => {
  const age = (world: World) =>
    (world.lines.at(-1) as { SecondsSinceRotation: number }).SecondsSinceRotation;

  it("is the age of the last rotation, or of the first value", async () => {
    const world = new World();
    world.put(FIRST);
    world.time = LATER;
    await report(world.context);
    assert.equal(age(world), 600);
    world.secret.rotated = new Date(LATER.getTime() - 5000);
    await report(world.context);
    assert.equal(age(world), 5);
    assert.equal((world.lines[0] as { SecretName: string }).SecretName, "orders-app");
  });

  it("comes with a deployment too, so that no alarm waits a day for the first one", async () => {
    const world = new World();
    world.put(FIRST);
    world.time = LATER;
    await reconcile(world.context);
    assert.equal(age(world), 600);
  });

  it("fails without a value, so that the alarm on errors tells", async () => {
    const world = new World();
    world.secret.rotated = NOW;
    const problem = { message: "the secret has no value: deploy the stack again" };
    await assert.rejects(report(world.context), problem);
  });
});
