import * as assert from "node:assert/strict";
import { quantityOf } from "../../../../../preflight/simulation/models/kubernetes/quantity";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";

describe("a quantity", () => {
  it("is the number that it stands for", () => {
    const texts = [
      "1",
      0.5,
      "100m",
      "0.1",
      "1.1G",
      "1100M",
      "1Ki",
      ".5Mi",
      "1e3",
      "2E",
      "5u",
      "7n",
    ];
    assert.deepEqual(
      texts.map(quantityOf),
      [1, 0.5, 0.1, 0.1, 1.1e9, 1.1e9, 1024, 524_288, 1000, 2e18, 5e-6, 7e-9],
    );
  });

  it("is nothing else", () => {
    const texts = ["", "1 Gi", "1KB", "Gi", ".", "1e", "0x1", true, null, UNKNOWN];
    assert.deepEqual(
      texts.map(quantityOf),
      texts.map(() => undefined),
    );
  });
});
