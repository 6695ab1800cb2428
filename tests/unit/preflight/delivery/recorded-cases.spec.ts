import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeliveryCase } from "../../../../preflight/delivery/recorded/case";
import { parseCases } from "../../../../preflight/delivery/recorded/cases";
import { disagreements } from "../../../../preflight/delivery/recorded/compare";

/** Files of recorded mounts, and how many each holds. */
const FIXTURES: readonly [string, number][] = [
  ["aws-provider-3.1.1.json", 260],
  ["aws-provider-3.1.1-second.json", 365],
];

for (const [file, count] of FIXTURES) {
  const cases = parseCases(readFileSync(join(__dirname, "../../../fixtures", file), "utf8"));

  describe(`the delivery model against the mounts of ${file}`, () => {
    it("has all the recorded mounts", () => {
      assert.equal(cases.length, count);
    });

    for (const group of new Set(cases.map((one) => one.group ?? ""))) {
      describe(group, () => {
        for (const one of cases.filter((member) => (member.group ?? "") === group)) {
          it(one.name, () => assert.deepEqual(disagreements(one), []));
        }
      });
    }
  });
}

describe("comparing the model with a recorded mount", () => {
  const recorded: DeliveryCase = {
    name: "one",
    parameters: {
      region: "us-west-2",
      usePodIdentity: "true",
      objects: '[{"objectName":"s","objectType":"secretsmanager","objectAlias":"f"}]',
    },
    secretObjects: [{ secretName: "k", type: "Opaque", data: [{ objectName: "f", key: "v" }] }],
    secrets: { s: { versions: [{ value: "v", id: "1" }] } },
    expect: {
      files: [{ path: "f", mode: "0644", content: "v" }],
      versions: { f: "1" },
      secretData: { k: { type: "Opaque", data: { v: { content: "v" } } } },
      apiCalls: { GetSecretValue: 1, PodIdentityCredentials: 1 },
    },
  };

  it("agrees where they agree", () => {
    assert.deepEqual(disagreements(recorded), []);
  });

  const wrong: readonly [string, DeliveryCase["expect"]][] = [
    ["files", { files: [{ path: "f", mode: "0644", content: "w" }] }],
    ["files", { files: [{ path: "f", mode: "0600", content: "v" }] }],
    ["files", { files: [{ path: "g", mode: "0644", content: "v" }] }],
    ["versions", { versions: { f: "2" } }],
    ["secretData", { secretData: { k: { type: "Opaque", data: {} } } }],
    ["syncErrors", { syncErrors: ["data is empty"] }],
    ["apiCalls", { apiCalls: { GetSecretValue: 2 } }],
    ["providerLog", { providerLog: ["W: denied"] }],
    ["driverError", { driverError: "missing object versions" }],
  ];
  for (const [field, change] of wrong) {
    it(`sees a difference in ${field}: ${JSON.stringify(change)}`, () => {
      const found = disagreements({ ...recorded, expect: { ...recorded.expect, ...change } });
      assert.deepEqual(
        found.map((one) => one.field),
        [field],
      );
    });
  }

  it("sees that a mount was expected to fail", () => {
    const found = disagreements({ ...recorded, expect: { error: "denied", code: "UNKNOWN" } });
    assert.deepEqual(found[0], { field: "error", expected: "denied", got: undefined });
  });

  it("accepts either service as the first one asked, where the outcome depends on it", () => {
    const objects = ["ssmparameter", "secretsmanager"].map((objectType) => ({
      objectName: "x",
      objectType,
      objectAlias: objectType,
    }));
    const parameters = { ...recorded.parameters, objects: JSON.stringify(objects) };
    const both = { ...recorded, parameters, secrets: { y: "v" }, ssm: { y: "v" } };
    const expectOf = (error: string, type: string, apiCalls: Record<string, number>) => ({
      error,
      code: "UNKNOWN",
      apiCalls: { ...apiCalls, PodIdentityCredentials: 1 },
      providerLog: [`E: Failure getting secret values from provider type ${type}: ${error}`],
    });
    const ssmFirst = expectOf("400: us-west-2: invalid parameters: x", "ssmparameter", {
      GetParameters: 1,
    });
    assert.deepEqual(disagreements({ ...both, expect: ssmFirst }), []);
    const wrongCount = { ...ssmFirst, apiCalls: { GetParameters: 2 } };
    assert.notDeepEqual(disagreements({ ...both, expect: wrongCount }), []);
  });

  it("expands full ARNs and keeps the digits of numbers", () => {
    const text = JSON.stringify([
      {
        ...recorded,
        secrets: { s: { json: { big: 0 } } },
        parameters: { ...recorded.parameters, objects: '[{"objectName":"${ARN:s}"}]' },
        secretObjects: [],
        expect: {
          files: [{ path: "${ARN:s}", mode: "0644", content: '{"big": 12345678901234567890}' }],
          versions: { "${ARN:s}": "724b5e2e-1286-50c8-948f-155c891eeb54" },
          apiCalls: recorded.expect.apiCalls,
        },
      },
    ]).replace('"big":0', '"big":12345678901234567890');
    const [expanded] = parseCases(text);
    assert.ok(expanded !== undefined);
    assert.deepEqual(disagreements(expanded), []);
  });

  it("refuses a file that holds no cases", () => {
    assert.throws(() => parseCases("{}"), /a list of cases/);
    assert.throws(() => parseCases('[{"name":"x"}]'), /case 1 has no/);
  });
});
