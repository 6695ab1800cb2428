import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { contentHash } from "../../../../../components/csi-secrets-app/workload/content-hash";
import type { DeliveryEntry } from "../../../../../components/csi-secrets-app/secrets/entries";
import {
  type ProviderClassRequest,
  providerClassSpec,
} from "../../../../../components/csi-secrets-app/secrets/provider-class";

const ENTRIES: readonly DeliveryEntry[] = [
  {
    secret: 0,
    file: "DB_HOST",
    keys: ["host"],
    path: "host",
    variable: "DB_HOST",
    argument: "env.DB_HOST",
  },
  { secret: 1, file: "TOKEN", keys: ['"a-b"'], path: '"a-b"', variable: "TOKEN", argument: "x" },
  { secret: 0, file: "password", keys: ["password"], path: "password", argument: "files.password" },
];

const secret = (name: string) => ({ name, type: "secretsmanager" as const });

const REQUEST: ProviderClassRequest = {
  objects: [secret("orders/db"), secret("mail")],
  entries: ENTRIES,
  region: "eu-central-1",
  usePodIdentity: true,
  syncedSecretName: "api-env",
  labels: { app: "api" },
};

const OBJECTS = [
  {
    objectName: "orders/db",
    objectType: "secretsmanager",
    objectAlias: "secret.json",
    jmesPath: [
      { path: "host", objectAlias: "DB_HOST" },
      { path: "password", objectAlias: "password" },
    ],
  },
  {
    objectName: "mail",
    objectType: "secretsmanager",
    objectAlias: "secret-2.json",
    jmesPath: [{ path: '"a-b"', objectAlias: "TOKEN" }],
  },
];

describe("The spec of a SecretProviderClass", () => {
  it("delivers each entry as a file, and the variables through one synced Secret", () => {
    assert.deepEqual(providerClassSpec(REQUEST), {
      provider: "aws",
      parameters: {
        region: "eu-central-1",
        usePodIdentity: "true",
        objects: JSON.stringify(OBJECTS),
      },
      secretObjects: [
        {
          secretName: "api-env",
          type: "Opaque",
          labels: { app: "api" },
          data: [
            { objectName: "DB_HOST", key: "DB_HOST" },
            { objectName: "TOKEN", key: "TOKEN" },
          ],
        },
      ],
    });
  });

  it("says in words that the ServiceAccount's role is used", () => {
    const { parameters } = providerClassSpec({ ...REQUEST, usePodIdentity: false });
    assert.equal(parameters.usePodIdentity, "false");
  });

  it("makes no Kubernetes Secret where no variable needs one, and no empty list of paths", () => {
    const spec = providerClassSpec({ ...REQUEST, entries: ENTRIES.slice(2) });
    assert.equal("secretObjects" in spec, false);
    assert.deepEqual(JSON.parse(spec.parameters.objects ?? ""), [
      { ...OBJECTS[0], jmesPath: [{ path: "password", objectAlias: "password" }] },
      { objectName: "mail", objectType: "secretsmanager", objectAlias: "secret-2.json" },
    ]);
  });

  it("names in the synced Secret exactly the files of the variables", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/)), (variables) => {
        const entries = variables.map((variable, index) => ({
          ...{
            secret: index % 2,
            file: variable,
            keys: ["x"],
            path: "x",
            variable,
            argument: variable,
          },
        }));
        const { parameters, secretObjects = [] } = providerClassSpec({ ...REQUEST, entries });
        const objects = JSON.parse(parameters.objects ?? "") as typeof OBJECTS;
        const files = objects.flatMap(({ jmesPath = [] }) => jmesPath.map((p) => p.objectAlias));
        const synced = secretObjects.flatMap(({ data }) => data.map((item) => item.objectName));
        assert.deepEqual([...synced].sort(), [...files].sort());
      }),
    );
  });
});

describe("The spec of a SecretProviderClass with other values", () => {
  const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-AbCdEf";
  const objectsOf = (change: Partial<ProviderClassRequest>): unknown =>
    JSON.parse(providerClassSpec({ ...REQUEST, entries: [], ...change }).parameters.objects ?? "");

  it("names a parameter's type, and a whole value by its own name", () => {
    const entries: readonly DeliveryEntry[] = [
      {
        secret: 0,
        file: "API_KEY",
        keys: [],
        rendered: "whole",
        path: undefined,
        variable: "API_KEY",
        argument: "whole",
      },
    ];
    const request = { ...REQUEST, entries, objects: [{ name: "/key", type: "ssmparameter" }] };
    const { parameters, secretObjects } = providerClassSpec(request as ProviderClassRequest);
    assert.deepEqual(JSON.parse(parameters.objects ?? ""), [
      { objectName: "/key", objectType: "ssmparameter", objectAlias: "API_KEY" },
    ]);
    assert.deepEqual(secretObjects?.[0]?.data, [{ objectName: "API_KEY", key: "API_KEY" }]);
  });

  it("names the copy of what is given by its ARN in a second region, and its region", () => {
    const objects = [secret(ARN), secret("b")];
    assert.deepEqual(objectsOf({ objects, failoverRegion: "eu-west-1" }), [
      {
        objectName: ARN,
        objectType: "secretsmanager",
        objectAlias: "secret.json",
        failoverObject: { objectName: ARN.replace("eu-central-1", "eu-west-1") },
      },
      { objectName: "b", objectType: "secretsmanager", objectAlias: "secret-2.json" },
    ]);
    const { parameters } = providerClassSpec({ ...REQUEST, failoverRegion: "eu-west-1" });
    assert.equal(parameters.failoverRegion, "eu-west-1");
  });
});

describe("The hash of a spec", () => {
  const hash = (change: Partial<ProviderClassRequest> = {}): string =>
    contentHash(providerClassSpec({ ...REQUEST, ...change }));

  it("is 16 hexadecimal digits, the same for the same spec", () => {
    assert.match(hash(), /^[0-9a-f]{16}$/);
    assert.equal(hash({ entries: ENTRIES.map((entry) => ({ ...entry })) }), hash());
  });

  it("changes with everything that the spec holds", () => {
    const changes: readonly Partial<ProviderClassRequest>[] = [
      {},
      { objects: [secret("orders/db2"), secret("mail")] },
      { objects: [secret("mail"), secret("orders/db")] },
      { objects: [secret("orders/db"), { name: "mail", type: "ssmparameter" }] },
      { failoverRegion: "eu-west-1" },
      { region: "eu-west-1" },
      { usePodIdentity: false },
      { syncedSecretName: "other" },
      { labels: { app: "other" } },
      { entries: ENTRIES.slice(0, 2) },
      { entries: ENTRIES.map((entry) => ({ ...entry, path: "other" })) },
      { entries: ENTRIES.map((entry) => ({ ...entry, variable: undefined })) },
    ];
    assert.equal(new Set(changes.map(hash)).size, changes.length);
  });

  it("does not change with what the spec does not hold", () => {
    const entries = ENTRIES.map((entry) => ({ ...entry, argument: "elsewhere", key: "k" }));
    assert.equal(hash({ entries }), hash());
  });
});
