import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnose, RULES, RULES_BY_GROUP } from "../../../../preflight/doctor";
import { failing } from "../../../../preflight/doctor/findings";
import { planted } from "./examples";
import { CONTEXT, STACK_VARIANTS, stackRegistrations } from "./programs";

const FOLDER = join(__dirname, "../../../../preflight/doctor/rules");

describe("the rules", () => {
  it("are one file each, named after its id, and none is forgotten", () => {
    for (const [group, rules] of Object.entries(RULES_BY_GROUP)) {
      const files = readdirSync(join(FOLDER, group)).sort();
      assert.deepEqual(rules.map(({ id }) => `${id}.ts`).sort(), files);
    }
  });

  it("have ids of their own, and a reason, a remedy and a source each", () => {
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
    for (const { id, why, remedy, source } of RULES) {
      assert.match(id, /^[a-z]+(-[a-z]+)+$/);
      assert.match(why, /^[A-Z].*\.$/s, id);
      assert.match(remedy, /^[A-Z].*\.$/s, id);
      assert.equal(new URL(source).protocol, "https:", id);
    }
  });

  it("have a failing and a passing example each", () => {
    const described = readdirSync(__dirname)
      .filter((file) => file.endsWith("-rules.spec.ts"))
      .flatMap((file) => [
        ...readFileSync(join(__dirname, file), "utf8").matchAll(/\bdescribeRule\(\s*"([^"]+)"/g),
      ])
      .map(([, id]) => id);
    assert.deepEqual(described.sort(), RULES.map(({ id }) => id).sort());
  });
});

describe("a diagnosis", () => {
  for (const variant of STACK_VARIANTS) {
    it(`finds nothing but the master user in a stack with ${variant}`, async () => {
      const findings = diagnose(await stackRegistrations(variant), CONTEXT);
      assert.deepEqual(
        findings.map(({ id }) => id),
        ["master-user-in-app"],
      );
    });
  }

  it("tells the worst first, with the remedy and the resource", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .set("orders-instance", ["publiclyAccessible"], true)
          .set("orders-instance", ["skipFinalSnapshot"], true),
    });
    const findings = diagnose(registrations, CONTEXT);
    assert.deepEqual(
      findings.map(({ id }) => id),
      ["database-public", "final-snapshot-missing", "master-user-in-app"],
    );
    assert.deepEqual(findings[0], {
      id: "database-public",
      severity: "error",
      message: "the database orders-instance has a public address",
      remedy: "Set publiclyAccessible to false.",
      urn: registrations.find(({ name }) => name === "orders-instance")?.urn,
    });
  });

  it("finds nothing in a program without secrets", async () => {
    const { registrations } = await planted({
      plant: (draft) => draft.add("aws:sqs/queue:Queue", "jobs", {}),
    });
    const queue = registrations.filter(({ name }) => name === "jobs");
    assert.deepEqual(diagnose(queue, CONTEXT), []);
  });

  it("never tells a secret", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .set("orders-connection-value", ["secretString"], "plain-canary")
          .set("orders-instance", ["password"], "plain-canary")
          .set("orders-api-rds-ca", ["data", "x"], "plain-canary"),
    });
    const findings = diagnose(registrations, CONTEXT);
    assert.ok(findings.length > 1);
    assert.ok(!JSON.stringify(findings).includes("canary"));
  });
});

describe("failing", () => {
  const finding = (severity: "error" | "warning" | "note") => [
    { id: "x-y", severity, message: "" },
  ];

  it("is an error, and a warning where it is asked for", () => {
    const failed = (["error", "warning", "note"] as const).map((severity) => [
      failing(finding(severity)),
      failing(finding(severity), "warning"),
    ]);
    assert.deepEqual(failed, [
      [true, true],
      [false, true],
      [false, false],
    ]);
  });
});
