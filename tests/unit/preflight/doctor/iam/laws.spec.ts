import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Subject, canAssume } from "../../../../../preflight/doctor/access";
import {
  access,
  decide,
  type Needs,
  type Policies,
  type Request,
  type RequestContext,
  statementsOf,
  type Verdict,
} from "../../../../../preflight/doctor/iam";
import { HOLE, UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";

type Json = Readonly<Record<string, unknown>>;

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, unknown: 1, allowed: 2 };
const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const SECRET = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:orders-AbCdEf`;
const READ: Request = {
  action: "secretsmanager:GetSecretValue",
  resource: SECRET,
  principal: { kind: "AWS", id: ROLE },
};
const NEEDS: readonly Needs[] = ["either", "key", "both"];

const parsed = (statements: readonly Json[]) => statementsOf("p", { Statement: statements });

/** A statement that applies, does not, or may: the condition asks for a key of the request. */
interface Cell {
  readonly effect: "Allow" | "Deny";
  readonly who: "role" | "account" | "everyone" | "another";
  readonly applies: boolean | "unknown";
}

interface Case {
  readonly identity: readonly Cell[];
  readonly limits: readonly (readonly Cell[])[];
  readonly resource: readonly Cell[];
  readonly needs: Needs;
}

const cell: fc.Arbitrary<Cell> = fc.record({
  effect: fc.constantFrom("Allow", "Allow", "Deny"),
  who: fc.constantFrom("role", "account", "everyone", "another"),
  applies: fc.constantFrom<Cell["applies"]>(true, true, false, "unknown"),
});
const cells = fc.array(cell, { maxLength: 2 });
const someCase: fc.Arbitrary<Case> = fc.record({
  identity: cells,
  limits: fc.array(cells, { maxLength: 1 }),
  resource: fc.array(cell, { maxLength: 3 }),
  needs: fc.constantFrom(...NEEDS),
});

const PRINCIPALS: Readonly<Record<Cell["who"], unknown>> = {
  role: { AWS: ROLE },
  account: { AWS: ROOT },
  everyone: "*",
  another: { AWS: "arn:aws:iam::123456789012:role/other" },
};

/** The case as policies, and what the evaluator makes of them. */
function evaluated({ identity, limits, resource, needs }: Case): Verdict {
  const key = (applies: Cell["applies"]) => `test:${String(applies)}`;
  const written = (list: readonly Cell[], isResource: boolean) =>
    parsed(
      list.map(({ effect, who, applies }) => ({
        Effect: effect,
        Action: "secretsmanager:Get*",
        Resource: "*",
        ...(isResource && { Principal: PRINCIPALS[who] }),
        Condition: { StringEquals: { [key(applies)]: "yes" } },
      })),
    );
  const context: RequestContext = (name) =>
    name === key("unknown") ? "unknown" : [name === key(true) ? "yes" : "no"];
  return access(
    {
      identity: written(identity, false),
      limits: limits.map((list) => written(list, false)),
      resource: written(resource, true),
      needs,
    },
    { ...READ, context },
  ).verdict;
}

/** Every way in which what is unknown may turn out. */
function settled<T>(value: T): readonly T[] {
  const text = JSON.stringify(value);
  return text.includes('"unknown"')
    ? ["true", "false"].flatMap((fact) => settled(JSON.parse(text.replace('"unknown"', fact)) as T))
    : [value];
}

/**
 * What AWS answers, by the flow chart in its documentation, where all is known. Both answers are
 * possible where it is not documented whether a limit that is silent takes away what a resource
 * permits to everyone.
 */
function answers({ identity, limits, resource, needs }: Case): readonly boolean[] {
  const says = (list: readonly Cell[], effect: Cell["effect"], ...who: readonly Cell["who"][]) =>
    list.some(
      (each) =>
        each.effect === effect &&
        each.applies === true &&
        (who.length === 0 || who.includes(each.who)),
    );
  const isDenied =
    [identity, ...limits].some((list) => says(list, "Deny")) ||
    says(resource, "Deny", "role", "account", "everyone");
  if (isDenied) return [false];
  const isWithin = limits.every((list) => says(list, "Allow"));
  const byIdentity = says(identity, "Allow") && isWithin;
  const byAccount = says(resource, "Allow", "account", "everyone");
  return (isWithin ? [true] : [true, false]).map((isLeftToEveryone) => {
    const byResource =
      (says(resource, "Allow", "role") && isWithin) ||
      (says(resource, "Allow", "everyone") && isLeftToEveryone);
    switch (needs) {
      case "either":
        return byIdentity || byResource;
      case "key":
        return byResource || (byIdentity && byAccount);
      case "both":
        return byIdentity && (byResource || byAccount);
    }
  });
}

describe("all policies together, against every way in which it may turn out", () => {
  it("are allowed or denied only where each way agrees", () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const possible = new Set(settled(one).flatMap(answers));
        const verdict = evaluated(one);
        if (verdict !== "unknown") assert.deepEqual([...possible], [verdict === "allowed"]);
      }),
      { numRuns: 3000 },
    );
  });

  it("are decided wherever all is known and documented", () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const [known = one] = settled(one);
        const [answer, ...others] = [...new Set(answers(known))];
        const expected = others.length > 0 ? "unknown" : answer ? "allowed" : "denied";
        assert.equal(evaluated(known), expected);
      }),
      { numRuns: 3000 },
    );
  });
});

const pattern = fc.constantFrom(
  ...["*", "secretsmanager:*", "s3:*", "${aws:x}", "*:GetSecretValue"],
  ...[SECRET, "arn:aws:secretsmanager:*", `${SECRET}-x`],
  "arn:aws:secretsmanager:eu*:secret:orders*",
);
const condition = fc.dictionary(
  fc.constantFrom(
    ...["StringEquals", "StringNotLike", "StringLikeIfExists", "IpAddress", "Null"],
    ...["ForAnyValue:StringNotEquals", "ForAllValues:StringLike"],
  ),
  fc.dictionary(fc.constantFrom("a:b", "c:d"), fc.constantFrom("x", "true", "${q}"), {
    minKeys: 1,
    maxKeys: 2,
  }),
  { maxKeys: 2 },
);
const statement: fc.Arbitrary<Json> = fc.record(
  {
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Action: fc.oneof(pattern, fc.array(pattern, { minLength: 1, maxLength: 2 })),
    Resource: fc.oneof(pattern, fc.array(pattern, { minLength: 1, maxLength: 2 })),
    Condition: condition,
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);
const principal = fc.constantFrom(
  "*",
  { AWS: ROLE },
  { AWS: ROOT },
  { AWS: ["*", ROLE] },
  { AWS: ACCOUNT },
);
const ofResource: fc.Arbitrary<Json> = fc
  .tuple(statement, principal)
  .map(([given, Principal]) => ({ ...given, Principal }));

interface Texts {
  readonly identity: readonly Json[];
  readonly limits: readonly (readonly Json[])[];
  readonly resource: readonly Json[];
}
const policies: fc.Arbitrary<Texts> = fc.record({
  identity: fc.array(statement, { maxLength: 2 }),
  limits: fc.array(fc.array(statement, { maxLength: 2 }), { maxLength: 1 }),
  resource: fc.array(ofResource, { maxLength: 3 }),
});
const context = fc.record({ b: fc.constantFrom("x", "y"), d: fc.boolean() }).map(
  ({ b, d }): RequestContext =>
    (key) =>
      key === "a:b" ? [b] : d ? "absent" : ["true"],
);
const needs = fc.constantFrom(...NEEDS);

const readFrom = ({ identity, limits, resource }: Texts): Policies => ({
  identity: parsed(identity),
  limits: limits.map(parsed),
  resource: parsed(resource),
});
const verdictOf = (given: Texts, how: Needs, asked: RequestContext) =>
  access({ ...readFrom(given), needs: how }, { ...READ, context: asked }).verdict;

const withAt = <T>(list: readonly T[], at: number, item: T): readonly T[] => [
  ...list.slice(0, at),
  item,
  ...list.slice(at + 1),
];

/** Each way of hiding one thing in a statement, or the statement. */
const hidden = (given: Json): readonly Json[] => [
  ...Object.keys(given).map((element) => ({ ...given, [element]: UNKNOWN })),
  ...Object.keys(given)
    .map((element) => ({ ...given, [element]: undefined }))
    .filter(
      // Without what it is restricted by, or by whom, a statement is another one, and not unknown.
      (rest) => rest.Condition === given.Condition || given.Condition === undefined,
    ),
  { ...given, Condition: { StringEquals: { [`${HOLE}:sub`]: "x" } } },
  ...["Action", "Resource"].flatMap((element) => {
    const text = given[element];
    // No program cuts a policy variable in two.
    if (typeof text !== "string" || text.includes("${")) return [];
    return [0, 2, text.length].map((end) => ({
      ...given,
      [element]: `${text.slice(0, end)}${HOLE}${text.slice(end + 4)}`,
    }));
  }),
];

describe("the laws of the evaluator, for any policies", () => {
  it("an explicit denial always wins", () => {
    const denial = { Effect: "Deny", Action: "*", Resource: "*" };
    fc.assert(
      fc.property(policies, needs, context, (given, how, asked) => {
        for (const denied of [
          { ...given, identity: [...given.identity, denial] },
          { ...given, limits: [...given.limits, [denial]] },
          { ...given, resource: [...given.resource, { ...denial, Principal: "*" }] },
          { ...given, resource: [...given.resource, { ...denial, Principal: { AWS: ROOT } }] },
        ])
          assert.equal(verdictOf(denied, how, asked), "denied");
      }),
    );
  });

  it("more permissions never take away", () => {
    fc.assert(
      fc.property(policies, statement, principal, needs, context, (given, one, who, how, asked) => {
        const more = { ...one, Effect: "Allow" };
        const before = RANK[verdictOf(given, how, asked)];
        for (const wider of [
          { ...given, identity: [...given.identity, more] },
          { ...given, limits: given.limits.map((limit) => [...limit, more]) },
          { ...given, resource: [...given.resource, { ...more, Principal: who }] },
        ])
          assert.ok(RANK[verdictOf(wider, how, asked)] >= before);
      }),
    );
  });

  it("more denials never give", () => {
    fc.assert(
      fc.property(policies, statement, principal, needs, context, (given, one, who, how, asked) => {
        const more = { ...one, Effect: "Deny" };
        const before = RANK[verdictOf(given, how, asked)];
        for (const narrower of [
          { ...given, identity: [...given.identity, more] },
          {
            ...given,
            limits: [...given.limits, [more, { Effect: "Allow", Action: "*", Resource: "*" }]],
          },
          { ...given, resource: [...given.resource, { ...more, Principal: who }] },
        ])
          assert.ok(RANK[verdictOf(narrower, how, asked)] <= before);
      }),
    );
  });

  it("hiding a fact leaves the answer, or makes it unknown", () => {
    fc.assert(
      fc.property(policies, needs, context, (given, how, asked) => {
        const before = verdictOf(given, how, asked);
        const less = (list: readonly Json[]): readonly (readonly Json[])[] =>
          list.flatMap((one, at) => hidden(one).map((each) => withAt(list, at, each)));
        const all = [
          ...less(given.identity).map((identity) => ({ ...given, identity })),
          ...given.limits.flatMap((limit, at) =>
            less(limit).map((each) => ({ ...given, limits: withAt(given.limits, at, each) })),
          ),
          ...less(given.resource).map((resource) => ({ ...given, resource })),
        ];
        for (const one of all) {
          const after = verdictOf(one, how, asked);
          assert.ok(after === before || after === "unknown", JSON.stringify([one, before, after]));
        }
        const blind = verdictOf(given, how, () => "unknown");
        assert.ok(blind === before || blind === "unknown");
      }),
    );
  });

  it("hiding a policy leaves the answer, or makes it unknown", () => {
    const lost = statementsOf("p", UNKNOWN);
    fc.assert(
      fc.property(policies, needs, context, (given, how, asked) => {
        const before = verdictOf(given, how, asked);
        const read = readFrom(given);
        for (const one of [
          { ...read, identity: lost },
          { ...read, resource: lost },
          { ...read, limits: read.limits?.map(() => lost) ?? [] },
        ]) {
          const after = access({ ...one, needs: how }, { ...READ, context: asked }).verdict;
          assert.ok(after === before || after === "unknown");
        }
      }),
    );
  });

  it("hiding a part of what is asked for leaves the answer, or makes it unknown", () => {
    const range = fc.tuple(fc.nat(SECRET.length), fc.nat(SECRET.length));
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), range, context, (list, ends, asked) => {
        const [from = 0, to = 0] = [...ends].sort((a, b) => a - b);
        // It is within one segment: what a program puts there is a region, a number, a name.
        fc.pre(!SECRET.slice(from, to).includes(":"));
        const resource = `${SECRET.slice(0, from)}${HOLE}${SECRET.slice(to)}`;
        const before = decide(parsed(list), { ...READ, context: asked }).verdict;
        const after = decide(parsed(list), { ...READ, resource, context: asked }).verdict;
        assert.ok(after === before || after === "unknown", `${resource} ${before} ${after}`);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the laws of trust, for any trust policy", () => {
  const issuer = (id: string) => `oidc.eks.eu-central-1.amazonaws.com/id/${id}`;
  const provider = (id: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer(id)}`;
  const trusted: fc.Arbitrary<Json> = fc.record(
    {
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      Action: fc.constantFrom("sts:AssumeRoleWithWebIdentity", "sts:AssumeRole", "sts:*", [
        "sts:AssumeRole",
        "sts:TagSession",
      ]),
      Principal: fc.constantFrom<unknown>(
        ...[{ Federated: provider("A") }, { Federated: provider("B") }],
        ...[{ Service: "pods.eks.amazonaws.com" }, { Service: "ec2.amazonaws.com" }, "*"],
      ),
      Condition: fc.dictionary(
        fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "ArnEquals"),
        fc.dictionary(
          fc.constantFrom(
            ...["A", "B"].flatMap((id) => [`${issuer(id)}:sub`, `${issuer(id)}:aud`]),
            "aws:SourceAccount",
          ),
          fc.constantFrom(
            ...["system:serviceaccount:shop:orders", "system:serviceaccount:shop:*"],
            ...["sts.amazonaws.com", ACCOUNT, "210987654321"],
          ),
          { minKeys: 1, maxKeys: 2 },
        ),
        { maxKeys: 1 },
      ),
    },
    { requiredKeys: ["Effect", "Action", "Principal"] },
  );
  const trusts = fc.array(trusted, { maxLength: 3 });
  const mode = fc.constantFrom("IRSA" as const, "Pod Identity" as const);
  const providers = fc.subarray([provider("A"), provider("C")]);
  const subject: Subject = { namespace: "shop", serviceAccount: "orders" };
  const place = { region: "eu-central-1", accountId: ACCOUNT, partition: "aws" };
  const taken = (
    trust: readonly Json[],
    how: "IRSA" | "Pod Identity",
    oidc: readonly string[],
  ): Verdict =>
    canAssume(
      {
        ...{ mode: how, urn: "urn", roleArn: ROLE, clusterName: "shop", tagsSession: true },
        role: {
          ...{
            urn: "urn",
            arn: ROLE,
            name: "app",
            identity: [],
            limits: [],
            tagKeys: [],
            grants: [],
          },
          trust: parsed(trust),
        },
      },
      subject,
      place,
      oidc,
    ).verdict;

  it("an explicit denial always wins", () => {
    const denial = { Effect: "Deny", Principal: "*", Action: "*" };
    fc.assert(
      fc.property(trusts, mode, providers, (trust, how, oidc) => {
        assert.equal(taken([...trust, denial], how, oidc), "denied");
      }),
    );
  });

  it("more permissions never take away", () => {
    fc.assert(
      fc.property(trusts, trusted, mode, providers, (trust, one, how, oidc) => {
        const after = taken([...trust, { ...one, Effect: "Allow" }], how, oidc);
        assert.ok(RANK[after] >= RANK[taken(trust, how, oidc)]);
      }),
    );
  });

  it("hiding a fact leaves the answer, or makes it unknown", () => {
    fc.assert(
      fc.property(trusts, mode, providers, (trust, how, oidc) => {
        const before = taken(trust, how, oidc);
        for (const less of trust.flatMap((one, at) =>
          hidden(one).map((each) => withAt(trust, at, each)),
        )) {
          const after = taken(less, how, oidc);
          assert.ok(after === before || after === "unknown", JSON.stringify([less, before, after]));
        }
      }),
      { numRuns: 500 },
    );
  });
});
