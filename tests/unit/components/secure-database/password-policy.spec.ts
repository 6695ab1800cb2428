import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { passwordPolicy } from "../../../../components/secure-database/password-policy";

const COMPONENT = "SecureDatabase 'orders'";

describe("the password policy", () => {
  it("is letters and digits without special characters", () => {
    assert.deepEqual(passwordPolicy(COMPONENT, 32, ""), { length: 32, special: false });
  });

  it("allows what a URL need not escape", () => {
    assert.deepEqual(passwordPolicy(COMPONENT, 16, "-._~"), {
      length: 16,
      special: true,
      overrideSpecial: "-._~",
    });
  });

  for (const length of [16, 17, 127, 128]) {
    it(`accepts ${length} characters`, () =>
      assert.equal(passwordPolicy(COMPONENT, length, "").length, length));
  }
  for (const length of [15, 129, 0, -32, 32.5, NaN, Infinity]) {
    it(`refuses ${length} characters`, () =>
      assert.throws(() => passwordPolicy(COMPONENT, length, ""), {
        name: "ArgError",
        message: `${COMPONENT}: 'passwordLength' must be a whole number from 16 to 128; got ${length}`,
      }));
  }

  const ONLY = "may hold only - . _ ~, which need no escaping in a URL; got";
  const REFUSED = [
    ["!", `${ONLY} !`],
    ["-!_#", `${ONLY} ! #`],
    ["!!", `${ONLY} !`],
    ["/", `${ONLY} / (RDS itself refuses /)`],
    ['-@ "/', `${ONLY} @ space " / (RDS itself refuses @ space " /)`],
    ["%@", `${ONLY} % @ (RDS itself refuses @)`],
    ["a", `${ONLY} a`],
  ] as const;
  for (const [characters, problem] of REFUSED) {
    it(`refuses '${characters}'`, () =>
      assert.throws(() => passwordPolicy(COMPONENT, 32, characters), {
        name: "ArgError",
        message: `${COMPONENT}: 'passwordSpecialCharacters' ${problem}`,
      }));
  }

  it("never allows a character that a URL would have to escape", () => {
    fc.assert(
      fc.property(fc.string(), (characters) => {
        try {
          passwordPolicy(COMPONENT, 32, characters);
        } catch {
          return;
        }
        assert.equal(encodeURIComponent(characters), characters);
      }),
    );
  });
});
