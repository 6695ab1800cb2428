import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { csiSecretsDriverProblems } from "../../../../components";

const region = "eu-central-1";
const problems = (args: object) =>
  csiSecretsDriverProblems("secrets", { region, ...args }).map(({ path, reason }) => [
    path,
    reason,
  ]);

const addon = { mode: "addon", clusterName: "prod" } as const;
const notForHelm = "belongs to the EKS add-on; leave it out, or set 'mode' to \"addon\"";
const notForAddon = "cannot be set on the EKS add-on; leave it out, or set 'mode' to \"helm\"";
const duration = 'must be a positive duration with a unit, such as "90s", "2m" or "1h30m"';
const host =
  "must be a host with an optional port and path, without a scheme or a slash at its end, " +
  'such as "registry.example.com/mirror"';
const repository = 'must start with "https://", "http://" or "oci://" and not end with a slash';
const namespace =
  "must be 1 to 63 lower-case letters, digits and hyphens, and neither start nor end with a hyphen";
const secretName =
  "must be 1 to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both " +
  "ends of each part between dots";
const version = 'must be a version such as "v3.1.1-eksbuild.1"';
const rate = "must be a whole number from 1 to 1000";
const throttling = (qps: unknown, burst: unknown) => ({ providerThrottling: { qps, burst } });

/** Arguments, and the path and the reason of each problem. */
const REFUSED: readonly [args: object, ...problems: [path: string, reason: string][]][] = [
  [
    { region: "Frankfurt" },
    ["region", 'must be an AWS region such as "eu-central-1"; got "Frankfurt"'],
  ],
  [{ region: undefined }, ["region", "must be a string; got nothing"]],
  [{ mode: "olm" }, ["mode", 'must be "helm" or "addon"; got "olm"']],
  [{ clusterName: "prod" }, ["clusterName", notForHelm]],
  [{ clusterName: pulumi.output("prod") }, ["clusterName", notForHelm]],
  [
    { mode: "helm", addonNamespace: "a", addonVersion: "v3.1.1-eksbuild.1" },
    ["addonNamespace", notForHelm],
    ["addonVersion", notForHelm],
  ],
  [{ mode: "addon" }, ["clusterName", "is needed when 'mode' is \"addon\"; got nothing"]],
  [
    {
      ...addon,
      ...throttling(1, 1),
      namespace: "a",
      imageRegistry: "a",
      imagePullSecret: "a",
      chartRepository: "https://a",
      podIdentityHttpTimeout: "1s",
    },
    ["namespace", notForAddon],
    ["imageRegistry", notForAddon],
    ["imagePullSecret", notForAddon],
    ["chartRepository", notForAddon],
    ["providerThrottling", notForAddon],
    ["podIdentityHttpTimeout", notForAddon],
  ],
  [{ ...addon, namespace: "Kube" }, ["namespace", notForAddon]],
  [
    { rotation: { pollInterval: "120" }, podIdentityHttpTimeout: "0s" },
    ["rotation.pollInterval", `${duration}; got "120"`],
    ["podIdentityHttpTimeout", `${duration}; got "0s"`],
  ],
  [{ rotation: true }, ["rotation", "must be an object; got true"]],
  [{ namespace: "Kube" }, ["namespace", `${namespace}; got "Kube"`]],
  [{ ...addon, addonNamespace: "A" }, ["addonNamespace", `${namespace}; got "A"`]],
  ...["3.1.1", "v3.1.1-eksbuild.1-x", "xv3.1.1-eksbuild.1"].map(
    (addonVersion): [object, [string, string]] => [
      { ...addon, addonVersion },
      ["addonVersion", `${version}; got "${addonVersion}"`],
    ],
  ),
  ...["https://a", "a/"].map((imageRegistry): [object, [string, string]] => [
    { imageRegistry },
    ["imageRegistry", `${host}; got "${imageRegistry}"`],
  ]),
  ...["./a", "oci://a/", "see https://a"].map((chartRepository): [object, [string, string]] => [
    { chartRepository },
    ["chartRepository", `${repository}; got "${chartRepository}"`],
  ]),
  [{ imagePullSecret: "a_b" }, ["imagePullSecret", `${secretName}; got "a_b"`]],
  [
    throttling(0, 1.5),
    ["providerThrottling.qps", `${rate}; got 0`],
    ["providerThrottling.burst", `${rate}; got 1.5`],
  ],
  [
    throttling(1001, "1"),
    ["providerThrottling.qps", `${rate}; got 1001`],
    ["providerThrottling.burst", 'must be a number; got "1"'],
  ],
  [
    { useFipsEndpoint: 1, tags: "x", transform: { values: {} } },
    ["useFipsEndpoint", "must be a boolean; got 1"],
    ["tags", 'must be an object; got "x"'],
    ["transform.values", "must be a function; got an object"],
  ],
];

const ACCEPTED: readonly object[] = [
  { region: pulumi.output("not known yet") },
  { namespace: "1abc" },
  { ...addon, addonNamespace: "1abc" },
  { rotation: false },
  { rotation: {} },
  { imageRegistry: "localhost:5000/a/b_c" },
  { imageRegistry: "registry.example.com" },
  { chartRepository: "http://localhost:8879" },
  { chartRepository: "https://a.example/b/c" },
  { chartRepository: "oci://registry.example.com/charts" },
  { imagePullSecret: "9.mirror.login" },
  { ...addon, addonVersion: "v10.11.12-eksbuild.13" },
  { ...addon, clusterName: pulumi.output("not known yet") },
  throttling(1, 1000),
  { mode: undefined, rotation: undefined, namespace: undefined },
];

const title = (args: object): string =>
  JSON.stringify(args, (_, value: unknown) => (pulumi.Output.isInstance(value) ? "…" : value));

describe("the problems of a driver's arguments", () => {
  for (const [args, ...expected] of REFUSED) {
    it(`tell what is wrong with ${title(args)}`, () => assert.deepEqual(problems(args), expected));
  }

  for (const args of ACCEPTED) {
    it(`are none for ${title(args)}`, () => assert.deepEqual(problems(args), []));
  }

  it("are those of the name as well, and of arguments that are missing", () => {
    assert.deepEqual(csiSecretsDriverProblems(5, undefined), [
      { path: "name", reason: "must be a string; got 5" },
      { path: "args", reason: "must be an object; got nothing" },
    ]);
  });
});
