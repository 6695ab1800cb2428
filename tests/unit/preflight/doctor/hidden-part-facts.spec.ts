import * as assert from "node:assert/strict";
import type { Chart, Unread } from "../../../../preflight/doctor/facts/charts";
import { hiddenParts } from "../../../../preflight/doctor/facts/hidden-parts";
import { registered } from "./registered";

const UNREAD: Unread = { urn: "urn", name: "files", what: "manifest.yaml" };
const chartIn = (cluster: number, chart: string): Chart => ({
  ...{ urn: "urn", name: "chart", chart, cluster, values: {}, valuesKnown: true },
});

/** Whether each of two clusters may hold more than was read. */
const hidden = (...given: Parameters<typeof hiddenParts>) => [0, 1].map(hiddenParts(...given));

const hiddenBy = async (type: string, remote = true) =>
  hidden(
    (await registered([type, "component"], ["kubernetes:core/v1:Pod", "pod"])).map(
      (each, index) => ({
        ...each,
        remote: remote && index === 0,
      }),
    ),
    [],
    [],
  );

describe("what a cluster may hold that was not read", () => {
  it("is nothing where all was read", () => {
    assert.deepEqual(hidden([], [], []), [false, false]);
    assert.deepEqual(hidden([], [], [], []), [false, false]);
  });

  it("may be in any cluster where a file or an address was not read", () => {
    assert.deepEqual(hidden([], [], [UNREAD]), [true, true]);
    assert.deepEqual(hidden([], [], [], ["https://example.com"]), [true, true]);
  });

  it("may be in the cluster of a chart that is not known", () => {
    assert.deepEqual(hidden([], [chartIn(0, "reloader"), chartIn(1, "acme")], []), [false, true]);
    assert.deepEqual(hidden([], [chartIn(0, "")], []), [true, false]);
    assert.deepEqual(hidden([], [chartIn(0, "reloader"), chartIn(1, "karpenter")], []), [
      ...[false, false],
    ]);
  });

  it("may be made by a component in its provider, unless it is one that is known", async () => {
    for (const type of [
      "acme:index:Platform",
      "acme:eks:index:Cluster",
      "acme:kubernetes:Platform",
      "eks:other:Cluster",
      "kubernetes-acme:index:Platform",
    ]) {
      assert.deepEqual(await hiddenBy(type), [true, true], type);
      assert.deepEqual(await hiddenBy(type, false), [false, false], type);
    }
    for (const type of [
      "eks:index:Cluster",
      "eks-db-secrets:index:CsiSecretsApp",
      "kubernetes:helm.sh/v4:Chart",
      "pulumi:pulumi:StackReference",
    ]) {
      assert.deepEqual(await hiddenBy(type), [false, false], type);
    }
  });
});
