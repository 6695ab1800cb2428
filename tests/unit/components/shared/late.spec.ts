import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { list, string } from "../../../../components/shared/checks";
import { applied, late, optionalLate } from "../../../../components/shared/late";

const short = string((text) => (text.length > 3 ? "must be short" : undefined));
const gated = (value: unknown, check = short) =>
  late('Thing "x"', "a", pulumi.output(value), check);
const plain = (value: unknown) => late('Thing "x"', "a", value, short);

/** The value of an Output. `promise()` rejects with what an `apply` threw; the type hides it. */
const settled = (output: unknown): Promise<unknown> =>
  (output as { promise(): Promise<unknown> }).promise();

describe("what is made of a value that may be known late", () => {
  it("is made at once of a plain one, and is an Output of a late one", async () => {
    const length = (value: pulumi.Input<string>) => applied(value, (text) => text.length);
    assert.equal(length("abc"), 3);
    const secret = length(pulumi.secret("abc")) as pulumi.Output<number>;
    assert.deepEqual(
      await Promise.all([
        settled(secret),
        pulumi.isSecret(secret),
        settled(length(Promise.resolve("ab"))),
        settled(applied(pulumi.output("a"), () => pulumi.output("inner"))),
      ]),
      [3, true, 2, "inner"],
    );
  });
});

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

  it("stays plain where it is no late one, and is refused late all the same", async () => {
    assert.equal(plain("abc"), "abc");
    await assert.rejects(() => Promise.resolve(plain("abcd")), {
      message: 'Thing "x": \'a\' must be short; got "abcd"',
    });
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
