import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { childEnvironment } from "../support/child-environment";
import { PROJECT, RAW } from "./support/run-plan";

/** Evaluates a program as the plan does, and prints all of it. */
const SCRIPT = `
  const launch = "./launch";
  require(launch + "/typescript.cjs").register(require(launch + "/cache.cjs").TRANSLATED);
  if (process.argv[2] === "lean") {
    require(launch + "/lazy.cjs").defer("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);
    require("./preflight/simulation/program/launch/lean-sdk.cjs").lighten(require);
  }
  require("./preflight/simulation/program/evaluate-program")
    .evaluateProgram(process.argv[1], "dev")
    .then(({ registrations, outputs, log }) => {
      const byUrn = (a, b) => (a.urn < b.urn ? -1 : 1);
      console.log(JSON.stringify({ registrations: registrations.toSorted(byUrn), outputs, log }));
    });`;

describe("the lighter SDK", function () {
  this.timeout(120_000);

  for (const [what, folder] of [
    ["raw resources", RAW],
    ["components", PROJECT],
  ] as const) {
    it(`gives a program what the SDK as it is gives: ${what}`, () => {
      const [lean, whole] = ["lean", "whole"].map((how) => {
        const options = { cwd: PROJECT, encoding: "utf8", env: childEnvironment() } as const;
        return execFileSync(process.execPath, ["-e", SCRIPT, folder, how], {
          ...options,
          maxBuffer: 64 * 1024 * 1024,
        });
      });
      assert.ok(JSON.parse(whole ?? "").registrations.length > 5);
      assert.deepEqual(JSON.parse(lean ?? ""), JSON.parse(whole ?? ""));
    });
  }
});
