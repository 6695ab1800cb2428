import * as assert from "node:assert/strict";
import { keyOf, KmsKeys, tokenIssuersOf } from "../../../../preflight/doctor/facts/keys";
import { type Statement, statementsOf } from "../../../../preflight/doctor/iam";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { type Declared, registered } from "./registered";

const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const ALIAS = "aws:kms/alias:Alias";
const GRANT = "aws:kms/grant:Grant";
const ARN = "arn:aws:kms:eu-central-1:123456789012:key/1";
const BARE = { arn: ARN, grants: [] };
const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

const STATEMENT = { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" };
const policyWith = (Resource: string) =>
  JSON.stringify({ Statement: [{ ...STATEMENT, Resource }] });
const readPolicy = (label: string, resource: string): Statement => ({
  label: `policy of key ${label}, statement 1`,
  effect: "Allow",
  actions: { patterns: ["kms:*"], negated: false },
  resources: { patterns: [resource], negated: false },
  principals: "everyone",
  conditions: [],
  understood: true,
});

/** The keys of a program in which some `keyId` or `targetKeyId` comes from resources. */
async function keysOf(
  resources: readonly Declared[],
  sources: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {},
): Promise<KmsKeys> {
  const registrations = await registered(...resources);
  return new KmsKeys(
    registrations.map((each) => ({ ...each, propertyDependencies: sources[each.name] ?? {} })),
  );
}

const grantsOf = async (properties: object): Promise<readonly Statement[] | undefined> =>
  (
    await keysOf([
      [KEY, "key", { arn: ARN }],
      [GRANT, "use", { keyId: ARN, ...properties }],
    ])
  ).find(ARN)?.grants;

const GRANTED: Statement = {
  label: "grant use, statement 1",
  effect: "Allow",
  actions: { patterns: ["kms:Decrypt", "kms:GenerateDataKey"], negated: false },
  resources: { patterns: ["*"], negated: false },
  principals: { AWS: ["arn:aws:iam::123456789012:role/app"] },
  conditions: [],
  understood: true,
};
const GRANTING = {
  granteePrincipal: "arn:aws:iam::123456789012:role/app",
  operations: ["Decrypt", "GenerateDataKey"],
};

describe("the KMS keys of a program", () => {
  for (const kind of ["key:Key", "externalKey:ExternalKey", "replicaKey:ReplicaKey"]) {
    it(`are found as ${kind} by URN, ARN, key id and id`, async () => {
      const type = `aws:kms/${kind}`;
      const keys = await keysOf([[type, "key", { arn: ARN, keyId: "1", id: "i" }]]);
      for (const address of [urnOf(type, "key"), ARN, "1", "i"]) {
        assert.deepEqual(keys.find(address), BARE, address);
      }
      assert.equal(keys.find("2"), undefined);
    });
  }

  it("are replicas of external keys, too, and nothing that begins or ends alike", async () => {
    const type = "aws:kms/replicaExternalKey:ReplicaExternalKey";
    assert.deepEqual((await keysOf([[type, "key", { arn: ARN }]])).find(ARN), BARE);
    const others = ["acme:aws:kms/key:Key", "aws:kms/keyStore:KeyStore", KEY_POLICY, ALIAS];
    for (const other of [...others, "aws:kms/customKey:Key"]) {
      assert.equal((await keysOf([[other, "key", { arn: ARN }]])).find(ARN), undefined, other);
    }
  });

  it("are found by an alias in the region that asks, as each has aliases of its own", async () => {
    const there = ARN.replace(/^(arn:aws:kms:)[^:]+/, "$1ap-south-1");
    const keys = await keysOf([
      [KEY, "here", { arn: ARN }],
      [KEY, "there", { arn: there }],
      [ALIAS, "alias-here", { name: "alias/shop", targetKeyId: ARN }],
      [ALIAS, "alias-there", { name: "alias/shop", targetKeyId: there }],
    ]);
    const [, , , region] = ARN.split(":");
    assert.deepEqual(
      [region, "ap-south-1", "us-east-1", undefined].map(
        (each) => keys.find("alias/shop", each)?.arn,
      ),
      [ARN, there, there, there],
    );
  });

  it("have no ARN where only the update tells it", async () => {
    const keys = await keysOf([[KEY, "key", { arn: UNKNOWN, id: "1" }]]);
    assert.deepEqual(keys.find("1"), { arn: undefined, grants: [] });
    assert.equal(keys.find(UNKNOWN), undefined);
  });

  it("have a policy of their own, or one that stands apart and goes before it", async () => {
    const own: Declared = [KEY, "own", { arn: ARN, policy: policyWith("own") }];
    assert.deepEqual((await keysOf([own])).find(ARN), {
      ...BARE,
      policy: [readPolicy("own", "own")],
    });
    const keys = await keysOf([
      own,
      [KEY, "other", { arn: "other" }],
      [KEY_POLICY, "apart", { keyId: ARN, policy: policyWith("apart") }],
    ]);
    assert.deepEqual(keys.find(ARN), { ...BARE, policy: [readPolicy("own", "apart")] });
    assert.deepEqual(keys.find("other"), { arn: "other", grants: [] });
  });

  it("have what is known of a policy that was made of something unknown", async () => {
    const keys = await keysOf([[KEY, "own", { arn: ARN, policy: policyWith(HOLE) }]]);
    assert.deepEqual(keys.find(ARN), { ...BARE, policy: [readPolicy("own", HOLE)] });
    const unread = await keysOf([[KEY, "own", { arn: ARN, policy: UNKNOWN }]]);
    assert.deepEqual(unread.find(ARN), {
      ...BARE,
      policy: statementsOf("policy of key own", UNKNOWN),
    });
  });

  it("are found by what a policy, a grant or an alias came from", async () => {
    const key = urnOf(KEY, "key");
    const others = ["urn:of-something-else", key];
    const keys = await keysOf(
      [
        [KEY, "key", { arn: UNKNOWN }],
        [KEY_POLICY, "apart", { keyId: UNKNOWN, policy: policyWith("apart") }],
        [GRANT, "use", { keyId: UNKNOWN, ...GRANTING }],
        [ALIAS, "alias", { targetKeyId: UNKNOWN, name: "alias/app" }],
      ],
      { apart: { keyId: others }, use: { keyId: others }, alias: { targetKeyId: others } },
    );
    const found = {
      arn: undefined,
      grants: [GRANTED],
      policy: [readPolicy("key", "apart")],
    };
    assert.deepEqual(keys.find(key), found);
    assert.deepEqual(keys.find("alias/app"), found);
  });

  it("have nothing of a policy, a grant or an alias that names no key of the program", async () => {
    const keys = await keysOf(
      [
        [KEY, "key", { arn: ARN }],
        [KEY_POLICY, "apart", { policy: policyWith("apart") }],
        [GRANT, "use", { keyId: UNKNOWN, ...GRANTING }],
        [ALIAS, "alias", { name: "alias/app" }],
        [ALIAS, "of-aws", { targetKeyId: "elsewhere", name: "alias/of-aws" }],
      ],
      { use: { keyId: ["urn:of-something-else"] } },
    );
    assert.deepEqual(keys.find(ARN), BARE);
    assert.equal(keys.find("alias/app"), undefined);
    assert.equal(keys.find("alias/of-aws"), undefined);
  });

  it("are found by the name and the ARN of each alias", async () => {
    const arn = "arn:aws:kms:eu-central-1:123456789012:alias/app";
    const keys = await keysOf([
      [KEY, "key", { arn: ARN, keyId: "1" }],
      [ALIAS, "first", { targetKeyId: "1", name: "alias/app", arn }],
      [ALIAS, "elsewhere", { targetKeyId: "2", name: "alias/app", arn: "other" }],
      [KEY_POLICY, "policy", { targetKeyId: "1", name: "alias/no" }],
    ]);
    for (const address of ["alias/app", arn]) assert.deepEqual(keys.find(address), BARE, address);
    assert.equal(keys.find("other"), undefined);
    assert.equal(keys.find("alias/no"), undefined);
  });
});

describe("what a grant of a KMS key permits", () => {
  it("is its operations to its grantee", async () => {
    assert.deepEqual(await grantsOf(GRANTING), [GRANTED]);
    assert.deepEqual(await grantsOf({ granteePrincipal: "app" }), [
      {
        ...GRANTED,
        actions: { patterns: [], negated: false },
        principals: { AWS: ["app"] },
      },
    ]);
  });

  it("is bound to the encryption contexts that it names", async () => {
    const constraints = [
      { encryptionContextEquals: { SecretARN: "a" } },
      { encryptionContextSubset: { tier: "b" }, other: { left: "out" } },
    ];
    const condition = (key: string, value: string) => ({
      operator: "StringEquals",
      key: `kms:EncryptionContext:${key}`,
      values: [value],
    });
    assert.deepEqual(await grantsOf({ ...GRANTING, constraints }), [
      { ...GRANTED, conditions: [condition("SecretARN", "a"), condition("tier", "b")] },
    ]);
    assert.deepEqual(await grantsOf({ ...GRANTING, constraints: [{}] }), [GRANTED]);
    const withHole = [{ encryptionContextEquals: { SecretARN: `${HOLE}:secret` } }];
    assert.deepEqual(await grantsOf({ ...GRANTING, constraints: withHole }), [
      { ...GRANTED, conditions: [condition("SecretARN", `${HOLE}:secret`)] },
    ]);
  });

  it("is not known where its operations, its grantee or what binds it are not", async () => {
    const anything = { patterns: ["*"], negated: false };
    for (const operations of [UNKNOWN, ["Decrypt", UNKNOWN]]) {
      assert.deepEqual(await grantsOf({ ...GRANTING, operations }), [
        { ...GRANTED, actions: anything, understood: false },
      ]);
    }
    for (const constraints of [
      UNKNOWN,
      [UNKNOWN],
      [{ encryptionContextEquals: UNKNOWN }],
      [{ encryptionContextSubset: { tier: UNKNOWN } }],
      [{ encryptionContextEquals: { tier: "b" }, encryptionContextSubset: UNKNOWN }],
    ]) {
      assert.deepEqual(
        await grantsOf({ ...GRANTING, constraints }),
        [{ ...GRANTED, understood: false }],
        JSON.stringify(constraints),
      );
    }
    const [grant] = (await grantsOf({ ...GRANTING, granteePrincipal: UNKNOWN })) ?? [];
    assert.deepEqual([grant?.principals, grant?.understood], [undefined, false]);
  });
});

describe("which key a property names", () => {
  it("is known, not known yet, or none", () => {
    assert.deepEqual(keyOf(ARN), { kmsKeyArn: ARN, isKeyLate: false });
    assert.deepEqual(keyOf(UNKNOWN), { kmsKeyArn: undefined, isKeyLate: true });
    assert.deepEqual(keyOf(undefined), { kmsKeyArn: undefined, isKeyLate: false });
  });
});

describe("the OpenID Connect providers of a program", () => {
  it("are those in IAM whose ARN is known, with whom their tokens are for", async () => {
    const found = await registered(
      [PROVIDER, "issuer", { arn: "issuer", clientIdLists: ["sts.amazonaws.com", "other"] }],
      [PROVIDER, "nobody", { arn: "nobody", clientIdLists: [] }],
      [PROVIDER, "unsaid", { arn: "unsaid" }],
      [PROVIDER, "late", { arn: "late", clientIdLists: UNKNOWN }],
      [PROVIDER, "partly-late", { arn: "partly-late", clientIdLists: ["a", UNKNOWN] }],
      [PROVIDER, "unknown", { arn: UNKNOWN, clientIdLists: ["a"] }],
      [PROVIDER, "made-of-unknown", { arn: `arn:${HOLE}`, clientIdLists: ["a"] }],
      [PROVIDER, "without", { clientIdLists: ["a"] }],
      ["aws:iam/samlProvider:SamlProvider", "saml", { arn: "saml", clientIdLists: ["a"] }],
    );
    const issuer = (name: string, audiences: readonly string[] | undefined) => ({
      ...{ urn: urnOf(PROVIDER, name), name, arn: name, audiences },
    });
    assert.deepEqual(tokenIssuersOf(found), [
      issuer("issuer", ["sts.amazonaws.com", "other"]),
      issuer("nobody", []),
      issuer("unsaid", undefined),
      issuer("late", undefined),
      issuer("partly-late", undefined),
    ]);
  });
});
