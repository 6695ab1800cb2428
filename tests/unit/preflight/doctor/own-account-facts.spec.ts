import * as assert from "node:assert/strict";
import { accountOfArn, ownAccountOf } from "../../../../preflight/doctor/facts/own-account";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { registered } from "./registered";

const FIRST = "123456789012";
const SECOND = "210987654321";

/** The account of a program with a provider for each of these. */
const own = async (...allowed: readonly unknown[]) =>
  ownAccountOf(
    await registered(
      ...allowed.map(
        (allowedAccountIds, index) =>
          ["pulumi:providers:aws", `aws-${index}`, { allowedAccountIds }] as const,
      ),
    ),
  );

describe("the account that a program says it is for", () => {
  it("is the one that its providers of AWS allow, as a list or as JSON", async () => {
    assert.equal(await own([FIRST]), FIRST);
    assert.equal(await own(`["${FIRST}"]`), FIRST);
    assert.equal(await own(`[${FIRST}]`), FIRST);
    assert.equal(await own([FIRST], undefined, `["${FIRST}"]`), FIRST);
    assert.equal(
      ownAccountOf(
        await registered(
          ["pulumi:providers:aws-native", "native", { allowedAccountIds: [SECOND] }],
          ["pulumi:providers:aws", "aws", { allowedAccountIds: [FIRST] }],
          ["acme:pulumi:providers:aws", "acme", { allowedAccountIds: [SECOND] }],
        ),
      ),
      FIRST,
    );
  });

  it("is none where they say none, more than one, or nothing that is known", async () => {
    for (const allowed of [
      [],
      [[]],
      [undefined],
      ["no JSON"],
      ["{}"],
      [[FIRST, SECOND]],
      [[FIRST], `["${SECOND}"]`],
      [UNKNOWN],
      [[UNKNOWN]],
      [[FIRST, UNKNOWN]],
      [[FIRST, `${HOLE}`]],
      [`["${UNKNOWN}"]`],
    ]) {
      assert.equal(await own(...allowed), undefined, JSON.stringify(allowed));
    }
  });
});

describe("the account in an ARN", () => {
  it("is its fifth part, with or without a region before it", () => {
    for (const arn of [
      `arn:aws:iam::${FIRST}:role/app`,
      `arn:aws-us-gov:secretsmanager:us-gov-west-1:${FIRST}:secret:orders`,
      `arn:a:s:r:${FIRST}:`,
      `arn:aws:resource-groups:r:${FIRST}:group`,
    ]) {
      assert.equal(accountOfArn(arn), FIRST, arn);
    }
  });

  it("is none where it names none, or is no ARN", () => {
    for (const arn of [
      "",
      "arn:aws:s3:::bucket",
      `arn:aws:iam::${FIRST}`,
      `arn:aws:iam::${FIRST}0:role/app`,
      "arn:aws:iam::12345678901:role/app",
      "arn:aws:iam::12345678901x:role/app",
      `arn::iam::${FIRST}:role/app`,
      `arn:aws:::${FIRST}:role/app`,
      `arn:aws:iam:a:b:${FIRST}:role/app`,
      `arn:a s:iam::${FIRST}:role/app`,
      `arn:aws:i m::${FIRST}:role/app`,
      `arn:aws:iam:a b:${FIRST}:role/app`,
      `role arn:aws:iam::${FIRST}:role/app`,
    ]) {
      assert.equal(accountOfArn(arn), undefined, arn);
    }
  });
});
