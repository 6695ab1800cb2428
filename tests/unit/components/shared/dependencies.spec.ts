import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { dependencies } from "../../../../components/shared/dependencies";
import { evaluate } from "../../../../preflight/simulation/mocks/run";

describe("what the caller wants before a component", () => {
  it("is a list, whatever was given", async () => {
    const found: unknown[] = [];
    let one: pulumi.Resource | undefined;
    await evaluate(() => {
      one = new pulumi.ComponentResource("test:index:Thing", "thing");
      found.push(
        ...[undefined, {}, { dependsOn: one }, { dependsOn: [one] }, { dependsOn: [] }].map(
          dependencies,
        ),
      );
    });
    assert.deepEqual(found, [[], [], [one], [one], []]);
  });
});
