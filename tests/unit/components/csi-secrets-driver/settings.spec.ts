import * as assert from "node:assert/strict";
import type { CsiSecretsDriverArgs } from "../../../../components/csi-secrets-driver/args";
import {
  clusterNameProblem,
  regionProblem,
  resolveSettings,
} from "../../../../components/csi-secrets-driver/settings";

const region = "eu-central-1";
const resolve = (args: Partial<CsiSecretsDriverArgs>) =>
  resolveSettings("CsiSecretsDriver 'x'", { region, ...args });

describe("the driver's settings", () => {
  it("have defaults for Helm", () => {
    assert.deepEqual(resolve({}), {
      mode: "helm",
      rotationPollInterval: "2m",
      useFipsEndpoint: false,
      namespace: "kube-system",
      chartRepository: "https://aws.github.io/secrets-store-csi-driver-provider-aws",
      throttling: { qps: 20, burst: 30 },
      imageRegistry: undefined,
      imagePullSecret: undefined,
      podIdentityHttpTimeout: undefined,
    });
  });

  it("have defaults for the add-on", () => {
    assert.deepEqual(resolve({ mode: "addon", clusterName: "prod" }), {
      mode: "addon",
      rotationPollInterval: "2m",
      useFipsEndpoint: false,
      clusterName: "prod",
      addonNamespace: undefined,
      addonVersion: undefined,
    });
  });

  it("keep their defaults where undefined is passed", () => {
    assert.deepEqual(
      resolve({ mode: undefined, rotation: undefined, namespace: undefined }),
      resolve({}),
    );
  });

  it("turn rotation on without an interval, with one, and off", () => {
    assert.equal(resolve({ rotation: {} }).rotationPollInterval, "2m");
    assert.equal(resolve({ rotation: { pollInterval: "30s" } }).rotationPollInterval, "30s");
    assert.equal(resolve({ rotation: false }).rotationPollInterval, undefined);
  });

  const addon = { mode: "addon", clusterName: "prod" } as const;
  const notForHelm = "belongs to the EKS add-on; leave it out, or set 'mode' to 'addon'";
  const notForAddon = "cannot be set on the EKS add-on; leave it out, or set 'mode' to 'helm'";
  const duration = "must be a positive duration with a unit, such as '90s', '2m' or '1h30m'; got";
  const host =
    "must be a host with an optional port and path, without a scheme or a slash at its end, " +
    "such as 'registry.example.com/mirror'; got";
  const repository = "must start with https://, http:// or oci:// and not end with a slash; got";
  const label =
    "must be 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with " +
    "a hyphen; got";
  const secretName =
    "must be 1 to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both " +
    "ends; got";
  const rate = "must be a whole number from 1 to 1000; got";
  const throttling = (qps: number, burst: number) => ({ providerThrottling: { qps, burst } });

  const refused: [what: string, args: object, path: string, problem: string][] = [
    ["another mode", { mode: "olm" }, "mode", "must be 'helm' or 'addon'; got 'olm'"],
    ["a cluster name for Helm", { clusterName: "prod" }, "clusterName", notForHelm],
    ["an add-on namespace for Helm", { addonNamespace: "a" }, "addonNamespace", notForHelm],
    ["an add-on version for Helm", { addonVersion: "v1" }, "addonVersion", notForHelm],
    [
      "an add-on without a cluster",
      { mode: "addon" },
      "clusterName",
      "is needed when 'mode' is 'addon'; got nothing",
    ],
    ["a namespace for the add-on", { ...addon, namespace: "a" }, "namespace", notForAddon],
    ["a registry for the add-on", { ...addon, imageRegistry: "a" }, "imageRegistry", notForAddon],
    ["a login for the add-on", { ...addon, imagePullSecret: "a" }, "imagePullSecret", notForAddon],
    ["a chart for the add-on", { ...addon, chartRepository: "a" }, "chartRepository", notForAddon],
    [
      "throttling for the add-on",
      { ...addon, ...throttling(1, 1) },
      "providerThrottling",
      notForAddon,
    ],
    [
      "a timeout for the add-on",
      { ...addon, podIdentityHttpTimeout: "1s" },
      "podIdentityHttpTimeout",
      notForAddon,
    ],
    [
      "an interval without a unit",
      { rotation: { pollInterval: "120" } },
      "rotation.pollInterval",
      `${duration} '120'`,
    ],
    [
      "no timeout at all",
      { podIdentityHttpTimeout: "0s" },
      "podIdentityHttpTimeout",
      `${duration} '0s'`,
    ],
    ["a namespace in capitals", { namespace: "Kube" }, "namespace", `${label} 'Kube'`],
    ["such for the add-on", { ...addon, addonNamespace: "A" }, "addonNamespace", `${label} 'A'`],
    [
      "an add-on version without its build",
      { ...addon, addonVersion: "3.1.1" },
      "addonVersion",
      "must be a version such as 'v3.1.1-eksbuild.1'; got '3.1.1'",
    ],
    [
      "a registry with a scheme",
      { imageRegistry: "https://a" },
      "imageRegistry",
      `${host} 'https://a'`,
    ],
    ["a registry with a final slash", { imageRegistry: "a/" }, "imageRegistry", `${host} 'a/'`],
    [
      "a path as chart repository",
      { chartRepository: "./a" },
      "chartRepository",
      `${repository} './a'`,
    ],
    [
      "a chart repository with a final slash",
      { chartRepository: "oci://a/" },
      "chartRepository",
      `${repository} 'oci://a/'`,
    ],
    [
      "a login that is no name",
      { imagePullSecret: "a_b" },
      "imagePullSecret",
      `${secretName} 'a_b'`,
    ],
    [
      "a login of 254 letters",
      { imagePullSecret: "a".repeat(254) },
      "imagePullSecret",
      `${secretName} '${"a".repeat(254)}'`,
    ],
    [
      "a chart repository in a sentence",
      { chartRepository: "see https://a" },
      "chartRepository",
      `${repository} 'see https://a'`,
    ],
    [
      "more than an add-on version",
      { ...addon, addonVersion: "v3.1.1-eksbuild.1-x" },
      "addonVersion",
      "must be a version such as 'v3.1.1-eksbuild.1'; got 'v3.1.1-eksbuild.1-x'",
    ],
    [
      "a prefix to an add-on version",
      { ...addon, addonVersion: "xv3.1.1-eksbuild.1" },
      "addonVersion",
      "must be a version such as 'v3.1.1-eksbuild.1'; got 'xv3.1.1-eksbuild.1'",
    ],
    ["no calls at all", throttling(0, 1), "providerThrottling.qps", `${rate} 0`],
    ["half a call", throttling(1, 1.5), "providerThrottling.burst", `${rate} 1.5`],
    ["a flood of calls", throttling(1001, 1), "providerThrottling.qps", `${rate} 1001`],
  ];
  for (const [what, args, path, problem] of refused) {
    it(`refuse ${what}`, () => {
      assert.throws(() => resolve(args), {
        name: "ArgError",
        path,
        message: `CsiSecretsDriver 'x': '${path}' ${problem}`,
      });
    });
  }

  const accepted: [what: string, args: object][] = [
    ["a registry with port and path", { imageRegistry: "localhost:5000/a/b_c" }],
    ["a registry without a port", { imageRegistry: "registry.example.com" }],
    ["a chart repository without TLS", { chartRepository: "http://localhost:8879" }],
    ["a chart repository with a path", { chartRepository: "https://a.example/b/c" }],
    ["a login of one letter", { imagePullSecret: "a" }],
    ["a login of 253 letters", { imagePullSecret: "a".repeat(253) }],
    ["an OCI folder", { chartRepository: "oci://registry.example.com/charts" }],
    ["a login whose name has dots", { imagePullSecret: "9.mirror.login" }],
    ["an add-on version", { ...addon, addonVersion: "v10.11.12-eksbuild.13" }],
    ["the limits of throttling", throttling(1, 1000)],
  ];
  for (const [what, args] of accepted) {
    it(`accept ${what}`, () => assert.doesNotThrow(() => resolve(args)));
  }
});

describe("names that may be known late", () => {
  for (const name of ["eu-central-1", "us-gov-west-1", "us-isob-east-1", "cn-northwest-1"]) {
    it(`accept the region ${name}`, () => assert.equal(regionProblem(name), undefined));
  }

  for (const name of ["", "eu-central", "eu-central-1a", "EU-CENTRAL-1", "eu", "1eu-central-1"]) {
    it(`refuse '${name}' as a region`, () => {
      assert.equal(
        regionProblem(name),
        `must be an AWS region such as 'eu-central-1'; got '${name}'`,
      );
    });
  }

  it("accept cluster names up to 100 characters", () => {
    assert.equal(clusterNameProblem(`9_${"a".repeat(98)}`), undefined);
  });

  for (const name of ["", "-prod", "prod.1", "a".repeat(101)]) {
    it(`refuse '${name.slice(0, 8)}' (${name.length}) as a cluster's name`, () => {
      assert.equal(
        clusterNameProblem(name),
        "must be 1 to 100 letters, digits, hyphens and underscores and start with a letter or " +
          `digit; got '${name}'`,
      );
    });
  }
});
