import * as assert from "node:assert/strict";
import { readSecret } from "../../../../preflight/doctor/access";
import { KmsKeys, type Role } from "../../../../preflight/doctor/facts";
import { statementsOf, type Verdict } from "../../../../preflight/doctor/iam";

const STAND_IN = "123456789012";
const OTHER = "210987654321";
const REGION = "eu-central-1";
const CONTEXT = { region: REGION, accountId: STAND_IN, partition: "aws" };

const secretIn = (account: string) =>
  `arn:aws:secretsmanager:${REGION}:${account}:secret:orders-AbCdEf`;
const providerIn = (account: string) =>
  `arn:aws:iam::${account}:oidc-provider/oidc.eks.${REGION}.amazonaws.com/id/A`;

const allow = (more: object) => ({
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  ...more,
});

/** A role that trusts an identity provider of an account, and may do this. */
const roleOf = (account: string, ...statements: readonly object[]): Role => ({
  urn: "urn",
  arn: `arn:aws:iam::${STAND_IN}:role/app`,
  name: "app",
  trust: statementsOf("trust", {
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerIn(account) },
        Action: "sts:AssumeRoleWithWebIdentity",
      },
    ],
  }),
  identity: statementsOf("policy", { Statement: statements }),
  grants: [],
  limits: [],
  tagKeys: [],
});

const read = (role: Role, arn: string) =>
  readSecret({ role }, arn, REGION, undefined, CONTEXT, new KmsKeys([])).read;

describe("access to what an ARN names in full", () => {
  const cases: readonly [what: string, role: Role, arn: string, Verdict][] = [
    [
      "in the role's account, by its number",
      roleOf(OTHER, allow({ Resource: secretIn(OTHER) })),
      secretIn(OTHER),
      "allowed",
    ],
    [
      "in the role's account, by any number",
      roleOf(OTHER, allow({ Resource: secretIn("*") })),
      secretIn(OTHER),
      "allowed",
    ],
    [
      "in the role's account, and permitted by the number of the stand-in",
      roleOf(OTHER, allow({ Resource: secretIn(STAND_IN) })),
      secretIn(OTHER),
      "allowed",
    ],
    [
      "in an account that is not the role's",
      roleOf("111122223333", allow({ Resource: secretIn(OTHER) })),
      secretIn(OTHER),
      "unknown",
    ],
    [
      "in an account that is not the role's, without its own permission",
      roleOf("111122223333", allow({ Resource: secretIn("111122223333") })),
      secretIn(OTHER),
      "denied",
    ],
    [
      "in an account that may be the role's",
      roleOf(STAND_IN, allow({ Resource: secretIn(OTHER) })),
      secretIn(OTHER),
      "unknown",
    ],
    [
      "in an account that may be the role's, with a permission for another secret",
      roleOf(STAND_IN, allow({ Resource: secretIn(OTHER).replace("orders", "bills") })),
      secretIn(OTHER),
      "denied",
    ],
    [
      "of the program, with a denial for who is not of a named account",
      roleOf(
        STAND_IN,
        allow({ Resource: "*" }),
        allow({
          Effect: "Deny",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:PrincipalAccount": OTHER } },
        }),
      ),
      secretIn(STAND_IN),
      "unknown",
    ],
  ];
  for (const [what, role, arn, verdict] of cases) {
    it(`is ${verdict}: ${what}`, () => assert.equal(read(role, arn).verdict, verdict));
  }

  it("is decided in the account that the program says it is for", () => {
    const role = roleOf(STAND_IN, allow({ Resource: secretIn(OTHER) }));
    const verdicts = [OTHER, "111122223333"].map(
      (ownAccount) =>
        readSecret(
          { role, ownAccount },
          ...([secretIn(OTHER), REGION, undefined, CONTEXT, new KmsKeys([])] as const),
        ).read.verdict,
    );
    assert.deepEqual(verdicts, ["allowed", "unknown"]);
  });

  it("says whose policy has to allow it, where that is not known", () => {
    assert.deepEqual(
      read(roleOf("111122223333", allow({ Resource: secretIn(OTHER) })), secretIn(OTHER)),
      {
        verdict: "unknown",
        statement: `the policy of the secret in account ${OTHER}, which must allow it as well`,
      },
    );
    assert.deepEqual(
      read(roleOf(STAND_IN, allow({ Resource: secretIn(OTHER) })), secretIn(OTHER)),
      {
        verdict: "unknown",
        statement:
          `the policy of the secret in account ${OTHER}, which must allow it as well ` +
          "unless that is the role's own account",
      },
    );
  });
});
