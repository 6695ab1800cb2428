import * as assert from "node:assert/strict";
import { plainTextSecrets } from "../../../../preflight/doctor/facts/plain-text";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered } from "./registered";

const POD = "kubernetes:core/v1:Pod";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const PASSWORD: Declared = ["random:index/randomPassword:RandomPassword", "password"];

/** What stands in plain text where a resource holds these secrets in its outputs. */
async function placesIn(
  outputs: Readonly<Record<string, unknown>>,
  manifest: Declared,
  holder: Declared = PASSWORD,
  custom = true,
) {
  const [generator, ...others] = await registered(holder, manifest);
  assert.ok(generator);
  return plainTextSecrets([{ ...generator, custom, outputs }, ...others]);
}

const placesOf = async (...manifest: Declared) =>
  (await placesIn({ result: wrapSecret("generated-password") }, manifest)).map(
    ({ where }) => where,
  );

const podWith = (container: unknown) => ({ spec: { containers: [container] } });

/** Whether a text in a ConfigMap is, or holds, a secret that a resource holds as an output. */
const isTold = async (text: unknown, output: unknown, ...holder: [Declared?, boolean?]) =>
  (await placesIn({ result: output }, [CONFIG_MAP, "config", { data: { key: text } }], ...holder))
    .length === 1;

describe("what stands in a manifest in plain text", () => {
  it("is a secret in variables, commands and arguments of each container", async () => {
    const secret = "generated-password";
    const container = (name?: string) => ({
      name,
      command: ["sh", secret],
      args: [secret, "run", `--password=${secret}`],
      env: [
        { name: "PLAIN", value: "something else" },
        { name: "DB_PASSWORD", value: secret },
        { value: secret },
        {},
      ],
    });
    const spec = { containers: [container("app")], initContainers: [container("init")] };
    const places = (of: string) => [
      ...[`command[1] of container ${of}`, `args[0] of container ${of}`],
      ...[`args[2] of container ${of}`, `variable DB_PASSWORD of container ${of}`],
      `variable  of container ${of}`,
    ];
    assert.deepEqual(await placesOf(POD, "pod", { spec }), [...places("init"), ...places("app")]);
    assert.deepEqual(await placesOf(POD, "pod", podWith(container())), places(""));
  });

  it("is told with the resource that it stands in", async () => {
    assert.deepEqual(
      await placesIn({ result: wrapSecret("generated-password") }, [
        CONFIG_MAP,
        "settings",
        { data: { url: "postgres://app:generated-password@db", host: "db.example.com" } },
      ]),
      [
        {
          urn: `urn:pulumi:test::eks-db-secrets::${CONFIG_MAP}::settings`,
          resource: "settings",
          where: "key url",
        },
      ],
    );
  });

  it("is looked for in pods, and in what makes pods, of any version", async () => {
    const container = { name: "app", command: ["generated-password"] };
    const spec = { containers: [container] };
    const template = { spec: { template: { spec } } };
    const found = ["command[0] of container app"];
    assert.deepEqual(await placesOf(POD, "pod", { spec }), found);
    assert.deepEqual(await placesOf("kubernetes:apps/v1:Deployment", "a", template), found);
    assert.deepEqual(await placesOf("kubernetes:apps/v1beta2:Deployment", "a", template), found);
    assert.deepEqual(await placesOf("kubernetes:batch/v1:Job", "job", template), found);
    assert.deepEqual(
      await placesOf("kubernetes:batch/v1:CronJob", "job", { spec: { jobTemplate: template } }),
      found,
    );
    for (const type of [
      "acme:kubernetes:core/v1:Pod",
      "kubernetes:acme.io/v1:Pod",
      "kubernetes:core/v1",
      "kubernetes:core/:Pod",
    ]) {
      assert.deepEqual(await placesOf(type, "pod", { spec }), [], type);
    }
  });

  it("is in the data of ConfigMaps alone, and not where a Secret holds it", async () => {
    const data = { key: "generated-password" };
    assert.deepEqual(await placesOf(CONFIG_MAP, "config", { data }), ["key key"]);
    assert.deepEqual(await placesOf(CONFIG_MAP, "config", podWith({ command: [data.key] })), []);
    const secret = { data, stringData: data };
    assert.deepEqual(await placesOf("kubernetes:core/v1:Secret", "secret", secret), []);
    assert.deepEqual(await placesOf("kubernetes:core/v1:ConfigMapList", "list", { data }), []);
  });

  it("is what Pulumi keeps secret itself, however short, and known", async () => {
    const command = [wrapSecret("short"), "short", wrapSecret(UNKNOWN), wrapSecret(5)];
    assert.deepEqual(await placesOf(POD, "pod", podWith({ name: "app", command })), [
      "command[0] of container app",
    ]);
    const env = [{ name: wrapSecret("NAME"), value: wrapSecret("short") }];
    assert.deepEqual(await placesOf(POD, "pod", podWith({ name: "app", env })), [
      "variable NAME of container app",
    ]);
  });

  it("is found in what is secret as a whole, of which each text is none for that", async () => {
    const found = ["command[0] of container app", "variable V of container app"];
    const container = wrapSecret({
      name: "app",
      command: wrapSecret(["generated-password", "plain"]),
      env: wrapSecret([wrapSecret({ name: "V", value: "generated-password" }), { value: "plain" }]),
    });
    for (const spec of [
      { containers: wrapSecret([container]) },
      { initContainers: wrapSecret([container]) },
    ]) {
      assert.deepEqual(await placesOf(POD, "pod", { spec: wrapSecret(spec) }), found);
      const template = wrapSecret({ spec: wrapSecret(spec) });
      assert.deepEqual(
        await placesOf("kubernetes:apps/v1:Deployment", "app", { spec: wrapSecret({ template }) }),
        found,
      );
    }
    const data = wrapSecret({ key: "generated-password", plain: "other" });
    assert.deepEqual(await placesOf(CONFIG_MAP, "config", { data }), ["key key"]);
  });
});

describe("a text that a resource made and keeps secret", () => {
  it("is told from eight characters on, and inside another one from twelve", async () => {
    assert.equal(await isTold("1234567", wrapSecret("1234567")), false);
    assert.equal(await isTold("12345678", wrapSecret("12345678")), true);
    assert.equal(await isTold("12345678901 in it", wrapSecret("12345678901")), false);
    assert.equal(await isTold("with 123456789012", wrapSecret("123456789012")), true);
    assert.equal(await isTold(UNKNOWN, wrapSecret(UNKNOWN)), false);
  });

  it("is told in each place that holds the same", async () => {
    const data = { a: "generated-password", b: "plain-text-here", c: "generated-password" };
    assert.deepEqual(await placesOf(CONFIG_MAP, "config", { data }), ["key a", "key c"]);
  });

  it("is none that is no secret, no text, of a component or of a provider", async () => {
    const text = "generated-password";
    assert.equal(await isTold(text, text), false);
    assert.equal(await isTold(text, { value: text }), false);
    assert.equal(await isTold(text, wrapSecret([text])), false);
    assert.equal(await isTold("1,2,3,4,5,6,7,8,9,10,11,12", wrapSecret([...numbers(12)])), false);
    assert.equal(await isTold(text, wrapSecret(null)), false);
    assert.equal(await isTold(text, null), false);
    assert.equal(await isTold(text, wrapSecret(text), PASSWORD, false), false);
    const provider: Declared = ["pulumi:providers:postgresql", "provider"];
    assert.equal(await isTold(text, wrapSecret(text), provider), false);
    const other: Declared = ["acme:pulumi:providers:postgresql", "other"];
    assert.equal(await isTold(text, wrapSecret(text), other), true);
  });
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
