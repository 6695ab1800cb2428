import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { list, string } from "../../../../components/shared/checks";
import { late, optionalLate } from "../../../../components/shared/late";

const short = string((text) => (text.length > 3 ? "must be short" : undefined));
const gated = (value: unknown, check = short) => late('Thing "x"', "a", value, check);

/** The value of an Output. `promise()` rejects with what an `apply` threw; the type hides it. */
const settled = (output: unknown): Promise<unknown> =>
  (output as { promise(): Promise<unknown> }).promise();

describe("a value that may be known late", () => {
  it("passes where its check finds nothing, and stays secret", async () => {
    const secret = gated(pulumi.secret("abc"));
    assert.deepEqual(
      await Promise.all([
        settled(gated("abc")),
        settled(gated(pulumi.output("abc"))),
        settled(gated(Promise.resolve("abc"))),
        settled(secret),
        pulumi.isSecret(secret),
        pulumi.isSecret(gated("abc")),
      ]),
      ["abc", "abc", "abc", "abc", true, false],
    );
  });

  it("is absent where it was left out", () => {
    assert.equal(optionalLate('Thing "x"', "a", undefined, short), undefined);
  });

  it("is refused with its value when it becomes known", async () => {
    await assert.rejects(settled(gated(pulumi.output("abcd"))), {
      message: 'Thing "x": \'a\' must be short; got "abcd"',
      errors: [{ propertyPath: "a", reason: 'must be short; got "abcd"' }],
    });
    await assert.rejects(settled(gated(pulumi.output(5))), {
      message: "Thing \"x\": 'a' must be a string; got 5",
    });
  });

  it("is refused without its value where it is secret, or where a part of it is", async () => {
    await assert.rejects(settled(gated(pulumi.secret("s3cr3t"))), {
      message: "Thing \"x\": 'a' must be short; got a secret value",
    });
    const parts = gated([pulumi.secret("s3cr3t"), "abc", "plain"], list(short));
    await assert.rejects(settled(parts), {
      message:
        "Thing \"x\": 2 arguments are wrong\n  'a[0]' must be short; got a secret value\n" +
        "  'a[2]' must be short; got a secret value",
    });
  });
});
