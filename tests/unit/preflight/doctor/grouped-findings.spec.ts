import * as assert from "node:assert/strict";
import type { Finding } from "../../../../preflight/doctor/findings";
import { groupedFindings } from "../../../../preflight/doctor/grouped-findings";

const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
  ...{ id: "master-user", severity: "note", message, ...more },
});

const ofApp = (app: string, database = `${app}-db`): Finding =>
  finding(`Deployment ${app} logs in to ${database} as its master user`);

/** Message and names of each group. */
const shapes = (findings: readonly Finding[]) =>
  groupedFindings(findings).map(({ message, names, findings: { length } }) => [
    message,
    names,
    length,
  ]);

describe("findings that repeat for each app", () => {
  it("become one, with what differs named", () => {
    assert.deepEqual(shapes(["a", "b", "c"].map((app) => ofApp(app))), [
      ["Deployment … logs in to … as its master user", ["a", "b", "c"], 3],
    ]);
  });

  it("say what else differs where the first name does not tell them apart", () => {
    assert.deepEqual(shapes([ofApp("a", "x"), ofApp("a", "y"), ofApp("b", "x")]), [
      ["Deployment … logs in to … as its master user", ["a x", "a y", "b x"], 3],
    ]);
  });

  it("keep what is the same for all", () => {
    assert.deepEqual(shapes(["a", "b", "c"].map((app) => ofApp(app, "shared"))), [
      ["Deployment … logs in to shared as its master user", ["a", "b", "c"], 3],
    ]);
  });

  it("stay as they are where there are two, or where they say different things", () => {
    const apart = [
      ofApp("a"),
      ofApp("b"),
      finding("Deployment c holds the password in its manifest today"),
      finding("Deployment d logs in to d-db as its master user", { severity: "error" }),
      finding("Deployment e logs in to e-db as its master user", { id: "other" }),
    ];
    assert.deepEqual(
      groupedFindings(apart),
      apart.map((one) => ({ message: one.message, names: [], findings: [one] })),
    );
  });

  it("lose and reorder no finding of a group", () => {
    const members = ["c", "a", "b"].map((app) => ofApp(app));
    const other = finding("another thing");
    const [group, alone] = groupedFindings([members[0]!, other, members[1]!, members[2]!]);
    assert.deepEqual([group?.findings, alone?.findings], [members, [other]]);
  });
});
