import * as assert from "node:assert/strict";
import { canAssume, type Subject } from "../../../../preflight/doctor/access";
import { canChain } from "../../../../preflight/doctor/access/trust";
import { LATE_NAMESPACE, type Role, type RoleLink } from "../../../../preflight/doctor/facts";
import { statementsOf } from "../../../../preflight/doctor/iam";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

const ACCOUNT = "123456789012";
const CONTEXT = { region: "eu-central-1", accountId: ACCOUNT, partition: "aws" };
const SUBJECT: Subject = { namespace: "shop", serviceAccount: "api" };
const issuerOf = (id: string) => `oidc.eks.eu-central-1.amazonaws.com/id/${id}`;
const providerOf = (id: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuerOf(id)}`;

type Statement = Readonly<Record<string, unknown>>;

const roleThatTrusts = (...statements: readonly Statement[]): Role => ({
  ...{ urn: "urn", arn: `arn:aws:iam::${ACCOUNT}:role/app`, name: "app" },
  trust: statementsOf("trust", { Statement: statements }),
  ...{ identity: [], grants: [], limits: [], tagKeys: [] },
});

describe("whether the role of an association may take its target role", () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
  const TARGET = `arn:aws:iam::${ACCOUNT}:role/target`;
  const BOTH = ["sts:AssumeRole", "sts:TagSession"];
  interface Around {
    readonly may?: Statement;
    readonly tagsSession?: boolean;
    readonly limits?: Role["limits"];
  }
  const chain = (
    trust: Statement,
    { may = { Action: BOTH, Resource: TARGET }, tagsSession = true, limits = [] }: Around = {},
  ) => {
    const identity = statementsOf("policy", { Statement: { Effect: "Allow", ...may } });
    const target = roleThatTrusts({
      ...{ Effect: "Allow", Action: BOTH, Principal: { AWS: ROLE } },
      ...trust,
    });
    return canChain({
      ...{ mode: "Pod Identity", urn: "association", roleArn: ROLE, tagsSession },
      role: { ...roleThatTrusts(), identity, limits },
      target: { roleArn: TARGET, role: { ...target, arn: TARGET } },
    })?.verdict;
  };
  const NOTHING = { may: { Action: "s3:*", Resource: "*" } };
  const ROOT = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };

  it("takes the target's trust, and its own policies where that trusts the account", () => {
    assert.deepEqual(
      [
        chain({}),
        chain({}, NOTHING),
        chain(ROOT),
        chain(ROOT, NOTHING),
        chain({ Principal: { AWS: `${ROLE}-other` } }),
        chain({ Principal: { Service: "pods.eks.amazonaws.com" } }),
        chain(ROOT, { may: { Action: BOTH, Resource: ROLE } }),
        chain(ROOT, { limits: [statementsOf("boundary", { Statement: [] })] }),
        chain({ Condition: { StringEquals: { "sts:ExternalId": "x" } } }),
      ],
      [
        ...["allowed", "allowed", "allowed", "denied"],
        ...["denied", "denied", "denied", "denied", "unknown"],
      ],
    );
  });

  it("takes the right to tag the session, where it is tagged", () => {
    const trust = { Action: "sts:AssumeRole" };
    assert.deepEqual([chain(trust), chain(trust, { tagsSession: false })], ["denied", "allowed"]);
  });

  it("is no question without a target role, or with one outside the program", () => {
    const link: RoleLink = {
      ...{ mode: "Pod Identity", urn: "association", roleArn: ROLE, tagsSession: true },
      role: roleThatTrusts(),
    };
    assert.deepEqual(
      [
        canChain(link),
        canChain({ ...link, target: { roleArn: TARGET, role: undefined } }),
        canChain({
          ...{ ...link, role: undefined },
          target: { roleArn: TARGET, role: roleThatTrusts() },
        }),
      ],
      [undefined, undefined, undefined],
    );
  });
});

describe("whether a role lets pods take it by the cluster's tokens", () => {
  const byToken = (...more: readonly Statement[]): readonly Statement[] =>
    more.map((statement) => ({
      ...{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" },
      Principal: { Federated: providerOf("A") },
      ...statement,
    }));
  const verdict = (
    statements: readonly Statement[],
    { subject = SUBJECT, providers = [providerOf("A")] as readonly string[] } = {},
  ) => {
    const role = roleThatTrusts(...statements);
    const link: RoleLink = {
      ...{ mode: "IRSA", urn: "account", roleArn: role.arn, role, tagsSession: false },
    };
    return canAssume(link, subject, CONTEXT, providers).verdict;
  };
  const equal = (values: Statement) => ({ Condition: { StringEquals: values } });

  it("is decided by the issuer, the ServiceAccount and the audience", () => {
    const key = (name: string) => `${issuerOf("A")}:${name}`;
    assert.deepEqual(
      [
        {},
        equal({
          [key("sub")]: "system:serviceaccount:shop:api",
          [key("aud")]: "sts.amazonaws.com",
        }),
        equal({ [key("sub")]: "system:serviceaccount:shop:other" }),
        equal({ [key("aud")]: "another" }),
        { Principal: { Federated: providerOf("B") } },
        { Action: "sts:AssumeRole" },
      ].map((statement) => verdict(byToken(statement))),
      ["allowed", "allowed", "denied", "denied", "unknown", "denied"],
    );
    const audience = equal({ [key("aud")]: "another" });
    assert.equal(
      verdict(byToken(audience), { subject: { ...SUBJECT, audience: "another" } }),
      "allowed",
    );
  });

  it("knows nothing of claims that the token does not have, nor of those of another issuer", () => {
    assert.equal(verdict(byToken(equal({ [`${issuerOf("B")}:sub`]: "x" }))), "denied");
    assert.equal(verdict(byToken(equal({ [`${issuerOf("B")}:aud`]: "x" }))), "denied");
    assert.equal(verdict(byToken(equal({ [`${issuerOf("B")}:subject`]: "x" }))), "denied");
    // The issuer without a claim behind it names nothing.
    assert.equal(verdict(byToken(equal({ [issuerOf("A")]: "x" }))), "denied");
    assert.equal(verdict(byToken(equal({ "aws:SourceIp": "10.0.0.1" }))), "unknown");
  });

  it("is undecided for pods whose namespace only the update tells, where it is asked for", () => {
    const subject = { ...SUBJECT, namespace: LATE_NAMESPACE };
    const sub = equal({ [`${issuerOf("A")}:sub`]: "system:serviceaccount:shop:api" });
    const aud = equal({ [`${issuerOf("A")}:aud`]: "another" });
    assert.equal(verdict(byToken(sub), { subject }), "unknown");
    assert.equal(verdict(byToken({}), { subject }), "allowed");
    assert.equal(verdict(byToken(aud), { subject }), "denied");
  });

  it("is enough for one of the program's clusters", () => {
    const providers = [providerOf("B"), providerOf("A")];
    assert.equal(verdict(byToken({}), { providers }), "allowed");
    // One that is no cluster's issues no tokens for pods.
    const github = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    const trustsGithub = byToken({ Principal: { Federated: github } });
    assert.equal(verdict(trustsGithub, { providers: [github, providerOf("A")] }), "unknown");
    assert.equal(verdict(trustsGithub, { providers: [github] }), "allowed");
  });

  it("is decided by the issuer that is named, where the program has none", () => {
    const providers: readonly string[] = [];
    assert.equal(verdict(byToken({}), { providers }), "allowed");
    const other = equal({ [`${issuerOf("A")}:sub`]: "system:serviceaccount:shop:other" });
    assert.equal(verdict(byToken(other), { providers }), "denied");
    assert.equal(verdict([], { providers }), "denied");
    assert.equal(verdict(byToken({ Principal: "*" }), { providers }), "allowed");
  });

  it("is undecided where the trust or its issuer is not known", () => {
    for (const providers of [[], [providerOf("A")]]) {
      const role = { ...roleThatTrusts(), trust: statementsOf("trust", UNKNOWN) };
      const link: RoleLink = {
        ...{ mode: "IRSA", urn: "account", roleArn: role.arn, role, tagsSession: false },
      };
      assert.equal(canAssume(link, SUBJECT, CONTEXT, providers).verdict, "unknown");
    }
  });
});

describe("whether a role lets pods take it by Pod Identity", () => {
  const POD_IDENTITY = {
    ...{ Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"] },
    Principal: { Service: "pods.eks.amazonaws.com" },
  };
  const verdict = (
    statement: Statement,
    { subject = SUBJECT, link = {}, context = CONTEXT } = {},
  ) => {
    const role = roleThatTrusts({ ...POD_IDENTITY, ...statement });
    return canAssume(
      {
        ...{ mode: "Pod Identity", urn: "association", roleArn: role.arn, role },
        ...{ clusterName: "main", tagsSession: true, ...link },
      },
      ...([subject, context, []] as const),
    ).verdict;
  };

  it("takes both the role and the right to tag its session, where it is tagged", () => {
    assert.deepEqual(
      [
        verdict({}),
        verdict({ Action: "sts:AssumeRole" }),
        verdict({ Action: "sts:TagSession" }),
        verdict({ Action: "sts:AssumeRole" }, { link: { tagsSession: false } }),
        verdict({ Principal: { Service: "ec2.amazonaws.com" } }),
      ],
      ["allowed", "denied", "denied", "allowed", "denied"],
    );
  });

  it("tells the trust where the pod is", () => {
    const cluster = `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/main`;
    const told = {
      "aws:SourceAccount": ACCOUNT,
      "aws:SourceArn": cluster,
      "aws:RequestTag/eks-cluster-arn": cluster,
      "aws:RequestTag/eks-cluster-name": "main",
      "aws:RequestTag/kubernetes-namespace": "shop",
      "aws:RequestTag/kubernetes-service-account": "api",
    };
    for (const [key, value] of Object.entries(told)) {
      const where = (equal: string) => ({ Condition: { StringEquals: { [key]: equal } } });
      assert.deepEqual(
        [verdict(where(value)), verdict(where("another"))],
        ["allowed", "denied"],
        key,
      );
    }
    const other = { Condition: { StringEquals: { "aws:RequestTag/kubernetes-pod-name": "x" } } };
    assert.equal(verdict(other), "unknown");
  });

  it("is decided in the account and the partition of the cluster", () => {
    const arn = (text: string) => ({ Condition: { ArnEquals: { "aws:SourceArn": text } } });
    assert.equal(
      verdict(arn("arn:aws:eks:eu-central-1:210987654321:cluster/main"), {
        subject: { ...SUBJECT, accountId: "210987654321" },
      }),
      "unknown",
    );
    assert.equal(
      verdict(arn(`arn:aws-cn:eks:cn-north-1:${ACCOUNT}:cluster/main`), {
        context: { ...CONTEXT, partition: "aws-cn", region: "cn-north-1" },
      }),
      "allowed",
    );
  });

  it("is undecided for a namespace that only the update tells, and for a role outside the program", () => {
    const where = {
      Condition: { StringEquals: { "aws:RequestTag/kubernetes-namespace": "shop" } },
    };
    assert.equal(verdict(where, { subject: { ...SUBJECT, namespace: LATE_NAMESPACE } }), "unknown");
    assert.deepEqual(
      canAssume(
        {
          ...{ mode: "Pod Identity", urn: "association", roleArn: "arn", role: undefined },
          tagsSession: true,
        },
        ...([SUBJECT, CONTEXT, []] as const),
      ),
      { verdict: "unknown" },
    );
  });
});
