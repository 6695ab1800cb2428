import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { diagnose } from "../../preflight/doctor";
import { atPreview, computedTexts, leavesOf } from "./support/at-preview";
import { evaluated, POLICY_PROGRAMS } from "./support/policy-programs";

const LOCATION = { accountId: "123456789012", partition: "aws" };
/** These say that something is not known. */
const SAYS_SO = /-undecided$|^manifest-unread$/;

describe("whatever is unknown of a program", () => {
  for (const name of POLICY_PROGRAMS) {
    it(`gives rise to no finding that knowing it takes back: ${name}`, async () => {
      const { registrations, region } = await evaluated(name);
      const keysOf = (drafted: typeof registrations) =>
        diagnose(drafted, { region, ...LOCATION }).map(({ id, urn = "" }) => ({ id, urn }));
      const known = new Set(keysOf(registrations).map(({ id, urn }) => `${id} ${urn}`));
      const texts = [
        ...new Set([...registrations.flatMap(computedTexts), ...registrations.flatMap(leavesOf)]),
      ];
      fc.assert(
        fc.property(fc.subarray(texts), fc.boolean(), (some, isFew) => {
          const unknown = new Set(isFew ? some.slice(0, 12) : some);
          const more = keysOf(atPreview(registrations, unknown))
            .filter(({ id, urn }) => !SAYS_SO.test(id) && !known.has(`${id} ${urn}`))
            .map(({ id, urn }) => `${id} ${urn}`);
          assert.deepEqual(more, []);
        }),
        { numRuns: 60, seed: 20261126 },
      );
    });
  }
});
