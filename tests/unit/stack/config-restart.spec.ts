import * as assert from "node:assert/strict";
import { plainAppArgs } from "../../../stack/app-args";
import { accepted, issues, ownApp } from "./config";

type Sections = Readonly<Record<string, unknown>>;

/** An app with a user whose credentials rotate, and variables of them. */
const rotating = (more: Sections = {}, rotation: unknown = { every: "1d" }): Sections =>
  ownApp({ database: { name: "orders", user: { rotation } }, ...more });

const wrong = (one: Sections, sections: Sections = {}): readonly string[] =>
  issues({ apps: [one], ...sections });

describe("how an app follows a rotation, in the stack's configuration", () => {
  it("is what CsiSecretsApp takes", () => {
    const restartSchedule = {
      cron: "0 */2 * * *",
      timeZone: "Europe/Berlin",
      suspend: true,
      image: "registry.example.com/kubectl:1",
    };
    const moreSecrets = [
      { secretName: "billing", env: { TOKEN: "token" }, rotation: { every: "7d" } },
    ];
    const [app] = accepted({
      apps: [rotating({ restart: "scheduled", restartSchedule, moreSecrets })],
    }).apps;
    const args = plainAppArgs(app ?? assert.fail("no app"));
    assert.deepEqual(
      [args.restart, args.restartSchedule, args.moreSecrets],
      ["scheduled", restartSchedule, moreSecrets],
    );
  });

  it("goes by the user's schedule, its default included", () => {
    const none = { restart: "none" };
    const rule =
      'shop:apps[0].restart must be "scheduled" or "reloader": a variable keeps the value of the ' +
      "pod's start, and these change with a rotation: 'env.DB_USERNAME', 'env.DB_PASSWORD'; or leave " +
      "them out, and read the files";
    assert.deepEqual(wrong(rotating(none)), [rule]);
    assert.deepEqual(wrong(rotating(none, {})), [rule]);
    assert.deepEqual(wrong(rotating(none, false)), []);
    assert.deepEqual(wrong(rotating({ ...none, env: { DB_HOST: "host" } })), []);
    assert.deepEqual(wrong(rotating({ restartSchedule: { cron: "0 3 * * 0" } }, {})), []);
    assert.deepEqual(wrong(rotating({ restartSchedule: { cron: "0 3 * * 0" } })), [
      "shop:apps[0].restartSchedule.cron must restart the pods between any two rotations of " +
        "'env.DB_USERNAME', which may be 21 hours apart, with an hour to spare; up to 168 hours lie between two " +
        "restarts",
    ]);
  });

  it("is told to be wrong where the user's schedule is left empty, and not taken for an object", () => {
    assert.deepEqual(wrong(rotating({}, null)), [
      "shop:apps[0].database.user.rotation must be false or an object; got null",
    ]);
  });

  it("leaves the room in a name that a scheduled restart needs", () => {
    const name = "a".repeat(45);
    assert.deepEqual(wrong(rotating({ name, restart: "reloader" })), []);
    assert.deepEqual(wrong(rotating({ name })), [
      "shop:apps[0].name must have 44 characters at most where pods are restarted on a schedule " +
        `('restart'); got "${name}"`,
    ]);
  });

  it("is known of further secrets, too", () => {
    const secret = { secretName: "billing", env: { TOKEN: "token" } };
    const env = {};
    assert.deepEqual(wrong(ownApp({ env, restart: "none", moreSecrets: [secret] })), []);
    assert.deepEqual(
      wrong(
        ownApp({ env, restart: "none", moreSecrets: [{ ...secret, rotation: { every: "7d" } }] }),
      ).map((issue) => issue.slice(0, 31)),
      ['shop:apps[0].restart must be "s'],
    );
    assert.deepEqual(
      wrong(ownApp({ moreSecrets: [{ ...secret, rotation: { every: "weekly" } }] })).map((issue) =>
        issue.slice(0, 55),
      ),
      ["shop:apps[0].moreSecrets[0].rotation.every must be a nu"],
    );
    assert.deepEqual(wrong(ownApp({ moreSecrets: [{ ...secret, rotation: {} }] })), [
      "shop:apps[0].moreSecrets[0].rotation.every is missing",
    ]);
  });

  it("says of a wrong schedule so once, where it is", () => {
    assert.deepEqual(
      wrong(rotating({}, { every: "weekly" })).map((issue) => issue.split(" ")[0]),
      ["shop:apps[0].database.user.rotation.every"],
    );
  });

  it("needs the driver's rotation", () => {
    const off = { driver: { rotation: false } };
    const rule =
      "shop:driver.rotation must not be false: a secret of apps[0] rotates, and the files of a " +
      "running pod would never change";
    const more = { secretName: "billing", rotation: { every: "7d" } };
    assert.deepEqual(wrong(rotating(), off), [rule]);
    assert.deepEqual(wrong(ownApp({ moreSecrets: [more] }), off), [rule]);
    assert.deepEqual(wrong(rotating({}, false), off), []);
    assert.deepEqual(wrong(ownApp(), off), []);
  });
});
