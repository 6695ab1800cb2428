import * as assert from "node:assert/strict";
import { type Finding, withSources } from "../../../../preflight/doctor/findings";
import { stackRegistrations } from "./programs";

describe("the lines that findings are about", () => {
  const finding = (urn?: string): Finding => ({
    ...{ id: "a", severity: "note", message: "b" },
    ...(urn !== undefined && { urn }),
  });

  it("are those of their resources, from the program's folder", async () => {
    const [one, other, ...rest] = await stackRegistrations("Pod Identity and Helm");
    assert.ok(one && other);
    const registrations = [
      { ...one, source: { file: "/work/shop/stack/apps.ts", line: 4, column: 2 } },
      { ...other, source: { file: "/work/library/index.ts", line: 1, column: 1 } },
      ...rest,
    ];
    assert.deepEqual(
      withSources([finding(one.urn), finding(other.urn)], registrations, "/work/shop"),
      [
        { ...finding(one.urn), source: { file: "stack/apps.ts", line: 4, column: 2 } },
        { ...finding(other.urn), source: { file: "../library/index.ts", line: 1, column: 1 } },
      ],
    );
  });

  it("are left out where nothing is known of them", async () => {
    const [one] = await stackRegistrations("Pod Identity and Helm");
    assert.ok(one);
    const findings = [finding(), finding("urn:none"), finding(one.urn)];
    assert.deepEqual(withSources(findings, [{ ...one, source: undefined }], "/work"), findings);
  });
});
