import * as assert from "node:assert/strict";
import fc from "fast-check";
import { LONGEST_POLICY, policiesOf, type Policy } from "../../../../preflight/rights";
import type { Right } from "../../../../preflight/rights/rights";

const right = (action: string, resource: string, value?: string): Right => ({
  action,
  resource,
  ...(value !== undefined && { condition: { operator: "StringEquals", key: "a:Key", value } }),
});

/** What policies allow, one by one, as IAM reads them: each action on each resource under each value. */
const allowed = (policies: readonly Policy[]): readonly string[] =>
  [
    ...new Set(
      policies.flatMap(({ Statement }) =>
        Statement.flatMap(({ Sid, Action, Resource, Condition }) => {
          const values = Object.values(Condition ?? {}).flatMap((each) =>
            Object.values(each).flat(),
          );
          return Action.flatMap((action) =>
            Resource.flatMap((resource) =>
              (values.length === 0 ? [""] : values).map((value) =>
                [Sid ?? "", action, resource, value].join(" "),
              ),
            ),
          );
        }),
      ),
    ),
  ].sort();

const asked = (rights: readonly Right[]): readonly string[] =>
  [
    ...new Set(
      rights.map(({ sid, action, resource, condition }) =>
        [sid ?? "", action, resource, condition?.value ?? ""].join(" "),
      ),
    ),
  ].sort();

const RIGHTS = fc.array(
  fc.record({
    action: fc.constantFrom("a:One", "a:Two", "b:Three"),
    resource: fc.constantFrom("*", "arn:1", "arn:2", "arn:3"),
    value: fc.constantFrom(undefined, "x", "y"),
  }),
  { maxLength: 30 },
);

describe("policies of rights", () => {
  it("join what differs in one list only, and are sorted", () => {
    const policies = policiesOf([
      right("s3:PutObject", "arn:b"),
      right("s3:GetObject", "arn:b"),
      right("s3:PutObject", "arn:a"),
      right("s3:GetObject", "arn:a"),
      right("iam:PassRole", "arn:r", "z"),
      right("iam:PassRole", "arn:r", "y"),
    ]);
    assert.deepEqual(policies, [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["iam:PassRole"],
            Resource: ["arn:r"],
            Condition: { StringEquals: { "a:Key": ["y", "z"] } },
          },
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: ["arn:a", "arn:b"],
          },
        ],
      },
    ]);
  });

  it("keep a named statement apart", () => {
    const policies = policiesOf([
      right("s:Read", "arn:a"),
      { ...right("s:Value", "arn:a"), sid: "Values" },
    ]);
    assert.deepEqual(
      policies[0]?.Statement.map(({ Sid, Action }) => [Sid, Action]),
      [
        [undefined, ["s:Read"]],
        ["Values", ["s:Value"]],
      ],
    );
  });

  it("are none for no rights", () => {
    assert.deepEqual(policiesOf([]), []);
  });

  it("allow exactly what is asked, each policy within its length, in any order of the rights", () => {
    fc.assert(
      fc.property(RIGHTS, fc.integer({ min: 200, max: 600 }), (given, longest) => {
        const rights = given.map(({ action, resource, value }) => right(action, resource, value));
        const policies = policiesOf(rights, longest);
        assert.deepEqual(allowed(policies), asked(rights));
        assert.deepEqual(policiesOf([...rights].reverse(), longest), policies);
        for (const policy of policies) {
          assert.ok(JSON.stringify(policy).length <= longest, JSON.stringify(policy));
        }
      }),
    );
  });

  it("split a statement that is too long for a policy by its resources", () => {
    const rights = Array.from({ length: 300 }, (_, index) =>
      right(
        "s3:GetObject",
        `arn:aws:s3:::a-bucket-with-a-name-${String(index).padStart(3, "0")}/*`,
      ),
    );
    const policies = policiesOf(rights);
    assert.ok(policies.length > 1);
    assert.deepEqual(allowed(policies), asked(rights));
    for (const policy of policies) assert.ok(JSON.stringify(policy).length <= LONGEST_POLICY);
  });
});
