import * as assert from "node:assert/strict";
import { parseSettings, settingsProblems } from "../../../../functions/rotation/settings";
import { READER, SETTINGS } from "./support";

const REMEDY = "the component DatabaseUser sets it: deploy the stack again";

const problems = (changed: object): readonly string[] =>
  settingsProblems({ ...SETTINGS, ...changed });

describe("the settings of the rotation function", () => {
  it("are those of the variable", () => {
    assert.deepEqual(parseSettings(JSON.stringify(SETTINGS)), SETTINGS);
    assert.deepEqual(parseSettings(JSON.stringify(READER)), READER);
  });

  for (const text of [undefined, "", "{", "null", "1", '"a"', "[]"]) {
    it(`are missing in ${text}`, () => {
      assert.throws(() => parseSettings(text), {
        name: "RotationError",
        message: `the variable ROTATION_SETTINGS is missing or no JSON object; ${REMEDY}`,
      });
    });
  }

  it("name all mistakes at once", () => {
    assert.throws(() => parseSettings(JSON.stringify({ ...SETTINGS, host: "", port: 0 })), {
      message: `the variable ROTATION_SETTINGS: host must be a string that is not empty; port must be a whole number from 1 to 65535; ${REMEDY}`,
    });
    assert.deepEqual(settingsProblems({}), [
      ...["secretArn", "masterSecretArn", "host", "dbname", "dbInstanceIdentifier"].map(
        (key) => `${key} must be a string that is not empty`,
      ),
      "port must be a whole number from 1 to 65535",
      "ownerRole must be a string that is not empty",
      "users must be two names",
      'access must be "owner" or "read"',
      "schema must be a string that is not empty",
      "minimumAgeSeconds must be a whole number from 0 to 9007199254740991",
    ]);
  });

  const name63 = "ä".repeat(31) + "a";
  const cases: readonly (readonly [changed: object, ...found: string[]])[] = [
    [{}],
    [{ port: 1 }],
    [{ port: 65_535, minimumAgeSeconds: 0, schema: name63, ownerRole: name63 }],
    [{ port: 65_536 }, "port must be a whole number from 1 to 65535"],
    [{ port: "5432" }, "port must be a whole number from 1 to 65535"],
    [{ port: 1.5 }, "port must be a whole number from 1 to 65535"],
    [
      { minimumAgeSeconds: -1 },
      "minimumAgeSeconds must be a whole number from 0 to 9007199254740991",
    ],
    [{ host: 1 }, "host must be a string that is not empty"],
    [{ schema: `${name63}a` }, "schema must have at most 63 bytes"],
    [{ schema: "a\0" }, "schema must not contain NUL"],
    [{ schema: "" }, "schema must be a string that is not empty"],
    [{ users: ["a"] }, "users must be two names"],
    [{ users: "ab" }, "users must be two names"],
    [{ users: ["a", "a"] }, "users must differ"],
    [{ users: ["a", ""] }, "users[1] must be a string that is not empty"],
    [{ users: ["a", "b", "c"] }, "users must be two names"],
    [
      { users: ["pg_monitor", "rds_superuser"] },
      "users[0] must not be a role of PostgreSQL or RDS",
      "users[1] must not be a role of PostgreSQL or RDS",
    ],
    [
      { users: ["Public", "none"] },
      "users[0] must not be a role of PostgreSQL or RDS",
      "users[1] must not be a role of PostgreSQL or RDS",
    ],
    [{ users: ["a_pg_", "my_rds"] }],
    [{ users: ["publics", "anone"] }],
    [{ ownerRole: "rdsadmin" }, "ownerRole must not be a role of PostgreSQL or RDS"],
    [{ ownerRole: "orders_app" }, "ownerRole must be none of the users: it has no login"],
    [{ access: "write" }, 'access must be "owner" or "read"'],
    [{ readsFrom: "other" }, 'readsFrom goes with access "read" only'],
    [{ access: "read" }, 'readsFrom is required with access "read"'],
    [{ access: "read", readsFrom: "other" }],
    [
      { access: "read", readsFrom: "orders_owner" },
      "readsFrom must differ from ownerRole and users: it owns what they read",
    ],
    [
      { access: "read", readsFrom: "orders_app" },
      "readsFrom must differ from ownerRole and users: it owns what they read",
    ],
    [{ access: "read", readsFrom: "" }, "readsFrom must be a string that is not empty"],
  ];

  for (const [changed, ...found] of cases) {
    it(`${JSON.stringify(changed).slice(0, 60)}: ${found.join("; ") || "fine"}`, () => {
      assert.deepEqual(problems(changed), found);
    });
  }
});
