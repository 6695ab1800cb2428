import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TESTED_VERSIONS } from "../../../components/csi-secrets-driver/versions";
import { dependencies } from "../../../package.json";
import renovate from "../../../renovate.json";

const ROOT = resolve(__dirname, "../../..");

/** The files that a custom manager reads; it writes its patterns as `/regular expression/`. */
function filesOf(patterns: readonly string[]): string[] {
  const known = [
    "components/csi-secrets-driver/versions.ts",
    ...readdirSync(join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`),
  ];
  return known.filter((file) => patterns.some((text) => new RegExp(text.slice(1, -1)).test(file)));
}

const found = renovate.customManagers.map(({ managerFilePatterns, matchStrings }) =>
  filesOf(managerFilePatterns).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return matchStrings.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern, "g"))].map(({ groups }) => ({ ...groups })),
    );
  }),
);

describe("the versions that Renovate looks after outside package.json", () => {
  it("are those of the two charts", () => {
    assert.deepEqual(found.slice(0, 2), [
      [{ currentValue: TESTED_VERSIONS.providerChart }],
      [{ currentValue: TESTED_VERSIONS.driver }],
    ]);
  });

  it("are those of the Pulumi CLI in the workflows, the same as the SDK's", () => {
    const cli = {
      datasource: "npm",
      depName: "@pulumi/pulumi",
      currentValue: dependencies["@pulumi/pulumi"],
    };
    assert.deepEqual(found[2], [cli, cli]);
  });
});
