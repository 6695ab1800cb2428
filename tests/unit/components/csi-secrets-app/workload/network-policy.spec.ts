import * as assert from "node:assert/strict";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

describe("A network policy of a CsiSecretsApp", () => {
  it("is refused where a port is none", () => {
    assert.deepEqual(problemsOf({ networkPolicy: { egressPorts: [0, 443, 70000] } }), [
      "networkPolicy.egressPorts[0] must be a whole number from 1 to 65535; got 0",
      "networkPolicy.egressPorts[2] must be a whole number from 1 to 65535; got 70000",
    ]);
  });
});
