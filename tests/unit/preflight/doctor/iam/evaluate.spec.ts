import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  access,
  decide,
  managedPolicy,
  type Request,
  statementsOf,
} from "../../../../../preflight/doctor/iam";

const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";
const READ: Request = { action: "secretsmanager:GetSecretValue", resource: SECRET };

const allow = (more: object = {}) => ({
  Sid: "Read",
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: SECRET,
  ...more,
});
const deny = (more: object = {}) => ({ ...allow(more), Sid: "Never", Effect: "Deny" });

const ask = (statements: readonly unknown[], request: Request = READ) =>
  decide(statementsOf("p", { Version: "2012-10-17", Statement: statements }), request);
const verdict = (statements: readonly unknown[], request?: Request) =>
  ask(statements, request).verdict;

describe("deciding by IAM policies", () => {
  it("denies what no statement speaks of", () => {
    assert.deepEqual(ask([]), { verdict: "denied" });
    assert.deepEqual(ask([allow({ Action: "secretsmanager:ListSecrets" })]), { verdict: "denied" });
  });

  it("names the statement that allows or denies", () => {
    assert.deepEqual(ask([allow()]), { verdict: "allowed", statement: "p, Read" });
    assert.deepEqual(ask([allow(), deny()]), { verdict: "denied", statement: "p, Never" });
    assert.deepEqual(ask([allow({ Sid: undefined })]), {
      verdict: "allowed",
      statement: "p, statement 1",
    });
  });

  const matching: readonly [string, object, string][] = [
    ["an action in another case", { Action: "SecretsManager:getsecretvalue" }, "allowed"],
    ["a wildcard in the action", { Action: "secretsmanager:Get*" }, "allowed"],
    ["one character in the action", { Action: "secretsmanager:GetSecretValu?" }, "allowed"],
    ["one of several actions", { Action: ["s3:*", "secretsmanager:*"] }, "allowed"],
    ["NotAction of others", { Action: undefined, NotAction: "iam:*" }, "allowed"],
    ["NotAction of this one", { Action: undefined, NotAction: "secretsmanager:*" }, "denied"],
    ["both Action and NotAction", { NotAction: "iam:*" }, "unknown"],
    ["a prefix", { Resource: "arn:aws:secretsmanager:*:*:secret:orders-*" }, "allowed"],
    ["six characters", { Resource: SECRET.replace("AbCdEf", "??????") }, "allowed"],
    ["five characters", { Resource: SECRET.replace("AbCdEf", "?????") }, "denied"],
    ["a short pattern with a last star", { Resource: "arn:aws:secretsmanager:*" }, "allowed"],
    ["a star that must cross colons", { Resource: "arn:*:orders-AbCdEf" }, "unknown"],
    ["NotResource of others", { Resource: undefined, NotResource: "arn:aws:s3:::*" }, "allowed"],
    ["NotResource of this one", { Resource: undefined, NotResource: SECRET }, "denied"],
    [
      "a policy variable",
      { Resource: "arn:aws:secretsmanager:*:*:secret:${aws:username}" },
      "unknown",
    ],
    ["an unknown element", { Obligation: "pay" }, "unknown"],
    ["an unknown effect", { Effect: "Perhaps" }, "unknown"],
    ["an action that is no text", { Action: [{}] }, "unknown"],
    ["an unknown element elsewhere", { Obligation: "pay", Action: "s3:*" }, "denied"],
  ];
  for (const [what, statement, expected] of matching) {
    it(`takes ${what} as ${expected}`, () => assert.equal(verdict([allow(statement)]), expected));
  }

  it("cannot tell what an unreadable document says", () => {
    for (const source of ["{", undefined, 3, {}, { Statement: "x" }]) {
      assert.equal(decide(statementsOf("p", source), READ).verdict, "unknown");
    }
  });

  it("takes a single statement for a list of one, as JSON text too", () => {
    const text = JSON.stringify({ Statement: allow() });
    assert.equal(decide(statementsOf("p", text), READ).verdict, "allowed");
  });

  it("cannot tell when a denial may apply, but only if somebody allows", () => {
    const unclear = deny({ Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": "1" } } });
    assert.deepEqual(ask([allow(), unclear]), { verdict: "unknown", statement: "p, Never" });
    assert.deepEqual(ask([unclear]), { verdict: "denied" });
  });
});

describe("conditions", () => {
  const under = (Condition: object, context: Record<string, string[] | "absent">) =>
    verdict([allow({ Condition })], { ...READ, context: (key) => context[key] ?? "unknown" });
  const VIA = { "kms:viaservice": ["secretsmanager.eu-central-1.amazonaws.com"] };

  const cases: readonly [string, object, Record<string, string[] | "absent">, string][] = [
    [
      "equal texts, key in another case",
      { StringEquals: { "KMS:ViaService": VIA["kms:viaservice"] } },
      VIA,
      "allowed",
    ],
    ["other texts", { StringEquals: { "kms:ViaService": "s3" } }, VIA, "denied"],
    ["a value in another case", { StringEquals: { "a:b": "X" } }, { "a:b": ["x"] }, "denied"],
    [
      "the same ignoring case",
      { StringEqualsIgnoreCase: { "a:b": "X" } },
      { "a:b": ["x"] },
      "allowed",
    ],
    ["one of several values", { StringEquals: { "a:b": ["x", "y"] } }, { "a:b": ["y"] }, "allowed"],
    [
      "two keys of which one differs",
      { StringEquals: { "a:b": "x", "a:c": "x" } },
      { "a:b": ["x"], "a:c": ["y"] },
      "denied",
    ],
    ["a key that may be there", { StringEquals: { "a:b": "x" } }, {}, "unknown"],
    ["a key that is not there", { StringEquals: { "a:b": "x" } }, { "a:b": "absent" }, "denied"],
    ["… with IfExists", { StringEqualsIfExists: { "a:b": "x" } }, { "a:b": "absent" }, "allowed"],
    [
      "any value of one",
      { "ForAnyValue:StringEquals": { "a:b": ["x", "y"] } },
      { "a:b": ["y"] },
      "allowed",
    ],
    [
      "any value of none",
      { "ForAnyValue:StringNotEquals": { "a:b": "x" } },
      { "a:b": "absent" },
      "denied",
    ],
    [
      "any value, if there is one",
      { "ForAnyValue:StringLikeIfExists": { "a:b": "x" } },
      { "a:b": "absent" },
      "allowed",
    ],
    [
      "all values of one",
      { "ForAllValues:StringLike": { "a:b": "x*" } },
      { "a:b": ["y"] },
      "denied",
    ],
    [
      "all values of none",
      { "ForAllValues:Bool": { "a:b": "true" } },
      { "a:b": "absent" },
      "allowed",
    ],
    ["values of a set of another kind", { "ForSomeValues:Bool": { "a:b": "x" } }, {}, "unknown"],
    [
      "a negated operator without the key",
      { StringNotEquals: { "a:b": "x" } },
      { "a:b": "absent" },
      "allowed",
    ],
    [
      "a negated operator, same value",
      { StringNotEquals: { "a:b": ["x", "y"] } },
      { "a:b": ["y"] },
      "denied",
    ],
    [
      "a negated operator, other value",
      { StringNotLike: { "a:b": "x*" } },
      { "a:b": ["y"] },
      "allowed",
    ],
    ["a wildcard where none is read", { StringEquals: { "a:b": "*" } }, { "a:b": ["y"] }, "denied"],
    [
      "a wildcard",
      { StringLike: { "a:b": "system:*:orders" } },
      { "a:b": ["system:sa:orders"] },
      "allowed",
    ],
    [
      "an ARN segment by segment",
      { ArnEquals: { "a:b": "arn:aws:eks:*:1:cluster/*" } },
      { "a:b": ["arn:aws:eks:x:1:cluster/c"] },
      "allowed",
    ],
    [
      "an ARN of another account",
      { ArnLike: { "a:b": "arn:aws:eks:*:1:cluster/*" } },
      { "a:b": ["arn:aws:eks:x:2:cluster/c"] },
      "denied",
    ],
    [
      "an ARN pattern that is none",
      { ArnLike: { "a:b": "*" } },
      { "a:b": ["arn:aws:eks:x:2:c"] },
      "unknown",
    ],
    [
      "a truth value",
      { Bool: { "aws:SecureTransport": true } },
      { "aws:securetransport": ["true"] },
      "allowed",
    ],
    ["an absent key that must be", { Null: { "a:b": "true" } }, { "a:b": "absent" }, "allowed"],
    ["a present key that must be absent", { Null: { "a:b": "true" } }, { "a:b": ["x"] }, "denied"],
    ["a key that must be there, unknown", { Null: { "a:b": "false" } }, {}, "unknown"],
    ["a present key that must be there", { Null: { "a:b": "false" } }, { "a:b": ["x"] }, "allowed"],
    [
      "an absent key that must be there",
      { Null: { "a:b": "false" } },
      { "a:b": "absent" },
      "denied",
    ],
    ["Null with another word", { Null: { "a:b": "x" } }, { "a:b": ["x"] }, "unknown"],
    ["Null with both answers", { Null: { "a:b": ["true", "false"] } }, { "a:b": ["x"] }, "unknown"],
    ["a key without values", { StringEquals: { "a:b": "x" } }, { "a:b": [] }, "unknown"],
    [
      "a negated operator, unknown",
      { StringNotEquals: { "a:b": "${q}" } },
      { "a:b": ["x"] },
      "unknown",
    ],
    [
      "a policy variable",
      { StringEquals: { "a:b": "${aws:username}" } },
      { "a:b": ["x"] },
      "unknown",
    ],
    [
      "an unknown operator",
      { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      { "aws:sourceip": ["10.0.0.1"] },
      "unknown",
    ],
    [
      "several values, ForAnyValue",
      { "ForAnyValue:StringEquals": { "a:b": "x" } },
      { "a:b": ["x", "y"] },
      "unknown",
    ],
    [
      "several values, ForAllValues",
      { "ForAllValues:StringEquals": { "a:b": "x" } },
      { "a:b": ["x", "y"] },
      "unknown",
    ],
    [
      "a key with several values",
      { StringEquals: { "a:b": "x" } },
      { "a:b": ["x", "y"] },
      "unknown",
    ],
    ["a condition that is no map", { StringEquals: { "a:b": {} } }, {}, "unknown"],
    [
      "an unknown operator and a value that differs",
      { IpAddress: { "a:c": "x" }, StringEquals: { "a:b": "x" } },
      { "a:b": ["y"] },
      "denied",
    ],
  ];
  for (const [what, condition, context, expected] of cases) {
    it(`takes ${what} as ${expected}`, () => assert.equal(under(condition, context), expected));
  }
});

describe("principals", () => {
  const ROLE = "arn:aws:iam::123456789012:role/app";
  const asks = (
    Principal: unknown,
    kind: "AWS" | "Service" | "Federated",
    id: string,
    Effect = "Allow",
  ) =>
    verdict([{ Effect, Principal, Action: "*" }], {
      action: "sts:AssumeRole",
      principal: { kind, id },
    });

  it("compares kind and name", () => {
    const service = { Service: ["ec2.amazonaws.com", "pods.eks.amazonaws.com"] };
    assert.equal(asks(service, "Service", "pods.eks.amazonaws.com"), "allowed");
    assert.equal(asks(service, "Federated", "pods.eks.amazonaws.com"), "denied");
    assert.equal(asks(service, "Service", "lambda.amazonaws.com"), "denied");
    assert.equal(asks("*", "AWS", ROLE), "allowed");
    assert.equal(asks({ AWS: "*" }, "AWS", ROLE), "allowed");
    assert.equal(asks({ AWS: ROLE }, "AWS", ROLE), "allowed");
  });

  it("takes an account for all its principals in a denial only", () => {
    const allowed = [{ Effect: "Allow", Principal: "*", Action: "*" }];
    for (const account of ["123456789012", "arn:aws:iam::123456789012:root"]) {
      assert.equal(asks({ AWS: account }, "AWS", ROLE), "denied");
      const denied = { Effect: "Deny", Principal: { AWS: account }, Action: "*" };
      const request: Request = { action: "a:b", principal: { kind: "AWS", id: ROLE } };
      assert.equal(verdict([...allowed, denied], request), "denied");
    }
  });

  it("takes an account for its own principals only, and by its whole name", () => {
    const allowed = { Effect: "Allow", Principal: "*", Action: "*" };
    const request: Request = { action: "a:b", principal: { kind: "AWS", id: ROLE } };
    for (const account of ["210987654321", "x123456789012", "arn:aws:iam::123456789012:root/x"]) {
      const denied = { Effect: "Deny", Principal: { AWS: account }, Action: "*" };
      assert.equal(verdict([allowed, denied], request), "allowed", account);
    }
  });

  it("asks an account for itself, which a permission to it is for", () => {
    const root = "arn:aws:iam::123456789012:root";
    for (const account of ["123456789012", root]) {
      assert.equal(asks({ AWS: account }, "AWS", root), "allowed");
      assert.equal(asks({ AWS: account }, "AWS", root.replace("123", "321")), "denied");
    }
    assert.equal(asks({ AWS: ROLE }, "AWS", root), "denied");
  });

  it("does not decide about sessions of the role, or about unique ids", () => {
    const session = "arn:aws:sts::123456789012:assumed-role/app/pod-1";
    assert.equal(asks({ AWS: session }, "AWS", ROLE), "unknown");
    assert.equal(asks({ AWS: session.replace("/app/", "/other/") }, "AWS", ROLE), "denied");
    assert.equal(asks({ AWS: session.replace("123", "321") }, "AWS", ROLE), "denied");
    assert.equal(asks({ AWS: "AROAEXAMPLEEXAMPLE" }, "AWS", ROLE), "unknown");
  });

  it("cannot tell a principal of another kind, or one that is unknown", () => {
    assert.equal(asks({ CanonicalUser: "x" }, "AWS", ROLE), "unknown");
    assert.equal(
      verdict([{ Effect: "Allow", NotPrincipal: { AWS: ROLE }, Action: "*" }]),
      "unknown",
    );
    assert.equal(verdict([{ Effect: "Allow", Principal: { AWS: ROLE }, Action: "*" }]), "unknown");
  });
});

describe("all policies together", () => {
  const statements = (...list: readonly unknown[]) => statementsOf("p", { Statement: list });

  it("lets a limit take away what is allowed, and never add", () => {
    assert.equal(
      access({ identity: statements(allow()), limits: [statements(allow())] }, READ).verdict,
      "allowed",
    );
    assert.equal(
      access({ identity: statements(allow()), limits: [statements()] }, READ).verdict,
      "denied",
    );
    assert.equal(
      access({ identity: statements(), limits: [statements(allow())] }, READ).verdict,
      "denied",
    );
    assert.equal(
      access({ identity: statements(allow()), limits: [statementsOf("p", "?")] }, READ).verdict,
      "unknown",
    );
  });

  it("names the grant where no limit takes it away, else what decides", () => {
    const limit = (statement: unknown) => statementsOf("limit", { Statement: [statement] });
    assert.deepEqual(access({ identity: statements(allow()), limits: [limit(allow())] }, READ), {
      verdict: "allowed",
      statement: "p, Read",
    });
    assert.deepEqual(
      access({ identity: statements(allow()), limits: [limit(allow()), limit(deny())] }, READ),
      { verdict: "denied", statement: "limit, Never" },
    );
    assert.deepEqual(
      access({ identity: statements(deny()), limits: [statementsOf("limit", "?")] }, READ),
      { verdict: "denied", statement: "p, Never" },
    );
  });

  it("lets the resource's policy allow and deny", () => {
    const id = "arn:aws:iam::123456789012:role/app";
    const asked: Request = { ...READ, principal: { kind: "AWS", id } };
    const Principal = { AWS: id };
    const byResource = statements(allow({ Principal }));
    assert.equal(access({ identity: [], resource: byResource }, asked).verdict, "allowed");
    assert.equal(
      access({ identity: statements(allow()), resource: statements(deny({ Principal })) }, asked)
        .verdict,
      "denied",
    );
    // Whom a statement of a resource is for was lost.
    assert.equal(access({ identity: [], resource: statements(allow()) }, asked).verdict, "unknown");
  });

  it("knows what AWS's own policies say about secrets", () => {
    const policy = (name: string) => managedPolicy(`arn:aws:iam::aws:policy/${name}`);
    assert.equal(decide(policy("AmazonEKSWorkerNodePolicy"), READ).verdict, "denied");
    assert.equal(decide(policy("PowerUserAccess"), READ).verdict, "allowed");
    assert.equal(decide(policy("SecretsManagerReadWrite"), READ).verdict, "allowed");
    assert.equal(decide(policy("NoSuchPolicy"), READ).verdict, "unknown");
    assert.equal(
      decide(managedPolicy("arn:aws:iam::123456789012:policy/own"), READ).verdict,
      "unknown",
    );
  });
});

describe("the evaluator, for any policy", () => {
  const RANK = { denied: 0, unknown: 1, allowed: 2 } as const;
  const pattern = fc.oneof(
    fc.constantFrom(
      "*",
      SECRET,
      "arn:aws:secretsmanager:*",
      "secretsmanager:*",
      "${aws:x}",
      "s3:*",
    ),
    fc.string({ unit: fc.constantFrom("a", ":", "*", "?", "$", "{"), maxLength: 8 }),
  );
  const condition = fc.dictionary(
    fc.constantFrom(
      "StringEquals",
      "StringNotLike",
      "NullIfExists",
      "IpAddress",
      "Null",
      "Bool",
      "ForAllValues:Bool",
    ),
    fc.dictionary(fc.constantFrom("a:b", "c:d"), fc.constantFrom("x", "true", "${q}"), {
      maxKeys: 2,
    }),
    { maxKeys: 2 },
  );
  const statement = fc.record(
    {
      Effect: fc.constantFrom("Allow", "Deny", "Maybe"),
      Action: fc.oneof(pattern, fc.array(pattern, { maxLength: 2 })),
      Resource: fc.oneof(pattern, fc.array(pattern, { maxLength: 2 })),
      Condition: condition,
    },
    { requiredKeys: ["Effect", "Action"] },
  );
  const policy = fc.array(statement, { maxLength: 4 });
  const request = fc
    .record({ b: fc.constantFrom("x", "y"), d: fc.boolean() })
    .map(({ b, d }): Request => ({
      ...READ,
      context: (key) => (key === "a:b" ? [b] : d ? "absent" : "unknown"),
    }));
  const rank = (statements: readonly unknown[], asked: Request) => RANK[verdict(statements, asked)];

  it("never widens by a denial", () => {
    fc.assert(
      fc.property(policy, statement, request, (statements, more, asked) => {
        const denied = { ...more, Effect: "Deny" };
        assert.ok(rank([...statements, denied], asked) <= rank(statements, asked));
      }),
    );
  });

  it("never narrows by a permission", () => {
    fc.assert(
      fc.property(policy, statement, request, (statements, more, asked) => {
        const allowed = { ...more, Effect: "Allow" };
        assert.ok(rank([...statements, allowed], asked) >= rank(statements, asked));
      }),
    );
  });

  it("decides the same in any order", () => {
    fc.assert(
      fc.property(policy, request, (statements, asked) => {
        assert.equal(verdict([...statements].reverse(), asked), verdict(statements, asked));
      }),
    );
  });

  it("allows with a wildcard whatever the exact text allows", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "/", "-"), minLength: 1 });
    const asked = fc.tuple(text, fc.nat(), fc.nat());
    fc.assert(
      fc.property(asked, ([resource, from, length]) => {
        const start = from % resource.length;
        const wild = `${resource.slice(0, start)}*${resource.slice(start + (length % 5))}`;
        const single = `${resource.slice(0, start)}?${resource.slice(start + 1)}`;
        for (const Resource of [wild, single]) {
          assert.notEqual(verdict([allow({ Resource })], { ...READ, resource }), "denied");
        }
      }),
    );
  });

  it("denies nothing, and allows nothing, by an operator it does not know", () => {
    fc.assert(
      fc.property(policy, fc.string(), request, (statements, name, asked) => {
        const Condition = { [`Unknown${name}`]: { "a:b": "x" } };
        const before = verdict(statements, asked);
        const withAllow = verdict([...statements, allow({ Condition })], asked);
        const withDeny = verdict([...statements, deny({ Condition })], asked);
        assert.equal(
          withAllow,
          before === "denied" && !explicit(statements, asked) ? "unknown" : before,
        );
        assert.equal(withDeny, before === "allowed" ? "unknown" : before);
      }),
    );
  });

  it("answers for any document without failing", () => {
    fc.assert(
      fc.property(fc.anything(), (document) => {
        assert.ok(decide(statementsOf("p", document), READ).verdict in RANK);
      }),
    );
  });

  const explicit = (statements: readonly unknown[], asked: Request) => {
    const decision = ask(statements, asked);
    return decision.verdict === "denied" && decision.statement !== undefined;
  };
});
