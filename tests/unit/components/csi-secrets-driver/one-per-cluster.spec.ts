import * as assert from "node:assert/strict";
import { claimCluster } from "../../../../components/csi-secrets-driver/one-per-cluster";

describe("one driver per cluster", () => {
  it("refuses a second one, names the first and says what to do", () => {
    const cluster = {};
    claimCluster(cluster, 'CsiSecretsDriver "first"');
    assert.throws(() => claimCluster(cluster, 'CsiSecretsDriver "second"'), {
      message:
        "CsiSecretsDriver \"second\": 'opts.provider' leads to a cluster that already gets the " +
        'driver from CsiSecretsDriver "first", and a cluster takes only one; share the first one ' +
        "(pass it as 'driver' to each CsiSecretsApp), or give the Kubernetes provider of another " +
        "cluster",
    });
  });

  it("goes by identity, not by what the resource looks like", () => {
    claimCluster({ name: "same" }, 'CsiSecretsDriver "a"');
    assert.doesNotThrow(() => claimCluster({ name: "same" }, 'CsiSecretsDriver "b"'));
  });
});
