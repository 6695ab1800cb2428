import * as assert from "node:assert/strict";
import {
  engineVersion,
  engineVersionProblem,
  SUPPORTED_MAJORS,
} from "../../../../components/secure-database/engine";

describe("the engine's version", () => {
  for (const major of SUPPORTED_MAJORS) {
    it(`${major} alone follows minor upgrades`, () =>
      assert.deepEqual(engineVersion(major), {
        version: major,
        parameterGroupFamily: `postgres${major}`,
        autoMinorVersionUpgrade: true,
      }));

    it(`${major}.2 stays where it is`, () =>
      assert.deepEqual(engineVersion(`${major}.2`), {
        version: `${major}.2`,
        parameterGroupFamily: `postgres${major}`,
        autoMinorVersionUpgrade: false,
      }));
  }

  const WRONG = ["13", "13.9", "99", "9.6", "", "17.", "17.4.1", "v17", "17 ", "latest", "17-R1"];
  for (const version of WRONG) {
    it(`refuses "${version}"`, () =>
      assert.equal(
        engineVersionProblem(version),
        "must be a PostgreSQL major version (15, 16, 17, 18) or one with its minor version, such " +
          'as "17.4"',
      ));
  }

  it("is right for each supported major version, with and without a minor one", () => {
    const right = SUPPORTED_MAJORS.flatMap((major) => [major, `${major}.10`]);
    assert.deepEqual(
      right.map(engineVersionProblem),
      right.map(() => undefined),
    );
  });
});
