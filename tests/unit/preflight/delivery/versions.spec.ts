import * as assert from "node:assert/strict";
import { type Secret } from "../../../../preflight/delivery";
import { contents, deliver, outcome, REGION, secret, sm, ssm } from "./deliver";

describe("versions of secrets", () => {
  const versions: Secret = {
    versions: [
      { id: "old", stages: ["AWSPREVIOUS", "blue"], value: "1" },
      { id: "new", stages: ["AWSCURRENT"], value: "2" },
      { id: "bare", stages: [] },
    ],
  };
  const cases: readonly [object, string][] = [
    [{}, "2"],
    [{ objectVersionLabel: "AWSPREVIOUS" }, "1"],
    [{ objectVersionLabel: "blue" }, "1"],
    [{ objectVersion: "old" }, "1"],
    [{ objectVersion: "old", objectVersionLabel: "blue" }, "1"],
    [
      { objectVersion: "old", objectVersionLabel: "AWSCURRENT" },
      "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId.",
    ],
    [
      { objectVersion: "none" },
      "ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: none",
    ],
    [
      { objectVersionLabel: "none" },
      "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    ],
    [
      { objectVersion: "bare" },
      "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    ],
  ];
  for (const [more, expected] of cases) {
    it(`${JSON.stringify(more)}: ${expected}`, () => {
      const delivery = deliver({ entries: [sm("s", more)], primary: { secrets: { s: versions } } });
      assert.equal(
        delivery.ok ? contents(delivery).s : delivery.error.split(", ").at(-1),
        expected,
      );
    });
  }

  it("finds a secret by its full and its partial ARN", () => {
    for (const end of ["s", "s-AbCdEf"]) {
      const objectName = `arn:aws:secretsmanager:${REGION}:1:secret:${end}`;
      const delivery = deliver({ entries: [{ objectName, objectAlias: "f" }] });
      assert.deepEqual(contents(delivery), { f: "v" });
    }
  });

  it("takes parameters by version, by label and by ARN", () => {
    const parameters = { "/p": { versions: ["one", "two"], labels: { blue: 1 } } };
    const entries = [
      ssm("/p", { objectAlias: "current" }),
      ssm(`arn:aws:ssm:${REGION}:1:parameter/p`, { objectAlias: "arn", objectVersion: "1" }),
    ];
    assert.deepEqual(contents(deliver({ entries: entries.slice(0, 1), primary: { parameters } })), {
      current: "two",
    });
    assert.deepEqual(contents(deliver({ entries: entries.slice(1), primary: { parameters } })), {
      arn: "one",
    });
    const label = ssm("/p", { objectAlias: "blue", objectVersionLabel: "blue" });
    assert.deepEqual(outcome(deliver({ entries: [label], primary: { parameters } })), {
      files: { blue: "one" },
      versions: { blue: "1" },
    });
  });

  it("gives a parameter that is listed twice to the last entry", () => {
    const entries = [ssm("p", { objectAlias: "a" }), ssm("p", { objectAlias: "b" })];
    const delivery = deliver({ entries, primary: { parameters: { p: { versions: ["v"] } } } });
    assert.deepEqual(contents(delivery), { b: "v" });
  });
});

describe("a mount with versions from before", () => {
  const existing = (content: string) => ({ mode: 0o600, content: Buffer.from(content) });

  it("reads a current secret from the mount again", () => {
    const delivery = deliver({
      currentVersions: { s: "id-1" },
      existingFiles: { s: existing("old"), other: existing("kept") },
    });
    assert.deepEqual(outcome(delivery), {
      files: { s: "old", other: "kept" },
      versions: { s: "id-1" },
    });
    assert.deepEqual(delivery.apiCalls, { PodIdentityCredentials: 1, DescribeSecret: 1 });
    assert.deepEqual(
      delivery.files.map(({ mode }) => mode),
      [0o600, 0o644],
    );
  });

  it("fetches a secret whose version moved on", () => {
    const delivery = deliver({
      currentVersions: { s: "id-0", gone: "1" },
      existingFiles: { s: existing("old") },
    });
    assert.deepEqual(outcome(delivery), {
      files: { s: "v" },
      versions: { s: "id-1", gone: "1" },
    });
    assert.equal(delivery.apiCalls.GetSecretValue, 1);
  });

  it("asks nothing about a pinned version", () => {
    const delivery = deliver({
      entries: [sm("s", { objectVersion: "id-1" })],
      currentVersions: { s: "id-1" },
      existingFiles: { s: existing("old") },
    });
    assert.deepEqual(delivery.apiCalls, {});
    assert.deepEqual(contents(delivery), { s: "old" });
  });

  it("fails on a current secret whose file is missing", () => {
    const delivery = deliver({ currentVersions: { s: "id-1" } });
    assert.equal(
      delivery.log[0],
      "W: failed to read secret s: open <TARGET>/s: no such file or directory",
    );
  });

  it("needs to describe a secret that shares its file name with an earlier one", () => {
    const entries = [sm("s"), sm("t", { objectAlias: "s" })];
    const secrets = { s: secret("v"), t: secret("w", "id-2") };
    const delivery = deliver({ entries, primary: { secrets } });
    assert.deepEqual(contents(delivery), { s: "w" });
    assert.equal(delivery.apiCalls.DescribeSecret, 1);
  });
});
