import * as assert from "node:assert/strict";
import type { SecretValue } from "../../../../functions/rotation/connection";
import {
  ageProblem,
  createDecision,
  currentSince,
  nextUser,
  pendingProblem,
  progressOf,
  reconcilePlan,
  sessionProblem,
  testDecision,
  useDecision,
  versionWith,
} from "../../../../functions/rotation/decisions";
import { SETTINGS } from "./support";

const [FIRST, SECOND] = SETTINGS.users;

const value = (username: string, differing: readonly string[] = []): SecretValue => ({
  ...{ usable: true, login: { username, password: "canary" }, differing },
});

const BROKEN: SecretValue = { usable: false, why: "holds no JSON object" };

describe("decisions of a rotation", () => {
  it("know how far it has come by the labels", () => {
    const versions = {
      one: ["AWSCURRENT", "AWSPENDING"],
      two: ["AWSPENDING"],
      three: ["AWSPREVIOUS"],
      four: ["AWSCURRENT"],
    };
    const state = { name: "orders-app", versions };
    assert.deepEqual(progressOf(state, "one"), { at: "current", pendingLabel: true });
    assert.deepEqual(progressOf(state, "two"), { at: "pending" });
    assert.deepEqual(progressOf(state, "three"), {
      at: "elsewhere",
      why: "version three has lost the label AWSPENDING: the rotation was abandoned; start it again",
    });
    assert.deepEqual(progressOf(state, "four"), { at: "current", pendingLabel: false });
    assert.deepEqual(progressOf(state, "five"), {
      at: "elsewhere",
      why: "the secret has no version five; start the rotation again",
    });
    assert.equal(versionWith(state, "AWSPREVIOUS"), "three");
    assert.equal(versionWith(state, "AWSOTHER"), undefined);
  });

  it("never choose the user that clients log in as", () => {
    assert.equal(nextUser(SETTINGS, value(FIRST)), SECOND);
    assert.equal(nextUser(SETTINGS, value(SECOND)), FIRST);
    assert.equal(nextUser(SETTINGS, undefined), FIRST);
    assert.equal(nextUser(SETTINGS, BROKEN), FIRST);
    const same = `names ${FIRST}, as AWSCURRENT does: its password would change under running clients`;
    assert.equal(pendingProblem(value(FIRST), value(FIRST)), same);
    assert.equal(pendingProblem(value(FIRST), value(SECOND)), undefined);
    assert.equal(pendingProblem(value(FIRST), undefined), undefined);
    assert.equal(pendingProblem(value(FIRST), BROKEN), undefined);
    assert.equal(pendingProblem(BROKEN, undefined), "holds no JSON object");
    assert.equal(
      pendingProblem(value(FIRST, ["host", "port"]), value(SECOND)),
      "its host, port differs from the settings",
    );
  });

  it("wait for the minimum age, and say until when", () => {
    const since = new Date("2026-11-26T12:00:00Z");
    const at = (time: string) => ageProblem(SETTINGS, since, new Date(`2026-11-26T${time}Z`));
    assert.equal(
      at("12:09:59.999"),
      "the current value is from 2026-11-26T12:00:00.000Z, and clients may not have read it yet: the password of the user before it may change from 2026-11-26T12:10:00.000Z on (minimumAge 600 s); rotate again then",
    );
    assert.equal(at("12:10:00"), undefined);
    assert.equal(ageProblem(SETTINGS, undefined, since), undefined);
    const later = new Date("2026-11-26T12:00:01Z");
    assert.equal(currentSince(since, later), later);
    assert.equal(currentSince(later, since), later);
    assert.equal(currentSince(since, undefined), since);
    assert.equal(currentSince(undefined, since), undefined);
  });

  it("go on where the step before has ended, and withdraw what cannot be used", () => {
    const pending = { at: "pending" } as const;
    const current = value(FIRST);
    const facts = { progress: pending, pending: value(SECOND), current };
    const { login } = value(SECOND) as { login: object };
    assert.deepEqual(createDecision(facts), { do: "nothing", why: "the value is there already" });
    assert.deepEqual(useDecision(facts), { do: "use", login });

    const empty = { ...facts, pending: undefined };
    assert.deepEqual(createDecision(empty), { do: "make" });
    assert.deepEqual(useDecision(empty), {
      do: "fail",
      why: "the rotation has no value: createSecret comes first",
    });

    for (const decide of [createDecision, useDecision]) {
      const over = { ...facts, progress: { at: "current", pendingLabel: true } as const };
      assert.deepEqual(decide(over), { do: "nothing", why: "the value is current already" });
      const lost = { ...facts, progress: { at: "elsewhere", why: "lost" } as const };
      assert.deepEqual(decide(lost), { do: "fail", why: "lost" });
      assert.deepEqual(decide({ ...facts, pending: BROKEN }), {
        ...{ do: "withdraw", why: "the value of the rotation holds no JSON object" },
      });
      assert.equal(decide({ ...facts, pending: current }).do, "withdraw");
    }
  });

  it("test the value of the rotation, or the current one where it has none", () => {
    const use = (user: string) => ({ do: "use", login: { username: user, password: "canary" } });
    assert.deepEqual(testDecision(value(SECOND), value(FIRST)), use(SECOND));
    assert.deepEqual(testDecision(value(FIRST), value(FIRST)), use(FIRST));
    assert.deepEqual(testDecision(undefined, value(FIRST)), use(FIRST));
    assert.deepEqual(testDecision(undefined, undefined), {
      ...{ do: "nothing", why: "the secret has no value yet" },
    });
    assert.deepEqual(testDecision(BROKEN, value(FIRST)), {
      ...{ do: "fail", why: "the value holds no JSON object" },
    });
  });

  it("want the user that logs in to act as the owner", () => {
    const problem = (sessionUser: string, currentUser: string) =>
      sessionProblem(SETTINGS, FIRST, { sessionUser, currentUser });
    assert.equal(problem(FIRST, "orders_owner"), undefined);
    assert.equal(
      problem(FIRST, FIRST),
      "orders_app logs in as orders_app and acts as orders_app instead of orders_owner: its objects would not be the other user's",
    );
    assert.match(problem(SECOND, "orders_owner") ?? "", /logs in as orders_app_clone/);
    assert.equal(
      sessionProblem(SETTINGS, FIRST, undefined),
      "the server refuses the login of orders_app",
    );
  });
});

describe("the plan of a deployment", () => {
  const plan = (...args: Parameters<typeof reconcilePlan> extends [any, infer F] ? [F] : never) =>
    reconcilePlan(SETTINGS, args[0]);
  const login = (username: string) => ({ username, password: "canary" });

  it("is nothing where all agrees", () => {
    assert.deepEqual(plan({ current: value(FIRST), accepted: true }), { words: [] });
  });

  it("makes a first value, or a new one in place of an unusable one", () => {
    assert.deepEqual(plan({ current: undefined, accepted: undefined }), {
      ...{ make: FIRST, words: ["first value, for orders_app"] },
    });
    assert.deepEqual(plan({ current: BROKEN, accepted: undefined }), {
      make: FIRST,
      words: ["new value, since the current one holds no JSON object, for orders_app"],
    });
  });

  it("sets a refused password, and corrects facts with the same password", () => {
    assert.deepEqual(plan({ current: value(SECOND), accepted: false }), {
      restore: login(SECOND),
      words: ["password of the secret set for orders_app_clone"],
    });
    assert.deepEqual(plan({ current: value(SECOND, ["host", "port"]), accepted: true }), {
      rewrite: login(SECOND),
      words: ["host, port of the secret corrected"],
    });
    assert.deepEqual(plan({ current: value(FIRST, ["host"]), accepted: false }), {
      ...{ restore: login(FIRST), rewrite: login(FIRST) },
      words: ["password of the secret set for orders_app", "host of the secret corrected"],
    });
  });

  it("takes the label off a rotation that cannot end, and leaves one that can", () => {
    const current = value(FIRST);
    const withPending = (isCurrent: boolean, pending: SecretValue | undefined) =>
      plan({ current, accepted: true, pending: { version: "two", isCurrent, value: pending } });
    const withdrawn = {
      withdraw: "two",
      words: ["label AWSPENDING of an unusable value removed"],
    };
    assert.deepEqual(withPending(false, value(SECOND)), { words: [] });
    assert.deepEqual(withPending(false, undefined), { words: [] });
    assert.deepEqual(withPending(false, value(FIRST)), withdrawn);
    assert.deepEqual(withPending(false, BROKEN), withdrawn);
    assert.deepEqual(withPending(true, current), withdrawn);
    assert.deepEqual(withPending(true, undefined), withdrawn);
    const pending = { version: "two", isCurrent: false, value: BROKEN };
    assert.deepEqual(plan({ current: undefined, accepted: undefined, pending }), {
      ...withdrawn,
      make: FIRST,
      words: [...withdrawn.words, "first value, for orders_app"],
    });
  });
});
