import * as assert from "node:assert/strict";
import type { CsiSecretsDriverArgs } from "../../../../components";
import { resolveSettings } from "../../../../components/csi-secrets-driver/settings";

const region = "eu-central-1";
const resolve = (args: Partial<CsiSecretsDriverArgs>) => resolveSettings({ region, ...args });

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
});
