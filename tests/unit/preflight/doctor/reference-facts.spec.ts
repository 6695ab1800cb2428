import * as assert from "node:assert/strict";
import { References } from "../../../../preflight/doctor/facts/references";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { registeredWith } from "./registered";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const POD = "kubernetes:core/v1:Pod";

describe("what a property refers to", () => {
  const behind = async (type: string | RegExp, property = "secretId") => {
    const registrations = await registeredWith(
      [SECRET, "login"],
      [`${SECRET}s`, "alike"],
      [
        VERSION,
        "version",
        {},
        {
          propertyDependencies: {
            secretId: [urnOf(`${SECRET}s`, "alike"), urnOf(SECRET, "login"), "urn-of-nobody"],
            other: [urnOf(VERSION, "version")],
          },
        },
      ],
    );
    const [, , version] = registrations;
    assert.ok(version);
    return new References(registrations).behind(version, property, type);
  };

  it("is every resource of the wanted type whose outputs went into it", async () => {
    assert.deepEqual(await behind(SECRET), [urnOf(SECRET, "login")]);
    assert.deepEqual(await behind(/secret:Secret/), [
      urnOf(`${SECRET}s`, "alike"),
      urnOf(SECRET, "login"),
    ]);
    // A pattern is not asked about what is not registered.
    assert.deepEqual(await behind(/undefined/), []);
    assert.deepEqual(await behind(VERSION), []);
    assert.deepEqual(await behind(VERSION, "other"), [urnOf(VERSION, "version")]);
    assert.deepEqual(await behind(/./, "secretString"), []);
  });
});

describe("a registered resource", () => {
  it("is found by its URN", async () => {
    const registrations = await registeredWith([SECRET, "login"], [SECRET, "other"]);
    const references = new References(registrations);
    assert.equal(references.find(urnOf(SECRET, "other")), registrations[1]);
    assert.equal(references.find("urn-of-nobody"), undefined);
  });

  it("has the name of its metadata, else that of the program", async () => {
    const references = new References(
      await registeredWith(
        [POD, "named", { metadata: { name: "api" } }],
        [POD, "late", { metadata: { name: UNKNOWN } }],
        [POD, "nameless"],
      ),
    );
    const names = ["named", "late", "nameless"].map((name) => references.nameOf(urnOf(POD, name)));
    assert.deepEqual(names, ["api", "late", "nameless"]);
    assert.equal(references.nameOf("urn-of-nobody"), undefined);
    assert.equal(references.nameOf(undefined), undefined);
  });
});
