import * as assert from "node:assert/strict";
import {
  identityMode,
  isOfOtherProvider,
  type ProviderClass,
  providerClassOf,
} from "../../../../preflight/doctor/facts/classes";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { registered } from "./registered";

const V1 = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const PARAMETERS = { objects: "[]" };

async function registeredClass(properties: object, type = V1) {
  const registrations = await registered([type, "class", properties]);
  const [registration] = registrations;
  assert.ok(registration !== undefined);
  return { registration, clusters: new Clusters(registrations) };
}

async function classOf(properties: object, type = V1): Promise<ProviderClass | undefined> {
  const { registration, clusters } = await registeredClass(properties, type);
  const found = providerClassOf(registration, clusters);
  return found && { ...found, urn: found.urn.split("::").at(-1) ?? "" };
}

const EMPTY: ProviderClass = {
  urn: "class",
  kind: "SecretProviderClass",
  cluster: 0,
  namespace: "default",
  name: "class",
  label: "SecretProviderClass default/class",
  apiVersion: "v1",
  parameters: PARAMETERS,
  secretObjects: [],
  refusals: [],
  isLate: false,
  isUndecided: false,
};

describe("the classes of a program", () => {
  it("say what is mounted, and which Secrets are made of it", async () => {
    const spec = { provider: "aws", parameters: PARAMETERS };
    assert.deepEqual(await classOf({ spec }), EMPTY);
    const secretObjects = [
      {
        secretName: " login ",
        type: " Opaque ",
        data: [{ objectName: " file ", key: "\tkey\n" }, {}],
        labels: { app: "orders" },
        annotations: { note: "x" },
      },
      {},
    ];
    assert.deepEqual(
      await classOf({
        metadata: { name: "orders", namespace: "shop" },
        spec: { ...spec, parameters: { ...PARAMETERS, region: "eu-central-1" }, secretObjects },
      }),
      {
        ...EMPTY,
        ...{ name: "orders", namespace: "shop", label: "SecretProviderClass shop/orders" },
        parameters: { ...PARAMETERS, region: "eu-central-1" },
        secretObjects: [
          {
            secretName: "login",
            type: " Opaque ",
            data: [
              { objectName: "file", key: "key" },
              { objectName: "", key: "" },
            ],
            labels: { app: "orders" },
            annotations: { note: "x" },
          },
          { secretName: "", type: "", data: [], labels: {}, annotations: {} },
        ],
      },
    );
  });

  it("are undecided where something of them is known only after the update", async () => {
    const late = { ...EMPTY, isLate: true, isUndecided: true };
    const spec = { provider: "aws", parameters: PARAMETERS };
    assert.deepEqual(await classOf({ spec: { ...spec, parameters: { objects: UNKNOWN } } }), {
      ...late,
      parameters: { objects: "" },
    });
    assert.deepEqual(
      await classOf({ spec: { ...spec, secretObjects: [{ secretName: UNKNOWN, data: [] }] } }),
      late,
    );
    assert.deepEqual(await classOf({ spec: UNKNOWN }), { ...late, parameters: {} });
    assert.deepEqual(await classOf({ spec: { ...spec, parameters: UNKNOWN } }), {
      ...late,
      parameters: {},
    });
    assert.deepEqual(await classOf({ spec: { ...spec, provider: UNKNOWN } }), late);
  });

  it("are those of the AWS provider, or of one that does not exist", async () => {
    const of = async (provider: unknown, type = V1) => {
      const { registration, clusters } = await registeredClass({ spec: { provider } }, type);
      const isClass = providerClassOf(registration, clusters) !== undefined;
      assert.equal(isOfOtherProvider(registration), !isClass && type === V1);
      return isClass;
    };
    for (const own of [
      "aws",
      "",
      undefined,
      "AWS",
      "amazon",
      "secrets-manager",
      "secretsmanager",
    ]) {
      assert.equal(await of(own), true, own);
    }
    for (const other of ["azure", "gcp", "vault", "my-secretsmanager", "secretsmanager-2"]) {
      assert.equal(await of(other), false, other);
    }
    assert.equal(await of("aws", "kubernetes:core/v1:Secret"), false);
    assert.equal(await of("aws", `${V1}Patch`), false);
    assert.equal(await of("aws", `a-${V1}`), false);
  });

  it("choose Pod Identity by what Go takes for true", () => {
    const by = (usePodIdentity?: string) =>
      identityMode(usePodIdentity === undefined ? {} : { usePodIdentity });
    for (const yes of ["1", "t", "T", "TRUE", "true", "True"])
      assert.equal(by(yes), "Pod Identity");
    for (const no of [undefined, "", "0", "yes", "tRUE", "false"]) assert.equal(by(no), "IRSA");
  });
});

describe("a class that is refused", () => {
  const refusals = async (properties: object, type?: string) => {
    const found = await classOf(properties, type);
    assert.ok(found !== undefined);
    assert.equal(found.isUndecided, found.isLate || found.refusals.length > 0);
    return found.refusals;
  };
  const spec = (more: object) => ({ spec: { provider: "aws", parameters: PARAMETERS, ...more } });
  const wrong = (path: string, found: string, wanted: string) => [
    `${path}: Invalid value: "${found}": must be of type ${wanted}: "${found}"`,
  ];

  it("is of a version that the driver does not serve", async () => {
    const of = (version: string) => V1.replace("/v1", version);
    assert.deepEqual(await refusals(spec({}), of("/v1alpha1")), []);
    assert.deepEqual(await refusals(spec({}), of("/v1beta1")), [
      'no matches for kind "SecretProviderClass" in version "secrets-store.csi.x-k8s.io/v1beta1"',
    ]);
    const group = "kubernetes:secrets-store.csi.k8s.io/v1:SecretProviderClass";
    assert.deepEqual(await refusals(spec({}), group), [
      'no matches for kind "SecretProviderClass" in version "secrets-store.csi.k8s.io/v1"',
    ]);
  });

  it("has what its definition does not have", async () => {
    assert.deepEqual(await refusals({ ...spec({}), parameters: {}, secretObjects: [] }), [
      ".parameters: field not declared in schema",
      ".secretObjects: field not declared in schema",
    ]);
    assert.deepEqual(await refusals(spec({ objects: "[]" })), [
      ".spec.objects: field not declared in schema",
    ]);
    assert.deepEqual(await refusals(spec({ secretObjects: [{ data: [{ name: "x" }] }] })), [
      ".spec.secretObjects[0].data[0].name: field not declared in schema",
    ]);
  });

  it("has what is of another type", async () => {
    const parameter = async (value: unknown, found: string) =>
      assert.deepEqual(
        await refusals(spec({ parameters: { ...PARAMETERS, x: value } })),
        wrong("spec.parameters.x", found, "string"),
      );
    await parameter(1, "integer");
    await parameter(1.5, "number");
    await parameter(true, "boolean");
    await parameter([], "array");
    await parameter({}, "object");
    assert.deepEqual(
      await refusals(spec({ secretObjects: {} })),
      wrong("spec.secretObjects", "object", "array"),
    );
    assert.deepEqual(
      await refusals(spec({ secretObjects: [{}, "x"] })),
      wrong("spec.secretObjects[1]", "string", "object"),
    );
    assert.deepEqual(await refusals({ spec: "x" }), wrong("spec", "string", "object"));
    // No value, and an unknown one, is of every type.
    for (const value of [null, undefined, UNKNOWN]) {
      assert.deepEqual(await refusals(spec({ secretObjects: value })), []);
    }
  });

  it("names no provider, one that the driver does not have, or no parameters", async () => {
    const none = ["provider not set in default/class"];
    assert.deepEqual(await refusals({}), none);
    assert.deepEqual(await refusals({ spec: {} }), none);
    assert.deepEqual(await refusals(spec({ provider: "" })), none);
    assert.deepEqual(await refusals(spec({ provider: "AWS" })), [
      'error connecting to provider "AWS": provider not found: provider "AWS"',
    ]);
    const bare = ["parameters not set in default/class"];
    assert.deepEqual(await refusals(spec({ parameters: undefined })), bare);
    assert.deepEqual(await refusals(spec({ parameters: {} })), bare);
    assert.deepEqual(await refusals(spec({ provider: UNKNOWN, parameters: {} })), bare);
    assert.deepEqual(await refusals(spec({ parameters: UNKNOWN })), []);
    assert.deepEqual(await refusals({ spec: UNKNOWN }), []);
  });
});
