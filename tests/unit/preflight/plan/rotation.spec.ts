import * as assert from "node:assert/strict";
import { collectFacts } from "../../../../preflight/doctor";
import { plannedApps } from "../../../../preflight/plan/chain";
import type { PlannedLogin, PlannedRotation } from "../../../../preflight/plan/chain/rotation";
import { rotationFacts } from "../../../../preflight/plan/report/html/chain-facts";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { runProgram } from "../../../program/program";
import { Draft } from "../doctor/draft";
import { CONTEXT, stackRegistrations } from "../doctor/programs";

const ROTATION: PlannedRotation = {
  schedule: "every day",
  windowHours: 3,
  by: "DatabaseUser",
  users: "two",
  follows: true,
  lagSeconds: 210,
};

describe("who logs in with a secret, and when it rotates", () => {
  let registrations: readonly Registration[];
  before(async () => ({ registrations } = await runProgram("local-rotation")));

  const secretsOf = (draft: Draft) =>
    plannedApps(collectFacts(draft.registrations, CONTEXT)).map(({ name, mounts }) => {
      const [secret] = mounts.flatMap(({ secrets }) => secrets);
      return { name, login: secret?.planned?.login, rotation: secret?.rotation };
    });
  const orders = (change: (draft: Draft) => unknown) => {
    const draft = new Draft(registrations);
    change(draft);
    return secretsOf(draft)[0];
  };

  it("are an owner and a reader of one database", () => {
    assert.deepEqual(secretsOf(new Draft(registrations)), [
      {
        name: "orders",
        login: {
          users: ["orders", "orders_clone"],
          access: "owner",
          role: "orders_owner",
          readsFrom: undefined,
        },
        rotation: ROTATION,
      },
      {
        name: "reports",
        login: {
          users: ["reports", "reports_clone"],
          access: "read",
          role: "reports_read",
          readsFrom: "orders_owner",
        },
        rotation: ROTATION,
      },
    ]);
  });

  it("are the master user, and never, where nobody has another one", async () => {
    const draft = new Draft(await stackRegistrations("Pod Identity and Helm"));
    assert.deepEqual(secretsOf(draft), [
      {
        name: "orders-api",
        login: { users: ["app_owner"], access: "master" },
        rotation: undefined,
      },
    ]);
  });

  it("are unknown as far as they are not known", () => {
    assert.deepEqual(
      orders((draft) => draft.set("orders-schedule", ["rotationRules"], UNKNOWN))?.rotation,
      { ...ROTATION, schedule: undefined, windowHours: undefined },
    );
    const driver = ["values", "secrets-store-csi-driver"] as const;
    assert.deepEqual(
      orders((draft) => draft.set("secrets-release", [...driver, "rotationPollInterval"], UNKNOWN))
        ?.rotation,
      { ...ROTATION, lagSeconds: undefined },
    );
    assert.deepEqual(orders((draft) => draft.remove("secrets-release"))?.rotation, {
      ...ROTATION,
      follows: undefined,
      lagSeconds: undefined,
    });
    assert.deepEqual(
      orders((draft) => draft.set("secrets-release", [...driver, "enableSecretRotation"], false))
        ?.rotation,
      { ...ROTATION, follows: false, lagSeconds: undefined },
    );
  });
});

describe("the words for it", () => {
  const login: PlannedLogin = { users: ["a", "a_clone"], access: "owner", role: "a_owner" };

  it("name users, role and access", () => {
    const said = (more: Partial<PlannedLogin>) => rotationFacts({ ...login, ...more }, undefined);
    assert.deepEqual(said({}), [
      ["Login", "a, a_clone"],
      ["", "take turns · act as a_owner · own what they make"],
    ]);
    assert.deepEqual(said({ access: "read", readsFrom: "b_owner" })[1], [
      ...["", "take turns · act as a_owner · read what b_owner owns"],
    ]);
    assert.deepEqual(said({ users: ["dba"], access: "master", role: undefined }), [
      ["Login", "dba"],
      ["", "the master user"],
    ]);
    assert.deepEqual(said({ users: undefined, access: undefined, role: undefined }), [
      ["Login", "unknown"],
      ["", "access unknown"],
    ]);
    assert.equal(said({ access: "read" })[1]?.[1], "take turns · act as a_owner · read only");
  });

  it("tell schedule and lag, known or not", () => {
    const said = (more: Partial<PlannedRotation>) =>
      rotationFacts(undefined, { ...ROTATION, ...more }).map(([, text]) => text);
    assert.deepEqual(rotationFacts(undefined, undefined), []);
    assert.deepEqual(said({}), ["every day · window of 3 hours", "in pods within 210 seconds"]);
    assert.deepEqual(said({ windowHours: undefined, users: "one", follows: false }), [
      "every day · one user, refused until pods follow",
      "never in running pods",
    ]);
    assert.deepEqual(
      said({
        ...{ schedule: undefined, windowHours: undefined, by: undefined },
        ...{ users: undefined, lagSeconds: undefined },
      }),
      ["unknown · by an unknown function", "in pods after an unknown time"],
    );
  });
});
