import * as assert from "node:assert/strict";
import { accepted, issues } from "./config";

type Sections = Readonly<Record<string, unknown>>;

const cluster = (create: Sections) => ({ cluster: { create } });
const wrong = (group: Sections, name = "batch"): readonly string[] =>
  issues(cluster({ nodeGroups: { [name]: { instanceTypes: ["m7g.large"], ...group } } }));
const AT = "shop:cluster.create.nodeGroups.batch";

describe("further node groups in the configuration", () => {
  it("need instance types alone", () => {
    const { cluster: given } = accepted(
      cluster({ nodeGroups: { batch: { instanceTypes: ["m7g.large"] } } }),
    );
    assert.deepEqual("create" in given && given.create.nodeGroups, {
      batch: {
        instanceTypes: ["m7g.large"],
        min: 0,
        max: 4,
        capacityType: "ON_DEMAND",
        labels: {},
        taints: [],
      },
    });
  });

  it("may have types of one architecture, Spot, labels and taints", () => {
    for (const group of [
      { instanceTypes: ["m7g.large", "c6gn.large", "r8gd.xlarge", "a1.large", "x2gd.large"] },
      {
        instanceTypes: [
          "m7i.large",
          "t3.medium",
          "g4dn.xlarge",
          "m7i-flex.large",
          "u-3tb1.56xlarge",
        ],
      },
      { capacityType: "SPOT", min: 3, max: 3, labels: { "example.com/pool": "batch", spot: "" } },
      { taints: [{ key: "batch", effect: "PreferNoSchedule" }] },
    ]) {
      assert.deepEqual(wrong(group), []);
    }
  });

  it("are refused with what EKS or Kubernetes would refuse", () => {
    assert.deepEqual(wrong({ instanceTypes: ["m7g.large", "m7i.large"] }), [
      `${AT}.instanceTypes must be of one processor architecture, because the nodes start from one ` +
        'image; "m7g.large" and "m7i.large" are not',
    ]);
    assert.deepEqual(wrong({ instanceTypes: [] }), [
      `${AT}.instanceTypes must be a list of at least 1; got []`,
    ]);
    assert.deepEqual(wrong({ min: 5 }), [`${AT}.max must be at least 'min' (5); got 4`]);
    assert.deepEqual(wrong({ capacityType: "spot" }), [
      `${AT}.capacityType must be "ON_DEMAND" or "SPOT"; got "spot"`,
    ]);
    assert.deepEqual(wrong({ taints: [{ key: "a b", effect: "NO_SCHEDULE" }] }), [
      `${AT}.taints[0].key must have a key of 1 to 63 letters, digits, '-', '_' and '.', with a letter ` +
        "or digit at both ends, after a DNS name and '/' where there is one; got \"a b\"",
      `${AT}.taints[0].effect must be "NoSchedule" or "PreferNoSchedule" or "NoExecute"; got "NO_SCHEDULE"`,
    ]);
    assert.deepEqual(wrong({ labels: { pool: "-" } }), [
      `${AT}.labels.pool must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit ` +
        'at both ends; got "-"',
    ]);
    assert.equal(wrong({}, "Batch").length, 1);
    assert.equal(wrong({}, "batch-").length, 1);
  });

  it("let no pod further than two hops", () => {
    assert.deepEqual(issues(cluster({ metadataHopLimit: 3 })), [
      "shop:cluster.create.metadataHopLimit must be at most 2; got 3",
    ]);
    assert.deepEqual(issues(cluster({ metadataHopLimit: 2 })), []);
  });
});
