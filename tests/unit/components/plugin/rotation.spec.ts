import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { rotationProblems, typeScriptRotation } from "../../../../components/plugin/rotation";

describe("rotation as other languages say it", () => {
  it("is what TypeScript says by false or an object", () => {
    assert.deepEqual(
      [undefined, {}, { enabled: true, pollInterval: "90s" }, { enabled: false }, "1m"].map(
        typeScriptRotation,
      ),
      [undefined, {}, { pollInterval: "90s" }, false, "1m"],
    );
  });

  it("is refused where the switch is no boolean, or off beside an interval", () => {
    assert.deepEqual(
      [undefined, { enabled: true, pollInterval: "90s" }, { enabled: false }].flatMap(
        rotationProblems,
      ),
      [],
    );
    assert.deepEqual(rotationProblems({ enabled: false, pollInterval: "90s" }), [
      {
        path: "rotation.pollInterval",
        reason: "cannot be combined with 'enabled' false; leave one of them out",
      },
    ]);
    const [late] = rotationProblems({ enabled: pulumi.output(true) });
    assert.match(
      `${late?.path} ${late?.reason}`,
      /^rotation\.enabled must be a plain boolean, not/,
    );
  });
});
