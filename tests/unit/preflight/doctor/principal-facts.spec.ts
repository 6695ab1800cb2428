import * as assert from "node:assert/strict";
import { References } from "../../../../preflight/doctor/facts/references";
import { principalsOf, type Role } from "../../../../preflight/doctor/facts/roles";
import { managedPolicy, statementsOf, unreadable } from "../../../../preflight/doctor/iam";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { type DeclaredWith, registeredWith, from } from "./registered";

const ROLE = "aws:iam/role:Role";
const USER = "aws:iam/user:User";
const GROUP = "aws:iam/group:Group";
const POLICY = "aws:iam/policy:Policy";
const OWN_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const SHARED = "aws:iam/policyAttachment:PolicyAttachment";
const EXCLUSIVE = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
const ARN = "arn:aws:iam::123456789012:policy/read";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

const document = (action: string) => ({
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});
const policyOf = (action: string): string => JSON.stringify(document(action));
async function principals(...resources: readonly DeclaredWith[]) {
  const registrations = await registeredWith(...resources);
  const place = { partition: "aws-cn", accountId: "123456789012" };
  return principalsOf(registrations, new References(registrations), place);
}

/** The labels of what each may do. */
async function rights(...resources: readonly DeclaredWith[]) {
  const { roles, others, unseen } = await principals(...resources);
  const labels = (list: Role["identity"]): readonly string[] => list.map(({ label }) => label);
  return {
    ...Object.fromEntries(roles.map(({ name, identity }) => [name, labels(identity)])),
    ...Object.fromEntries(others.map(({ label, identity }) => [label, labels(identity)])),
    ...(unseen.length > 0 && { unseen }),
  };
}

describe("the roles of a program", () => {
  it("are whole with their trust, their policies and what gives those", async () => {
    const trust = { Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }] };
    const assumeRolePolicy = `{"Statement": {"Sid": "S", "Effect": "Allow", "Action": "a", "Principal": {"AWS": "${HOLE}"}}}`;
    const arn = "arn:aws-cn:iam::123456789012:role/path/app-1";
    const granted = statementsOf("policy inner", document("a:B"));
    assert.deepEqual(
      await principals(
        [ROLE, "app", { name: "app-1", arn, assumeRolePolicy: JSON.stringify(trust) }],
        [ROLE, "late", { name: UNKNOWN, arn: UNKNOWN, assumeRolePolicy }],
        [OWN_POLICY, "inner", { role: "app-1", policy: policyOf("a:B") }],
      ),
      {
        roles: [
          {
            urn: urnOf(ROLE, "app"),
            arn,
            name: "app-1",
            trust: statementsOf("trust of app", trust),
            identity: granted,
            limits: [],
            tagKeys: [],
            grants: [
              { urn: urnOf(OWN_POLICY, "inner"), statements: granted, policyArn: undefined },
            ],
          },
          {
            urn: urnOf(ROLE, "late"),
            arn: `arn:aws-cn:iam::123456789012:role/${HOLE}`,
            name: "late",
            trust: statementsOf("trust of late", assumeRolePolicy),
            ...{ identity: [], limits: [], tagKeys: [], grants: [] },
          },
        ],
        others: [],
        unseen: [],
      },
    );
  });

  it("have the policies inside them, and those that they list", async () => {
    const { roles } = await principals(
      [
        ROLE,
        "app",
        {
          inlinePolicies: [
            { name: "one", policy: policyOf("a:B") },
            { policy: `{"Statement": {"Effect": "Deny", "Action": "c:D", "Resource": "${HOLE}"}}` },
          ],
          managedPolicyArns: [ADMIN, ARN, "arn:aws:iam::aws:policy/Unheard", UNKNOWN],
        },
      ],
      [POLICY, "read", { arn: ARN, policy: document("r:R") }],
      [ROLE, "late", { inlinePolicies: UNKNOWN, managedPolicyArns: UNKNOWN }],
    );
    assert.deepEqual(
      roles.map(({ identity, grants }) => ({ identity, grants })),
      [
        {
          identity: [
            ...statementsOf("policy one", document("a:B")),
            ...statementsOf("policy app", {
              Statement: { Effect: "Deny", Action: "c:D", Resource: HOLE },
            }),
            ...managedPolicy(ADMIN),
            ...statementsOf("policy read", document("r:R")),
            unreadable("policy arn:aws:iam::aws:policy/Unheard"),
            unreadable("policy attached by app"),
          ],
          grants: [],
        },
        {
          identity: [unreadable("policy late"), unreadable("policy attached by late")],
          grants: [],
        },
      ],
    );
  });

  it("are limited by their boundary", async () => {
    const read = statementsOf("policy read", document("r:R"));
    const { roles } = await principals(
      [POLICY, "read", { arn: ARN, policy: policyOf("r:R") }],
      [ROLE, "known", { permissionsBoundary: ARN }],
      [ROLE, "of-aws", { permissionsBoundary: ADMIN }],
      [
        ROLE,
        "behind",
        { permissionsBoundary: UNKNOWN },
        from("permissionsBoundary", urnOf(POLICY, "read")),
      ],
      [ROLE, "late", { permissionsBoundary: UNKNOWN }],
      [ROLE, "free"],
    );
    assert.deepEqual(
      roles.map(({ limits }) => limits),
      [[read], [managedPolicy(ADMIN)], [read], [[unreadable("policy attached by late")]], []],
    );
  });
});

describe("policies of a principal", () => {
  const kinds = [
    ["role", ROLE, "app"],
    ["user", USER, "IAM user app"],
    ["group", GROUP, "IAM group app"],
  ] as const;
  const inType = (kind: string, rest: string): string =>
    `aws:iam/${kind}${rest}:${kind.replace(/^./, (letter) => letter.toUpperCase())}${rest}`;

  for (const [kind, type, label] of kinds) {
    const urn = urnOf(type, "app");
    const policy: DeclaredWith = [POLICY, "read", { arn: ARN, policy: policyOf("r:R") }];

    it(`are written into a ${kind}`, async () => {
      const own = inType(kind, "Policy");
      assert.deepEqual(
        await rights(
          [type, "app"],
          [own, "by-name", { [kind]: "app", policy: policyOf("r:R") }],
          [own, "by-urn", { [kind]: UNKNOWN, policy: policyOf("r:R") }, from(kind, urn)],
          [own, "other", { [kind]: "application", policy: policyOf("r:R") }],
          [own, "lost", { [kind]: UNKNOWN, policy: policyOf("r:R") }],
          [own, "unread", { [kind]: "app", policy: UNKNOWN }],
          [own, "partly", { [kind]: "app", policy: policyOf(HOLE) }],
        ),
        {
          [label]: [
            "policy by-name, statement 1",
            ...["policy unread", "policy partly, statement 1", "policy by-urn, statement 1"],
          ],
          unseen: ["policy lost"],
        },
      );
    });

    it(`are attached to a ${kind}, by the ARN or what that came from`, async () => {
      const one = inType(kind, "PolicyAttachment");
      const behind = from("policyArn", urnOf(POLICY, "read"));
      assert.deepEqual(
        await rights(
          [type, "app"],
          policy,
          [one, "by-arn", { [kind]: "app", policyArn: ARN }],
          [one, "by-urn", { [kind]: "app", policyArn: UNKNOWN }, behind],
          [one, "unread", { [kind]: "app", policyArn: UNKNOWN }],
          [one, "of-aws", { [kind]: "app", policyArn: ADMIN }],
          [one, "lost", { [kind]: UNKNOWN, policyArn: ADMIN }],
          [one, "nobody", { policyArn: ADMIN }],
        ),
        {
          [label]: [
            ...["policy read, statement 1", "policy read, statement 1"],
            ...["policy attached by unread", "policy AdministratorAccess, statement 1"],
          ],
          unseen: ["policy lost"],
        },
      );
    });

    it(`are attached to a ${kind} among others`, async () => {
      const list = `${kind}s`;
      assert.deepEqual(
        await rights(
          [type, "app"],
          [type, "api"],
          policy,
          [SHARED, "all", { [list]: ["app", "api"], policyArn: ARN }],
          [SHARED, "late", { [list]: UNKNOWN, policyArn: ADMIN }, from(list, urn)],
          [SHARED, "lost", { [list]: [UNKNOWN], policyArn: ADMIN }],
        ),
        {
          [label]: ["policy read, statement 1", "policy AdministratorAccess, statement 1"],
          [label.replace("app", "api")]: ["policy read, statement 1"],
          unseen: ["policy lost"],
        },
      );
    });

    it(`are all that a list says, where there is one for a ${kind}`, async () => {
      const exclusive = inType(kind, "PolicyAttachmentsExclusive");
      const one = inType(kind, "PolicyAttachment");
      const attached = ["policy AdministratorAccess, statement 1"];
      const given: readonly DeclaredWith[] = [
        [type, "app"],
        policy,
        [one, "one", { [kind]: "app", policyArn: ADMIN }],
      ];
      const holder = `${kind}Name`;
      const only = (more: object) => rights(...given, [exclusive, "only", more]);
      assert.deepEqual(await only({ [holder]: "app", policyArns: [ARN] }), {
        [label]: ["policy read, statement 1"],
      });
      assert.deepEqual(await only({ [holder]: "app", policyArns: [ADMIN] }), {
        [label]: [...attached, ...attached],
      });
      assert.deepEqual(await only({ [holder]: "app", policyArns: [] }), { [label]: [] });
      assert.deepEqual(await only({ [holder]: "api", policyArns: [] }), { [label]: attached });
      for (const policyArns of [UNKNOWN, [UNKNOWN]]) {
        assert.deepEqual(await only({ [holder]: "app", policyArns }), {
          [label]: ["policy attached by only", ...attached],
        });
      }
      assert.deepEqual(await only({ [holder]: "app", policyArns: [ARN, UNKNOWN] }), {
        [label]: ["policy read, statement 1", "policy attached by only", ...attached],
      });
      assert.deepEqual(await only({ [holder]: UNKNOWN, policyArns: [ARN] }), {
        ...{ [label]: attached, unseen: ["policy only"] },
      });
      assert.deepEqual(
        await rights(...given, [
          ...[exclusive, "only", { [holder]: UNKNOWN, policyArns: [ARN] }, from(holder, urn)],
        ] as unknown as DeclaredWith),
        { [label]: [...attached, "policy read, statement 1"] },
      );
    });
  }

  it("are no list's concern where they are written into it", async () => {
    assert.deepEqual(
      await rights(
        [ROLE, "app"],
        [OWN_POLICY, "inner", { role: "app", policy: policyOf("a:B") }],
        [EXCLUSIVE, "none", { roleName: "app", policyArns: [] }],
      ),
      { app: ["policy inner, statement 1"] },
    );
  });

  it("are attached to a principal of the right kind, by its name or its ARN", async () => {
    const role = "arn:aws:iam::123456789012:role/a/path/app";
    assert.deepEqual(
      await rights(
        [ROLE, "resource", { name: "app", arn: role }],
        [USER, "app"],
        [GROUP, "crowd", { name: "app" }],
        [GROUP, "people"],
        [ATTACHMENT, "by-arn", { role, policyArn: ADMIN }],
        [EXCLUSIVE, "only", { roleName: role, policyArns: [ADMIN] }],
        [ATTACHMENT, "gone", { role, policyArn: "arn:gone" }],
        // The ARN of what is no policy.
        [SHARED, "no-policy", { groups: ["people"], policyArn: role }],
        // What is called like the resource, and is not.
        [ATTACHMENT, "other", { role: "resource", policyArn: ADMIN }],
        [
          ATTACHMENT,
          "user-behind",
          { role: UNKNOWN, policyArn: ADMIN },
          from("role", urnOf(USER, "app")),
        ],
      ),
      {
        app: ["policy AdministratorAccess, statement 1", "policy AdministratorAccess, statement 1"],
        ...{ "IAM user app": [], "IAM group app": [] },
        "IAM group people": [`policy ${role}`],
        unseen: ["policy user-behind"],
      },
    );
  });

  it("are told as what they were attached by, with the statements of each", async () => {
    const { roles } = await principals(
      [ROLE, "app"],
      [SHARED, "shared", { roles: ["app"], policyArn: ADMIN }],
      [EXCLUSIVE, "list", { roleName: "app", policyArns: [ADMIN] }],
    );
    const statements = managedPolicy(ADMIN);
    assert.deepEqual(roles[0]?.grants, [
      { urn: urnOf(EXCLUSIVE, "list"), statements, policyArn: undefined },
      { urn: urnOf(SHARED, "shared"), statements, policyArn: ADMIN },
    ]);
  });
});

describe("users and groups", () => {
  it("are principals besides the roles", async () => {
    assert.deepEqual(
      await principals(
        [USER, "ci", { name: "ci-user" }],
        [GROUP, "admins"],
        [`${USER}s`, "alike"],
        ["aws:iam/accessKey:AccessKey", "key"],
      ),
      {
        roles: [],
        others: [
          { urn: urnOf(USER, "ci"), label: "IAM user ci-user", identity: [] },
          { urn: urnOf(GROUP, "admins"), label: "IAM group admins", identity: [] },
        ],
        unseen: [],
      },
    );
  });
});

describe("principals that cannot be seen", () => {
  it("may be inside components that are made elsewhere", async () => {
    const remote = { remote: true };
    const { unseen } = await principals(
      ["awsx:ec2:Vpc", "network", {}, remote],
      ["awsx:ec2:Vpc", "own"],
      ["eks:index:Cluster", "cluster", {}, remote],
      ["eks:index:ManagedNodeGroup", "nodes", {}, remote],
      ["eks:index:NodeGroup", "other-nodes", {}, remote],
      ["kubernetes:helm.sh/v4:Chart", "chart", {}, remote],
      ["my:kubernetes:Thing", "thing", {}, remote],
    );
    assert.deepEqual(unseen, [
      ...["awsx:ec2:Vpc network", "eks:index:NodeGroup other-nodes", "my:kubernetes:Thing thing"],
    ]);
  });
});
