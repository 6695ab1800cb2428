import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { SecretSource } from "../../../../components/csi-secrets-app";
import { deliveryEntries, secretSources } from "../../../../components/csi-secrets-app/entries";
import { keyProblem } from "../../../../components/csi-secrets-app/key-path";
import {
  type ProviderClassSpec,
  providerClassSpec,
} from "../../../../components/csi-secrets-app/provider-class";
import { predictedRefusal, type Refusal } from "../../../../components/csi-secrets-app/self-check";

type Source = SecretSource & { readonly secretName: string };

interface Change {
  readonly spec?: (spec: ProviderClassSpec) => ProviderClassSpec;
  /** Text in `objects`, and what stands there instead. */
  readonly objects?: readonly [string, string];
}

const SHAPE = { host: "string", port: "number", ssl: "boolean" } as const;
const SOURCES: readonly Source[] = [
  { secretName: "orders", env: { DB_HOST: "host", DB_PORT: "port" }, files: { ssl: "ssl" } },
  { secretName: "mail", env: { TOKEN: "api-key" } },
];

/** What is said of a class for these secrets, after a change to it. */
function refusal(
  [first, ...moreSecrets]: readonly Source[],
  { spec: change, objects }: Change = {},
  databaseUrl?: string,
): Refusal | undefined {
  assert.ok(first);
  const sources = secretSources({ ...first, moreSecrets });
  const entries = deliveryEntries(sources, databaseUrl, "/ca.pem");
  const secretNames = [first, ...moreSecrets].map(({ secretName }) => secretName);
  const built = providerClassSpec({
    ...{ secretNames, entries, region: "eu-central-1", usePodIdentity: true },
    ...{ syncedSecretName: "api-env", labels: {} },
  });
  const spec = change?.(built) ?? built;
  const replaced =
    objects === undefined
      ? spec
      : {
          ...spec,
          parameters: {
            ...spec.parameters,
            objects: spec.parameters.objects?.replace(...objects) ?? "",
          },
        };
  return predictedRefusal({ spec: replaced, secretNames, sources, entries });
}

const withShape = ([first, ...rest]: readonly Source[]): readonly Source[] => [
  { secretName: "orders", ...first, shape: SHAPE },
  ...rest,
];

describe("The class that an app writes", () => {
  it("delivers what was asked for, with and without a shape, a URL, a second secret", () => {
    const cases = [
      refusal(withShape(SOURCES)),
      refusal(withShape(SOURCES.slice(0, 1))),
      refusal([{ secretName: "orders" }]),
      refusal([{ secretName: "orders", env: { DB_PORT: "port" } }], {}, "DATABASE_URL"),
      refusal([
        { secretName: "same", env: { A: "a" } },
        { secretName: "same", env: { B: "a" } },
      ]),
      refusal([
        {
          secretName: "arn:aws:secretsmanager:eu-central-1:210987654321:secret:shared-AbCdEf",
          env: { A: "a" },
        },
      ]),
    ];
    assert.deepEqual(
      cases,
      cases.map(() => undefined),
    );
  });

  it("delivers any key that is not refused by its characters", () => {
    const key = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.constantFrom("__proto__", "constructor", "'", '"', "\\", "`", "- a: b", "{", "#", "\n"),
    );
    fc.assert(
      fc.property(key, fc.constantFrom("string", "number", "boolean", undefined), (one, type) => {
        fc.pre(keyProblem(one) === undefined);
        const shape = Object.fromEntries(type === undefined ? [] : [[one, type]]);
        const source = { secretName: "s", env: { A: one }, files: { "b.c": one } };
        assert.equal(refusal([{ ...source, ...(type && { shape }) }]), undefined);
      }),
    );
  });
});

describe("A class is refused that", () => {
  const differs = (what: string): Refusal => ({
    argument: "env",
    problem: `would not be delivered as asked for: ${what}`,
  });
  const data = (spec: ProviderClassSpec, items: { objectName: string; key: string }[]) => ({
    ...spec,
    secretObjects: (spec.secretObjects ?? []).map((object) => ({ ...object, data: items })),
  });
  const all = [
    { objectName: "DB_HOST", key: "DB_HOST" },
    { objectName: "DB_PORT", key: "DB_PORT" },
    { objectName: "TOKEN", key: "TOKEN" },
  ];

  const broken: readonly [string, Change, Refusal][] = [
    [
      "names the file wrongly",
      { objects: ["DB_HOST", "DBHOST"] },
      differs("file matching objectName DB_HOST not found in the pod"),
    ],
    [
      "leaves a file out",
      { objects: [',{"path":"ssl","objectAlias":"ssl"}', ""] },
      differs("the file 'ssl' would be missing"),
    ],
    [
      "makes one file too many",
      { objects: ['"jmesPath":[', '"jmesPath":[{"path":"host","objectAlias":"x"},'] },
      differs("there would be a file 'x' that nobody asked for"),
    ],
    [
      "takes another key",
      { objects: ['"path":"host"', '"path":"to_string(port)"'] },
      differs("the file 'DB_HOST' would hold another value"),
    ],
    [
      "leaves a variable out of the synced Secret",
      { spec: (spec) => data(spec, all.slice(1)) },
      differs("the variable 'DB_HOST' would be missing"),
    ],
    [
      "mixes two variables up",
      { spec: (spec) => data(spec, [{ objectName: "TOKEN", key: "DB_HOST" }, ...all.slice(1)]) },
      differs("the variable 'DB_HOST' would hold another value"),
    ],
    [
      "hands out a variable that nobody asked for",
      { spec: (spec) => data(spec, [...all, { objectName: "ssl", key: "SSL" }]) },
      differs("there would be a variable 'SSL' that nobody asked for"),
    ],
  ];
  for (const [what, change, expected] of broken) {
    it(what, () => assert.deepEqual(refusal(SOURCES, change), expected));
  }

  const asksFor = (problem: string, argument = "env"): Refusal => ({
    argument,
    problem: `cannot be delivered, the AWS provider would refuse the mount: ${problem}`,
  });

  it("asks for a number where the provider wants a text", () => {
    const found = refusal(SOURCES, { objects: ["port && to_string(port)", "port"] });
    assert.match(found?.problem ?? "", /^cannot be delivered, .*Failed to fetch secret/);
  });

  it("the provider cannot read", () => {
    const found = refusal(SOURCES, { spec: (spec) => ({ ...spec, parameters: { objects: "[" } }) });
    assert.equal(found?.argument, "env");
    assert.match(found.problem, /^cannot be delivered, the AWS provider would refuse the mount: /);
  });

  it("asks for an ARN of another region, and says for which secret", () => {
    const secretName = "arn:aws:secretsmanager:us-west-2:123456789012:secret:mail-AbCdEf";
    assert.deepEqual(
      refusal([{ secretName: "orders" }, { secretName, env: { TOKEN: "a" } }]),
      asksFor(
        `ARN region must match region eu-central-1: ${secretName}`,
        "moreSecrets[0].secretName",
      ),
    );
  });
});
