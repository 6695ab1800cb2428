import * as assert from "node:assert/strict";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { diagnose, RULES } from "../../preflight/doctor";
import { wrapSecret } from "../../preflight/simulation/wire/envelopes";
import { Draft } from "../unit/preflight/doctor/draft";
import { atPreview } from "./support/at-preview";
import { type Answer, PolicyClient } from "./support/policy-client";
import { evaluated, POLICY_PROGRAMS } from "./support/policy-programs";

const { ADVISORY, DISABLED, MANDATORY, REMEDIATE } = analyzer.EnforcementLevel;
const LOCATION = { accountId: "123456789012", partition: "aws" };

const sorted = (answers: readonly Answer[]) =>
  answers
    .map(({ enforcement, id, urn, message }) => `${enforcement} ${id} ${urn} ${message}`)
    .sort();
const inShort = (answers: readonly Answer[]) =>
  answers.map(({ enforcement, id }) => `${enforcement} ${id}`);

describe("the policy pack, spoken to as the engine does", () => {
  for (const name of POLICY_PROGRAMS) {
    it(`finds of ${name} what the doctor finds, where all is known`, async () => {
      const { registrations, region } = await evaluated(name);
      const found = diagnose(registrations, { region, ...LOCATION });
      const told = await PolicyClient.use((client) => client.judge(registrations, { region }));
      assert.deepEqual(
        sorted(told.filter(({ id }) => id !== "values-undecided")),
        sorted(
          found
            .filter(({ id }) => id !== "manifest-unread" && id !== "function-unanswered")
            .map(({ id, severity, urn = "", message, remedy }) => ({
              ...{ id, urn },
              enforcement: severity === "error" ? "mandatory" : "advisory",
              message: `${message}\n${remedy}`,
            })),
        ),
      );
    });
  }

  it("refuses the hand-written example at its first preview, and says what it cannot tell", async () => {
    const { registrations, region } = await evaluated("examples/hand-written");
    const told = await PolicyClient.use((client) =>
      client.judge(atPreview(registrations), { region }),
    );
    assert.deepEqual(inShort(told), [
      "mandatory driver-installed-twice",
      "mandatory sync-not-enabled",
      "mandatory token-audience-missing",
      "advisory class-edit-unnoticed",
      "advisory class-version-deprecated",
      "advisory database-open-to-addresses",
      "advisory provider-tolerations-missing",
      "advisory tls-not-forced",
      "advisory pod-not-ordered",
      "advisory rotation-off",
      "advisory rotation-off",
      "advisory identity-undecided",
      "advisory values-undecided",
    ]);
  });

  for (const [name, noted, undecided] of [
    ["the stack dev", ["api-open-to-the-world"], []],
    // The function's settings, the minimum age among them, name what the update makes.
    ["the stack prod", ["load-balancer-controller-missing"], ["rotation-undecided"]],
    ["the stack existing", [], []],
  ] as const) {
    it(`lets ${name} pass at its first preview, and does not call it fine`, async () => {
      const { registrations, region } = await evaluated(name);
      const told = await PolicyClient.use((client) =>
        client.judge(atPreview(registrations), { region }),
      );
      assert.deepEqual(
        told.filter(({ enforcement }) => enforcement === "mandatory"),
        [],
      );
      assert.deepEqual(
        [...new Set(told.map(({ id }) => id))],
        [...noted, "class-undecided", ...undecided, "values-undecided"],
      );
    });
  }

  it("says the same whatever the order in which the engine tells of the resources", async () => {
    const { registrations, region } = await evaluated("examples/hand-written");
    await PolicyClient.use(async (client) => {
      const told = await client.judge(registrations, { region });
      assert.deepEqual(await client.judge([...registrations].reverse(), { region }), told);
    });
  });

  it("tells of every rule why it is one, what to do, and where to read of it", async () => {
    const info = await PolicyClient.use((client) => client.info());
    const policies = info.getPoliciesList();
    const ids = policies.map((policy) => policy.getName());
    const left = RULES.map(({ id }) => id).filter((id) => !ids.includes(id));
    assert.deepEqual(left.sort(), [
      ...["address-unread", "environment-unread", "function-unanswered", "manifest-unread"],
      ...["program-ended-early", "secret-in-program", "urn-twice"],
    ]);
    const rules = new Map(RULES.map((rule) => [rule.id, rule]));
    for (const policy of policies) {
      const rule = rules.get(policy.getName());
      if (rule === undefined) continue;
      assert.deepEqual(
        [policy.getDescription(), policy.getRemediationSteps(), policy.getUrl()],
        [rule.why, rule.remedy, rule.source],
      );
      assert.equal(policy.getEnforcementlevel(), rule.severity === "error" ? MANDATORY : ADVISORY);
    }
    assert.deepEqual([info.getName(), info.getVersion()], ["eks-db-secrets", "1.2.3"]);
    assert.equal(info.getSupportsconfig(), true);
    assert.deepEqual(
      ids.filter((id) => !rules.has(id)),
      ["values-undecided"],
    );
  });

  it("enforces a rule as it is told", async () => {
    const { registrations, region } = await evaluated("examples/hand-written");
    const policies = {
      "driver-installed-twice": DISABLED,
      "sync-not-enabled": ADVISORY,
      "tls-not-forced": MANDATORY,
      // What cannot be told refuses nothing.
      "values-undecided": MANDATORY,
    };
    const told = await PolicyClient.use((client) =>
      client.judge(atPreview(registrations), { region, policies }),
    );
    const levels = Object.fromEntries(told.map(({ id, enforcement }) => [id, enforcement]));
    assert.deepEqual(
      Object.keys(policies).map((id) => levels[id]),
      [undefined, "advisory", "mandatory", "advisory"],
    );
  });

  it("refuses a configuration that it cannot follow, all of it at once", async () => {
    await PolicyClient.use((client) =>
      assert.rejects(
        client.configure({ "no-such-rule": ADVISORY, "tls-not-forced": REMEDIATE }),
        /there is no rule "no-such-rule"; the rule "tls-not-forced" cannot be set to remediate: it changes nothing; choose disabled, advisory or mandatory/,
      ),
    );
  });

  it("changes no resource", async () => {
    const { length } = (
      await PolicyClient.use((client) => client.remediate())
    ).getRemediationsList();
    assert.equal(length, 0);
  });

  it("never says a secret, in whatever place it is", async () => {
    const { registrations, region } = await evaluated("the stack dev");
    const canary = "canary-7f3a";
    const draft = new Draft(registrations);
    for (const { name, type } of registrations) {
      if (!/:(?:Deployment|Secret|SecretVersion|Role|Instance)$/.test(type)) continue;
      draft.set(name, ["tags", "note"], wrapSecret(canary));
      draft.set(name, ["secretString"], wrapSecret(`{"password":"${canary}"}`));
      draft.set(name, ["password"], wrapSecret(canary));
    }
    draft.set("orders", ["spec", "template", "spec", "containers", 0, "image"], wrapSecret(canary));
    const told = await PolicyClient.use((client) => client.judge(draft.registrations, { region }));
    assert.ok(told.length > 0);
    assert.ok(!JSON.stringify(told).includes(canary), "a secret value is in a message");
  });
});
