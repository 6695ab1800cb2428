import * as assert from "node:assert/strict";
import { writtenOutSecrets } from "../../../../preflight/doctor/facts/written-out";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { registered } from "./registered";

const PLACEHOLDER = "placeholder";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const INSTANCE = "aws:rds/instance:Instance";
const SECRET = "kubernetes:core/v1:Secret";

async function foundIn(
  type: string,
  properties: object,
  more: Partial<Registration> = {},
  placeholder: string | undefined = PLACEHOLDER,
) {
  const [registration] = await registered([type, "app", properties]);
  assert.ok(registration);
  return writtenOutSecrets([{ ...registration, ...more }], placeholder);
}

const placesIn = async (...[type, properties, more]: Parameters<typeof foundIn>) =>
  (await foundIn(type, properties, more)).map(({ where }) => where);

describe("a secret that is written out", () => {
  for (const [type, property] of [
    [INSTANCE, "password"],
    [INSTANCE, "passwordWo"],
    ["aws:rds/cluster:Cluster", "masterPassword"],
    ["aws:rds/cluster:Cluster", "masterPasswordWo"],
    [VERSION, "secretString"],
    [VERSION, "secretStringWo"],
  ] as const) {
    it(`is the text of ${property} of ${type}`, async () => {
      const told = [
        {
          urn: `urn:pulumi:test::eks-db-secrets::${type}::app`,
          resource: "app",
          where: `the property ${property}`,
        },
      ];
      assert.deepEqual(await foundIn(type, { [property]: "canary" }), told);
      assert.deepEqual(await foundIn(type, { [property]: wrapSecret("canary") }), told);
    });
  }

  for (const property of ["stringData", "data"]) {
    it(`is under a key of the ${property} of a Secret`, async () => {
      const texts = { password: "canary", token: UNKNOWN, secret: 5, host: "db", apiKey: "canary" };
      const told = [`the key password of ${property}`, `the key apiKey of ${property}`];
      assert.deepEqual(await placesIn(SECRET, { [property]: texts }), told);
      assert.deepEqual(await placesIn(SECRET, { [property]: wrapSecret(texts) }), told);
      assert.deepEqual(await placesIn(SECRET, { [property]: "password" }), []);
    });
  }

  for (const property of ["secretString", "secretStringWo"]) {
    it(`is under a key of the JSON in ${property}`, async () => {
      const json = { username: "app", login: { password: "canary" }, token: ["canary"], pwd: 5 };
      assert.deepEqual(await placesIn(VERSION, { [property]: JSON.stringify(json) }), [
        `the key password of ${property}`,
      ]);
    });
  }

  it("is told where other parts of its JSON are not known", async () => {
    for (const unknown of [UNKNOWN, HOLE]) {
      const json = { host: unknown, token: unknown, password: "canary" };
      assert.deepEqual(await placesIn(VERSION, { secretString: JSON.stringify(json) }), [
        "the key password of secretString",
      ]);
    }
  });

  it("is the whole text where that is no setting but a password, JSON or not", async () => {
    assert.deepEqual(await placesIn(INSTANCE, { password: '{"host":"db"}' }), [
      "the property password",
    ]);
    assert.deepEqual(await placesIn(VERSION, { secretString: '{"host":"db"}' }), []);
  });

  it("is none that is absent, empty, not known, or from the configuration", async () => {
    for (const value of [undefined, "", UNKNOWN, HOLE, 5, null, `of ${PLACEHOLDER} value`]) {
      assert.deepEqual(await placesIn(INSTANCE, { password: value }), []);
      assert.deepEqual(await placesIn(VERSION, { secretString: value }), []);
      assert.deepEqual(await placesIn(SECRET, { data: { password: value } }), []);
    }
    assert.deepEqual(await placesIn(VERSION, { secretString: '{"password":""}' }), []);
  });

  it("is none that others change later, or that comes from a resource", async () => {
    const given = { password: "canary", passwordWo: "canary" };
    assert.deepEqual(await placesIn(INSTANCE, given, { ignoreChanges: ["password"] }), [
      "the property passwordWo",
    ]);
    const from = { password: ["urn:random"], passwordWo: [] };
    assert.deepEqual(await placesIn(INSTANCE, given, { propertyDependencies: from }), [
      "the property passwordWo",
    ]);
  });

  it("is looked for in these types, and only where a placeholder tells the others", async () => {
    const given = { password: "canary", stringData: { password: "canary" } };
    for (const type of [`acme:${INSTANCE}`, "aws:rds/proxy:Proxy", "kubernetes:core/v1:Secrets"]) {
      assert.deepEqual(await placesIn(type, given), [], type);
    }
    const [registration] = await registered([INSTANCE, "app", given]);
    assert.ok(registration);
    assert.deepEqual(writtenOutSecrets([registration], undefined), []);
  });
});

describe("the key of a secret", () => {
  const isSecret = async (key: string) =>
    (await placesIn(SECRET, { data: { [key]: "canary" } })).length === 1;

  it("says so", async () => {
    for (const key of [
      ...["password", "DB_PASSWD", "passphrase", "PWD", "clientSecret", "accessToken"],
      ...["apikey", "api_key", "API-KEY", "privatekey", "private_key", "private-key.pem"],
      ...["credentials", ".dockerconfigjson", ".dockercfg"],
    ]) {
      assert.equal(await isSecret(key), true, key);
    }
  });

  it("is none that says what is around it", async () => {
    for (const key of [
      ...["username", "host", "port", "dbname", "pass", "key", "public_key", "api__key"],
      ...["my.dockercfg", "docker", "private__key", "api.key", "private.key", "apixkey"],
    ]) {
      assert.equal(await isSecret(key), false, key);
    }
  });
});
