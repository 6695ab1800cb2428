import * as assert from "node:assert/strict";
import { readersOf, type SecretReaders } from "../../../../preflight/doctor/readers";
import type { Draft, Json } from "./draft";
import { type Example, planted } from "./examples";
import { CONTEXT, STACK_VARIANTS } from "./programs";

const NAME = "orders-api-role-2714749";
const POLICY = "orders-api-read-secrets";
const ALLOW_ALL = JSON.stringify({
  Statement: { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" },
});
const APP = {
  secret: "prod/orders",
  serviceAccount: "orders/orders-api",
  role: NAME,
  statement: `policy ${POLICY}, ReadSecrets`,
  pods: ["Deployment orders/orders-api"],
  verdict: "allowed",
} as const;

async function readers(example: Example): Promise<Omit<SecretReaders, "secret" | "urn">> {
  const [first, ...more] = readersOf((await planted(example)).registrations, CONTEXT);
  assert.ok(first);
  assert.deepEqual(more, []);
  const { readers: found, exclusive, undecided } = first;
  return { readers: found, exclusive, undecided };
}

const policy = (change: (statements: Json) => unknown) => (draft: Draft) =>
  draft.json(POLICY, ["policy"], ({ Statement }: Json) => change(Statement));
const role = (draft: Draft, name: string, more: object = {}) =>
  draft.add("aws:iam/role:Role", name, {
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    assumeRolePolicy: JSON.stringify({
      Statement: {
        ...{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } },
        Action: "sts:AssumeRole",
      },
    }),
    ...more,
  });

describe("who can read a secret", () => {
  for (const stack of STACK_VARIANTS) {
    it(`is one ServiceAccount and nobody else, with ${stack}`, async () => {
      assert.deepEqual(await readers({ stack, plant: () => undefined }), {
        readers: [APP],
        exclusive: true,
        undecided: [],
      });
    });
  }

  const nobody = { readers: [], exclusive: false, undecided: [] };

  it("is nobody where the role, its trust or its key denies it", async () => {
    for (const plant of [
      policy((statements) => statements.shift()),
      policy((statements) => statements.pop()),
      (draft: Draft) => draft.set("orders-api-role", ["assumeRolePolicy"], '{"Statement":[]}'),
    ]) {
      assert.deepEqual(await readers({ plant }), nobody);
    }
  });

  it("is also a role that no ServiceAccount has", async () => {
    const found = await readers({
      plant: (draft) =>
        role(draft, "nodes", { inlinePolicies: [{ name: "wide", policy: ALLOW_ALL }] }),
    });
    const nodes = {
      ...{ secret: "prod/orders", serviceAccount: null, role: "nodes", pods: [] },
      ...{ statement: "policy wide, All", verdict: "allowed" },
    };
    assert.deepEqual(found, { readers: [APP, nodes], exclusive: false, undecided: [] });
  });

  const SECRETS = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
  const wide = async (statement: object): Promise<string | undefined> => {
    const key = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
    const document = JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }, key] });
    const { readers: found } = await readers({
      plant: (draft) =>
        role(draft, "nodes", { inlinePolicies: [{ name: "wide", policy: document }] }),
    });
    return found.find(({ role: name }) => name === "nodes")?.verdict;
  };

  for (const [Resource, verdict] of [
    [`${SECRETS}prod/orders-??????`, "allowed"],
    [`${SECRETS}prod/o*`, "allowed"],
    ["arn:aws:secretsmanager:*:*:secret:prod/orders*", "allowed"],
    ["arn:aws:secretsmanager:eu-central-1:999999999999:secret:prod/orders*", "unknown"],
    [`${SECRETS}$` + "{aws:PrincipalTag/team}/orders*", "unknown"],
    [`${SECRETS}prod/payments*`, undefined],
    ["arn:aws:secretsmanager:us-*:*:secret:*", undefined],
  ] as const) {
    it(`is a role for ${Resource}: ${verdict ?? "not at all"}`, async () => {
      assert.equal(await wide({ Action: "SecretsManager:Get*", Resource }), verdict);
    });
  }

  it("is a role by what a statement leaves out, and not by one about other calls", async () => {
    const found = await Promise.all([
      wide({ Action: "secretsmanager:*", NotResource: `${SECRETS}prod/payments*` }),
      wide({ NotAction: "iam:*", Resource: "*" }),
      wide({ Action: "ec2:*", Resource: "*" }),
    ]);
    assert.deepEqual(found, ["allowed", "allowed", undefined]);
  });

  it("is also a user with a policy", async () => {
    const found = await readers({
      plant: (draft) =>
        draft
          .add("aws:iam/user:User", "admin", { name: "admin" })
          .add("aws:iam/userPolicy:UserPolicy", "admin-policy", {
            user: "admin",
            policy: ALLOW_ALL,
          }),
    });
    assert.deepEqual(found.readers.slice(1), [
      {
        ...{ secret: "prod/orders", serviceAccount: null, role: "IAM user admin", pods: [] },
        ...{ statement: "policy admin-policy, All", verdict: "allowed" },
      },
    ]);
    assert.equal(found.exclusive, false);
  });

  it("is also a pod that takes the Kubernetes Secret without mounting the class", async () => {
    const found = await readers({
      plant: (draft) =>
        draft
          .copy("orders-api-deployment", "free-rider")
          .set("free-rider", ["metadata", "name"], "free-rider")
          .set("free-rider", ["spec", "template", "spec", "serviceAccountName"], "other"),
    });
    assert.deepEqual(found.readers.slice(1), [
      {
        secret: "prod/orders",
        serviceAccount: "orders/other",
        role: "Secret orders/orders-api-env",
        statement: null,
        pods: ["Deployment orders/free-rider"],
        verdict: "allowed",
      },
    ]);
    assert.equal(found.exclusive, false);
  });

  it("is no pod of another namespace or cluster whose ServiceAccount has the same name", async () => {
    const found = await readers({
      plant: (draft) =>
        draft
          .copy("orders-api-deployment", "elsewhere")
          .set("elsewhere", ["metadata", "namespace"], "shop")
          .copy("cluster", "second")
          .set("second", ["clusterIdentifier"], "second")
          .copy("orders-api-deployment", "abroad", {
            provider: `${draft.registrations.find(({ name }) => name === "second")?.urn ?? ""}::id`,
          }),
    });
    assert.deepEqual(found, { readers: [APP], exclusive: true, undecided: [] });
  });

  it("is no role that nobody can take", async () => {
    const found = await readers({
      plant: (draft) =>
        role(draft, "closed", {
          inlinePolicies: [{ name: "wide", policy: ALLOW_ALL }],
          assumeRolePolicy: JSON.stringify({
            Statement: { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" },
          }),
        }),
    });
    assert.deepEqual(found, { readers: [APP], exclusive: true, undecided: [] });
  });

  it("is also a role that the secret's own policy names", async () => {
    const found = await readers({
      plant: (draft) =>
        role(draft, "partner").set(
          "orders-connection",
          ["policy"],
          JSON.stringify({
            Statement: {
              ...{ Sid: "Partner", Effect: "Allow", Resource: "*" },
              Principal: { AWS: "arn:aws:iam::123456789012:role/partner" },
              Action: "secretsmanager:GetSecretValue",
            },
          }),
        ),
    });
    assert.deepEqual(
      found.readers.map(({ role: name, verdict }) => [name, verdict]),
      [[NAME, "allowed"]],
      "its key is not open to it",
    );
  });

  it("is more than one for certain, also where it is unknown whether there are still others", async () => {
    const { exclusive, undecided } = await readers({
      plant: (draft) =>
        role(
          role(draft, "nodes", { inlinePolicies: [{ name: "wide", policy: ALLOW_ALL }] }),
          "more",
        ).add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "company", {
          role: "more",
          policyArn: "arn:aws:iam::123456789012:policy/company",
        }),
    });
    assert.deepEqual([exclusive, undecided], [false, ["more"]]);
  });

  it("cannot be told where a policy is not understood", async () => {
    const {
      exclusive,
      undecided,
      readers: found,
    } = await readers({
      plant: policy(([read]) => {
        read.Condition = { NumericLessThan: { "aws:MultiFactorAuthAge": "1" } };
      }),
    });
    assert.deepEqual(found, [{ ...APP, verdict: "unknown" }]);
    assert.equal(exclusive, "unknown");
    assert.deepEqual(undecided, [NAME]);
  });

  it("cannot be told where another role has a policy from outside", async () => {
    const { exclusive, undecided } = await readers({
      plant: (draft) =>
        role(draft, "nodes").add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "more", {
          role: "nodes",
          policyArn: "arn:aws:iam::123456789012:policy/company",
        }),
    });
    assert.equal(exclusive, "unknown");
    assert.deepEqual(undecided, ["nodes"]);
  });

  it("can be told where other roles have policies of AWS that are known", async () => {
    const { exclusive } = await readers({
      plant: (draft) =>
        role(draft, "nodes", {
          managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
        }),
    });
    assert.equal(exclusive, true);
  });

  it("cannot be told where a component makes roles that are not seen", async () => {
    const { exclusive, undecided } = await readers({
      plant: (draft) =>
        draft
          .copy("secrets", "platform", { type: "acme:index:Platform", remote: true })
          // Makes Kubernetes objects only.
          .copy("secrets", "chart", { type: "kubernetes:helm.sh/v4:Chart", remote: true }),
    });
    assert.equal(exclusive, "unknown");
    assert.deepEqual(undecided, ["acme:index:Platform platform"]);
  });

  it("cannot be told where the secret's own policy lets others in", async () => {
    const { exclusive, undecided } = await readers({
      plant: (draft) =>
        draft.set(
          "orders-connection",
          ["policy"],
          JSON.stringify({
            Statement: [
              { Sid: "Partner", Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "*" },
              { Sid: "NotNodes", Effect: "Deny", Principal: { AWS: "x" }, Action: "*" },
            ],
          }),
        ),
    });
    assert.equal(exclusive, "unknown");
    assert.deepEqual(undecided, ["policy of orders-connection, Partner"]);
  });

  it("is nobody that the secret's own policy denies", async () => {
    const { readers: found } = await readers({
      plant: (draft) =>
        draft.set(
          "orders-connection",
          ["policy"],
          JSON.stringify({
            Statement: { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" },
          }),
        ),
    });
    assert.deepEqual(found, []);
  });
});

describe("who can read a parameter", () => {
  const NAMED = "/shop/db/password";
  const ARN = `arn:aws:ssm:eu-central-1:123456789012:parameter${NAMED}`;
  const PARAMETER = "aws:ssm/parameter:Parameter";

  /** A SecureString, and what the app's role may do besides. */
  const readersWith = async (statement: object, more: object = {}) => {
    const { registrations } = await planted({
      plant: (draft) =>
        policy((statements) => statements.push({ Sid: "Extra", Effect: "Allow", ...statement }))(
          draft,
        )
          .add(PARAMETER, "plain", { name: "/shop/level", type: "String", value: "info" })
          .add(PARAMETER, "password", {
            ...{ name: NAMED, type: "SecureString", value: "canary-of-the-test" },
            ...more,
          }),
    });
    const all = readersOf(registrations, CONTEXT);
    assert.deepEqual(
      all.map(({ secret }) => secret),
      [NAMED, "prod/orders"],
    );
    return all[0];
  };
  const app = {
    ...APP,
    ...{ secret: NAMED, statement: `policy ${POLICY}, Extra` },
  };

  for (const [action, resource] of [
    ["ssm:GetParameters", ARN],
    ["ssm:GetParameter", ARN],
    ["ssm:GetParameterHistory", ARN],
    ["ssm:GetParametersByPath", ARN.replace("/password", "")],
    ["ssm:GetParametersByPath", ARN.replace("/db/password", "")],
    ["ssm:Get*", "arn:aws:ssm:*:*:parameter/shop/*"],
  ] as const) {
    it(`is who has ${action} on ${resource}`, async () => {
      const found = await readersWith({ Action: action, Resource: resource });
      assert.deepEqual([found?.readers, found?.exclusive], [[app], true]);
    });
  }

  for (const [where, isMounted] of [
    ["with it", true],
    ["without it", false],
  ] as const) {
    it(`is ${isMounted ? "also a" : "no"} pod that takes the Kubernetes Secret of a class ${where}`, async () => {
      const { registrations } = await planted({
        plant: (draft) => {
          policy((statements) =>
            statements.push({
              ...{ Sid: "Extra", Effect: "Allow" },
              ...{ Action: "ssm:GetParameters", Resource: ARN },
            }),
          )(draft)
            .add(PARAMETER, "password", { name: NAMED, type: "SecureString", value: "canary" })
            .copy("orders-api-deployment", "free-rider")
            .set("free-rider", ["metadata", "name"], "free-rider")
            .set("free-rider", ["spec", "template", "spec", "serviceAccountName"], "other");
          if (isMounted) {
            draft.objects((objects) =>
              objects.push({ objectName: NAMED, objectType: "ssmparameter", objectAlias: "extra" }),
            );
          }
        },
      });
      const [parameter] = readersOf(registrations, CONTEXT);
      assert.deepEqual(
        parameter?.readers.map(({ serviceAccount }) => serviceAccount),
        isMounted ? ["orders/orders-api", "orders/other"] : ["orders/orders-api"],
      );
    });
  }

  it("is nobody else: not by another call, of another parameter, nor under a key of its own", async () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890cd";
    for (const [statement, more] of [
      [{ Action: "ssm:DescribeParameters", Resource: "*" }, {}],
      [{ Action: "ssm:GetParameters", Resource: ARN.replace("password", "user") }, {}],
      [{ Action: "ssm:GetParametersByPath", Resource: ARN.replace("shop/db", "shop/other") }, {}],
      [{ Action: "ssm:GetParameters", Resource: ARN }, { keyId: key }],
    ] as const) {
      const found = await readersWith(statement, more);
      assert.deepEqual([found?.readers, found?.exclusive], [[], false]);
    }
  });

  it("is also a user with a policy", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .add(PARAMETER, "password", { name: NAMED, type: "SecureString", value: "canary" })
          .add("aws:iam/user:User", "admin", { name: "admin" })
          .add("aws:iam/userPolicy:UserPolicy", "admin-policy", {
            user: "admin",
            policy: ALLOW_ALL,
          }),
    });
    assert.deepEqual(
      readersOf(registrations, CONTEXT)[0]?.readers.map(({ role }) => role),
      ["IAM user admin"],
    );
  });
});
