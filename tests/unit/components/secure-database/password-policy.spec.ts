import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  passwordLengthProblem,
  passwordPolicy,
  specialCharactersProblem,
} from "../../../../components/secure-database/password-policy";

describe("the password policy", () => {
  it("is letters and digits without special characters", () => {
    assert.deepEqual(passwordPolicy(32, ""), { length: 32, special: false });
  });

  it("allows what a URL need not escape", () => {
    assert.equal(specialCharactersProblem("-._~"), undefined);
    assert.deepEqual(passwordPolicy(16, "-._~"), {
      length: 16,
      special: true,
      overrideSpecial: "-._~",
    });
  });

  for (const length of [16, 17, 127, 128]) {
    it(`accepts ${length} characters`, () =>
      assert.equal(passwordLengthProblem(length), undefined));
  }
  for (const length of [15, 129, 0, -32, 32.5, NaN, Infinity]) {
    it(`refuses ${length} characters`, () =>
      assert.equal(passwordLengthProblem(length), "must be a whole number from 16 to 128"));
  }

  for (const characters of ["!", "-!_#", "/", '-@ "/', "%@", "a"]) {
    it(`refuses '${characters}'`, () =>
      assert.equal(
        specialCharactersProblem(characters),
        'must hold only - . _ ~, which need no escaping in a URL (RDS itself refuses / @ " and ' +
          "spaces)",
      ));
  }

  it("allows exactly the punctuation that a URL need not escape", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (characters) => {
        const unescaped = /^[-._~]*$/.test(characters);
        assert.equal(specialCharactersProblem(characters) === undefined, unescaped);
      }),
    );
  });
});
