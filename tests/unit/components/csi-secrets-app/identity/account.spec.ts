import * as assert from "node:assert/strict";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

const policy = (account: string, name: string): string => `arn:aws:iam::${account}:policy/${name}`;
const issuer = (account: string): string =>
  `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A1`;

const [OURS, THEIRS] = ["123456789012", "210987654321"];
const ELSEWHERE = (of: string): string =>
  `must be in the account of '${of}', ${OURS}: the app's role takes policies and issuers of its own ` +
  "account only; got ";

const POLICY =
  'must be the ARN of an IAM policy, such as "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"';

describe("What the role of an app is made of", () => {
  it("is of one account, which AWS's own policies do not have", () =>
    assert.deepEqual(
      problemsOf({
        identity: { irsa: { oidcProviderArn: issuer(OURS) } },
        permissionsBoundary: policy(OURS, "apps"),
        policyArns: { read: "arn:aws:iam::aws:policy/ReadOnlyAccess", own: policy(OURS, "own") },
      }),
      [],
    ));

  it("is refused where two accounts are named, whichever is the right one", () => {
    assert.deepEqual(
      problemsOf({
        identity: { irsa: { oidcProviderArn: issuer(OURS) } },
        permissionsBoundary: policy(THEIRS, "apps"),
        policyArns: { read: policy(THEIRS, "read") },
      }),
      [
        `permissionsBoundary ${ELSEWHERE("identity.irsa.oidcProviderArn")}"${policy(THEIRS, "apps")}"`,
        `policyArns.read ${ELSEWHERE("identity.irsa.oidcProviderArn")}"${policy(THEIRS, "read")}"`,
      ],
    );
    assert.deepEqual(problemsOf({ policyArns: { a: policy(OURS, "a"), b: policy(THEIRS, "b") } }), [
      `policyArns.b ${ELSEWHERE("policyArns.a")}"${policy(THEIRS, "b")}"`,
    ]);
  });

  it("leaves what is no ARN, or is not known yet, to the rule of the argument", () => {
    const reasons = problemsOf({
      permissionsBoundary: "apps",
      policyArns: { late: Promise.resolve(policy(THEIRS, "late")), own: policy(OURS, "own") },
    });
    assert.equal(reasons.length, 1);
    assert.match(String(reasons[0]), /^permissionsBoundary must be the ARN of an IAM policy/);
    const odd = `x${policy(THEIRS, "apps")}`;
    assert.deepEqual(
      problemsOf({ permissionsBoundary: odd, policyArns: { own: policy(OURS, "own") } }),
      [`permissionsBoundary ${POLICY}; got "${odd}"`],
    );
  });
});
