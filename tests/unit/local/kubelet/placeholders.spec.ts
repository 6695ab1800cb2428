import * as assert from "node:assert/strict";
import { placeholders } from "../../../../local/kubelet/placeholders";
import { validateObjects } from "../../../../preflight/delivery";
import { collectFacts } from "../../../../preflight/doctor/facts";
import { CONTEXT, stackRegistrations } from "../../preflight/doctor/programs";
import { Draft } from "../../preflight/doctor/draft";
import { type Plant, policy, refusal, ROLE_POLICY, started } from "./pods";

const NAME = "billing/payment-provider";
const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:billing/signing-Ab12Cd";

const asked = (...objects: readonly object[]) => {
  const validated = validateObjects({
    objects: JSON.stringify(objects.map((each) => ({ objectType: "secretsmanager", ...each }))),
    regions: ["eu-central-1", "eu-west-1"],
  });
  assert.ok(validated.ok, JSON.stringify(validated));
  return {
    objects: validated.descriptors.map((descriptor) => ({
      descriptor,
      service: "secretsmanager" as const,
      secret: undefined,
    })),
  };
};

const counting = (): (() => string) => {
  let count = 0;
  return () => `text ${(count += 1)}`;
};

const holding = (value: object) => ({
  versions: [{ id: "placeholder", stages: ["AWSCURRENT"], value: JSON.stringify(value) }],
  anyVersion: true,
});

describe("a secret from outside the stack", () => {
  it("has a string of its own under each key that the class reads", () => {
    const jmesPath = [
      { path: "apiKey", objectAlias: "a" },
      { path: '"web-hook".secret', objectAlias: "b" },
      { path: "port && to_string(port)", objectAlias: "c" },
    ];
    assert.deepEqual(
      placeholders(asked({ objectName: NAME, jmesPath }), () => true, { newString: counting() })
        .secrets,
      {
        [NAME]: holding({ apiKey: "text 1", "web-hook": { secret: "text 2" }, port: "text 3" }),
      },
    );
  });

  it("exists by its name or ARN only if the settings name it", () => {
    const mount = asked({ objectName: NAME }, { objectName: ARN }, { objectName: "unheard/of" });
    assert.deepEqual(
      placeholders(mount, (name) => [NAME, ARN].includes(name), { newString: counting() }).secrets,
      { [NAME]: holding({}), [ARN]: holding({}) },
    );
    assert.deepEqual(
      placeholders(mount, () => false),
      { secrets: {}, parameters: {} },
    );
  });

  it("may be a parameter: a string, or the JSON that the class reads", () => {
    const objectType = "ssmparameter";
    const jmesPath = [{ path: "user", objectAlias: "u" }];
    const { objects } = asked(
      { objectName: "/shop/key", objectType },
      { objectName: "/shop/mail", objectType, objectAlias: "m", jmesPath },
    );
    const parameters = objects.map((each) => ({ ...each, service: objectType }) as const);
    assert.deepEqual(
      placeholders({ objects: parameters }, () => true, { newString: counting() }),
      {
        secrets: {},
        parameters: {
          "/shop/key": { versions: ["text 1"], anyVersion: true },
          "/shop/mail": { versions: ['{"user":"text 2"}'], anyVersion: true },
        },
      },
    );
  });

  it("has another ARN in the second region", () => {
    const copy = ARN.replace("eu-central-1", "eu-west-1");
    const mount = asked({
      ...{ objectName: ARN, objectAlias: "a" },
      failoverObject: { objectName: copy },
    });
    const names = [false, true].map((failover) =>
      Object.keys(placeholders(mount, (name) => name === ARN, { failover }).secrets),
    );
    assert.deepEqual(names, [[ARN], [copy]]);
  });

  it("has the keys of all entries that name it", () => {
    const entry = (key: string) => ({
      ...{ objectName: NAME, objectAlias: key },
      jmesPath: [{ path: key, objectAlias: `${key}-file` }],
    });
    assert.deepEqual(
      placeholders(asked(entry("a"), entry("b")), () => true, { newString: counting() }).secrets,
      {
        [NAME]: holding({ a: "text 1", b: "text 2" }),
      },
    );
  });

  it("has a different random string each time", () => {
    const value = (): unknown =>
      placeholders(
        asked({ objectName: NAME, jmesPath: [{ path: "apiKey", objectAlias: "a" }] }),
        () => true,
      ).secrets[NAME]?.versions[0]?.value;
    assert.match(String(value()), /^\{"apiKey":"[0-9a-f]{24}"\}$/);
    assert.notEqual(value(), value());
  });

  it("does not replace a secret of the stack", async () => {
    const { mounts } = collectFacts(
      new Draft(await stackRegistrations("Pod Identity and Helm")).registrations,
      CONTEXT,
    );
    assert.equal(mounts.length, 1);
    assert.deepEqual(
      mounts.map((mount) => placeholders(mount, () => true)),
      [{ secrets: {}, parameters: {} }],
    );
  });

  it("is read in both regions where the class names a second one, which the pod survives", async () => {
    const two: Plant = (draft) =>
      plant(draft)
        .set("orders-api-secrets", ["spec", "parameters", "failoverRegion"], "eu-west-1")
        .set("orders-connection", ["replicas"], [{ region: "eu-west-1" }]);
    const { files } = await started({ plant: two, existing: (name) => name === NAME });
    assert.ok(files.includes("/mnt/secrets-store/api-key"));
    const alone: Plant = (draft) => two(draft).set("orders-connection", ["replicas"], []);
    const refused = await refusal({ plant: alone, existing: (name) => name === NAME });
    assert.match(refused?.message ?? "", /prod\/orders/);
  });

  it("may be denied in the second region, which matters only where the first does not answer", async () => {
    const role = policy({
      Effect: "Allow",
      Action: "secretsmanager:*",
      Resource: "arn:aws:secretsmanager:eu-central-1:*:secret:*",
    });
    const narrow: Plant = (draft) =>
      draft
        .set(ROLE_POLICY, ["policy"], role)
        .set("orders-connection", ["kmsKeyId"], undefined)
        .set("orders-connection", ["replicas"], [{ region: "eu-west-1" }])
        .set("orders-api-secrets", ["spec", "parameters", "failoverRegion"], "eu-west-1");
    const { files } = await started({ plant: narrow });
    assert.ok(files.includes("/mnt/secrets-store/DB_HOST"), files.join());
    // The other way round the first region denies, and the values are those of the second.
    const reversed: Plant = (draft) =>
      narrow(draft)
        .set("orders-api-secrets", ["spec", "parameters", "region"], "eu-west-1")
        .set("orders-api-secrets", ["spec", "parameters", "failoverRegion"], "eu-central-1");
    assert.ok((await started({ plant: reversed })).files.includes("/mnt/secrets-store/DB_HOST"));
    const neither: Plant = (draft) =>
      reversed(draft).set(
        "orders-api-secrets",
        ["spec", "parameters", "failoverRegion"],
        undefined,
      );
    assert.match((await refusal({ plant: neither }))?.message ?? "", /prod\/orders/);
  });

  it("may be a parameter, of this stack or not", async () => {
    const parameters: Plant = (draft) =>
      plant(draft)
        .add("aws:ssm/parameter:Parameter", "key", {
          name: "/shop/key",
          arn: "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/key",
          type: "String",
          value: "of this stack",
        })
        .objects((objects) =>
          objects.push(
            { objectName: "/shop/key", objectType: "ssmparameter", objectAlias: "key" },
            { objectName: "/shop/other", objectType: "ssmparameter", objectAlias: "other" },
          ),
        );
    const { onNode: places } = await started({
      plant: parameters,
      existing: (name) => [NAME, "/shop/other"].includes(name),
    });
    const names = [...places.keys()];
    assert.ok(
      ["key", "other"].every((name) => names.includes(`/mnt/secrets-store/${name}`)),
      names.join(),
    );
    const refused = await refusal({ plant: parameters, existing: (name) => name === NAME });
    assert.match(refused?.message ?? "", /shop\/other/);
  });

  const plant: Plant = (draft) =>
    draft
      .set(ROLE_POLICY, ["policy"], policy({ Effect: "Allow", Action: "*", Resource: "*" }))
      .objects((objects) =>
        objects.push({
          ...{ objectName: NAME, objectType: "secretsmanager", objectAlias: "payment" },
          jmesPath: [{ path: "apiKey", objectAlias: "api-key" }],
        }),
      );

  it("lets a pod that reads it start", async () => {
    const { files } = await started({ plant, existing: (name) => name === NAME });
    assert.ok(files.includes("/mnt/secrets-store/api-key"));
    assert.equal((await refusal({ plant }))?.reason, "FailedMount");
  });

  it("is denied to a role of the stack that may not read it", async () => {
    const narrow: Plant = (draft) => {
      const own = draft.registrations.find(({ name }) => name === ROLE_POLICY)?.outputs.policy;
      return plant(draft).set(ROLE_POLICY, ["policy"], own);
    };
    const refused = await refusal({ plant: narrow, existing: () => true });
    assert.match(refused?.message ?? "", new RegExp(`permissions are granted for: ${NAME}$`));
  });
});
