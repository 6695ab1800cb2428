import * as assert from "node:assert/strict";
import { engineVersion, SUPPORTED_MAJORS } from "../../../../components/secure-database/engine";

const COMPONENT = "SecureDatabase 'orders'";

describe("the engine's version", () => {
  for (const major of SUPPORTED_MAJORS) {
    it(`${major} alone follows minor upgrades`, () =>
      assert.deepEqual(engineVersion(COMPONENT, major), {
        version: major,
        parameterGroupFamily: `postgres${major}`,
        autoMinorVersionUpgrade: true,
      }));

    it(`${major}.2 stays where it is`, () =>
      assert.deepEqual(engineVersion(COMPONENT, `${major}.2`), {
        version: `${major}.2`,
        parameterGroupFamily: `postgres${major}`,
        autoMinorVersionUpgrade: false,
      }));
  }

  const WRONG = ["13", "13.9", "99", "9.6", "", "17.", "17.4.1", "v17", "17 ", "latest", "17-R1"];
  for (const version of WRONG) {
    it(`refuses "${version}"`, () =>
      assert.throws(() => engineVersion(COMPONENT, version), {
        name: "ArgError",
        message:
          `${COMPONENT}: 'engineVersion' must be a PostgreSQL major version (${SUPPORTED_MAJORS.join(", ")}) or ` +
          `one with its minor version, such as "17.4"; got "${version}"`,
      }));
  }
});
