import * as assert from "node:assert/strict";
import { readsAs, type Role } from "../../../../preflight/doctor/facts";
import { Accounts } from "../../../../preflight/doctor/facts/accounts";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { References } from "../../../../preflight/doctor/facts/references";
import { statementsOf } from "../../../../preflight/doctor/iam";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { Draft } from "./draft";
import { stackRegistrations } from "./programs";

const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const PATCH = "kubernetes:core/v1:ServiceAccountPatch";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";
const PROVIDER = "pulumi:providers:kubernetes";
const ARN = "arn:aws:iam::123456789012:role/app";
const PLACE = { cluster: 0, namespace: "shop" };

const role = (name: string, more: Partial<Role> = {}): Role => ({
  ...{ urn: `urn-of-${name}`, name, arn: ARN.replace("app", name), trust: [], identity: [] },
  ...{ grants: [], limits: [], tagKeys: [], ...more },
});

type Declared = readonly [
  type: string,
  name: string,
  properties?: object,
  comesFrom?: Readonly<Record<string, string>>,
];

async function accountsOf(resources: readonly Declared[], roles: readonly Role[] = []) {
  const draft = new Draft(await stackRegistrations("Pod Identity and Helm"));
  const before = draft.registrations.length;
  for (const [type, name, properties = {}] of resources) draft.add(type, name, { ...properties });
  const registrations = draft.registrations.slice(before).map((each, index) => ({
    ...each,
    provider: "",
    propertyDependencies: Object.fromEntries(
      Object.entries(resources[index]?.[3] ?? {}).map(([property, of]) => [
        property,
        draft.registrations.filter(({ name }) => name === of).map(({ urn }) => urn),
      ]),
    ),
  }));
  const clusters = new Clusters(registrations);
  return new Accounts(registrations, clusters, roles, new References(registrations));
}

const account = (annotations: unknown, more: object = {}): object => ({
  metadata: { namespace: "shop", name: "api", annotations, ...more },
});
const irsa = (roleArn: unknown) => account({ "eks.amazonaws.com/role-arn": roleArn });
const association = (more: object = {}): object => ({
  ...{ clusterName: "main", namespace: "shop", serviceAccount: "api", roleArn: ARN },
  ...more,
});

describe("the ServiceAccounts of a program", () => {
  it("have the role of their annotation, as far as it is known", async () => {
    const { all } = await accountsOf([
      [ACCOUNT, "with", irsa(ARN)],
      [ACCOUNT, "without", account({})],
      [ACCOUNT, "late", irsa(UNKNOWN)],
      [ACCOUNT, "late-annotations", account(UNKNOWN)],
      [ACCOUNT, "late-metadata", { metadata: UNKNOWN }],
      [PATCH, "patch", irsa(ARN)],
      ["kubernetes:core/v1:Secret", "another", irsa(ARN)],
    ]);
    assert.deepEqual(
      all.map(({ roleArn, isRoleUnknown }) => [roleArn, isRoleUnknown]),
      [
        [ARN, false],
        [undefined, false],
        [undefined, true],
        [undefined, true],
        [undefined, true],
        [ARN, false],
      ],
    );
    assert.equal(all[0]?.label, "ServiceAccount shop/api");
  });

  it("are found by their place, with a patch in place of what it patches", async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const both: readonly Declared[] = [
        [ACCOUNT, "plain", account({})],
        [PATCH, "patch", irsa(ARN)],
      ];
      const accounts = await accountsOf(order.map((index) => both[index] as Declared));
      assert.equal(accounts.find(PLACE, "api")?.roleArn, ARN);
      assert.equal(accounts.find({ ...PLACE, namespace: "other" }, "api"), undefined);
      assert.equal(accounts.find(PLACE, "other"), undefined);
    }
  });
});

describe("what leads from pods to a role", () => {
  it("is the annotation, by the role's ARN or by its name", async () => {
    const app = role("app");
    for (const address of [ARN, "app"]) {
      const accounts = await accountsOf([[ACCOUNT, "api", irsa(address)]], [role("other"), app]);
      const link = accounts.link(PLACE, "api", "IRSA");
      assert.deepEqual(
        { ...link, urn: link?.urn.split("::").at(-1) },
        { mode: "IRSA", urn: "api", roleArn: address, role: app, tagsSession: false },
      );
    }
    const accounts = await accountsOf([[ACCOUNT, "api", irsa(ARN)]], [role("other")]);
    assert.equal(accounts.link(PLACE, "api", "IRSA")?.role, undefined);
    assert.equal(accounts.link(PLACE, "other", "IRSA"), undefined);
    assert.equal(accounts.link(PLACE, "api", "Pod Identity"), undefined);
  });

  it("is never the ARN that several roles may turn out to have", async () => {
    const late = role("late", { arn: `arn:aws:iam::123456789012:role/${HOLE}` });
    const accounts = await accountsOf([[ACCOUNT, "api", irsa(late.arn)]], [late]);
    assert.equal(accounts.link(PLACE, "api", "IRSA")?.role, undefined);
  });

  it("is an association, with what it lays on the session", async () => {
    const policy = JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } });
    const accounts = await accountsOf(
      [[ASSOCIATION, "link", association({ policy, disableSessionTags: true })]],
      [role("app")],
    );
    const link = accounts.link(PLACE, "api", "Pod Identity");
    assert.deepEqual(
      { ...link, urn: link?.urn.split("::").at(-1) },
      {
        ...{ mode: "Pod Identity", urn: "link", roleArn: ARN, role: role("app") },
        ...{ clusterName: "main", cluster: 0, namespace: "shop", serviceAccount: "api" },
        sessionPolicy: statementsOf("session policy", policy),
        ...{ tagsSession: false, isPodUnknown: false },
      },
    );
    const plain = await accountsOf([[ASSOCIATION, "link", association()]]);
    const { sessionPolicy, tagsSession } = plain.link(PLACE, "api", "Pod Identity") ?? {};
    assert.deepEqual([sessionPolicy, tagsSession], [undefined, true]);
    assert.equal(plain.link(PLACE, "other", "Pod Identity"), undefined);
    assert.equal(plain.link({ ...PLACE, namespace: "other" }, "api", "Pod Identity"), undefined);
  });

  it("is an association with a target role, as which the pods read", async () => {
    const target = role("target");
    const accounts = await accountsOf(
      [[ASSOCIATION, "link", association({ targetRoleArn: target.arn })]],
      [role("app"), target],
    );
    const link = accounts.link(PLACE, "api", "Pod Identity");
    assert.deepEqual(
      [link?.role?.name, link && readsAs(link)],
      ["app", { roleArn: target.arn, role: target }],
    );
    const other = "arn:aws:iam::210987654321:role/reader";
    const foreign = await accountsOf(
      [[ASSOCIATION, "link", association({ targetRoleArn: other })]],
      [role("app"), target],
    );
    assert.deepEqual(foreign.link(PLACE, "api", "Pod Identity")?.target, {
      ...{ roleArn: other, role: undefined },
    });
  });

  it("is an association with a role that is known by where its ARN comes from", async () => {
    const accounts = await accountsOf(
      [
        [ROLE, "app"],
        [ROLE, "other"],
        [ASSOCIATION, "link", association({ roleArn: UNKNOWN }), { roleArn: "app" }],
      ],
      ["other", "app"].map((name) =>
        role(name, {
          arn: `arn:aws:iam::123456789012:role/${HOLE}`,
          urn: `urn:pulumi:test::eks-db-secrets::${ROLE}::${name}`,
        }),
      ),
    );
    assert.equal(accounts.link(PLACE, "api", "Pod Identity")?.role?.name, "app");
  });

  it("may be an association of whatever cluster, where no provider says its cluster's name", async () => {
    const elsewhere = { ...PLACE, cluster: 5 };
    const one = await accountsOf([
      [ASSOCIATION, "link", association()],
      [ASSOCIATION, "other", association({ serviceAccount: "other" })],
      [ASSOCIATION, "far", association({ namespace: "far" })],
    ]);
    assert.equal(one.link(elsewhere, "api", "Pod Identity")?.roleArn, ARN);
    const two = await accountsOf([
      [PROVIDER, "first", { clusterIdentifier: "first" }],
      [ASSOCIATION, "link", association()],
      [ASSOCIATION, "same", association({ clusterName: "second" })],
    ]);
    assert.equal(two.link(elsewhere, "api", "Pod Identity"), undefined);
  });
});

describe("whether the role of pods may be in another program", () => {
  const mayBe = async (
    mode: "IRSA" | "Pod Identity",
    resources: readonly Declared[],
    roles: readonly Role[] = [],
  ) => (await accountsOf(resources, roles)).mayBeLinkedElsewhere(PLACE, "api", mode);

  it("is so with IRSA where the annotation is known only after the update", async () => {
    assert.deepEqual(
      [
        await mayBe("IRSA", [[ACCOUNT, "api", irsa(UNKNOWN)]]),
        await mayBe("IRSA", [[ACCOUNT, "api", irsa(ARN)]]),
        await mayBe("IRSA", []),
      ],
      [true, false, false],
    );
  });

  it("is so with Pod Identity where the program has no part in associations, or one for pods it does not tell", async () => {
    const trusting = (service: string) =>
      role("app", {
        trust: statementsOf("trust", {
          Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
        }),
      });
    const far: Declared = [ASSOCIATION, "link", association({ namespace: "far" })];
    assert.deepEqual(
      [
        await mayBe("Pod Identity", []),
        await mayBe("Pod Identity", [[ACCOUNT, "api", account({})]]),
        await mayBe("Pod Identity", [], [trusting("ec2.amazonaws.com")]),
        await mayBe("Pod Identity", [], [trusting("pods.eks.amazonaws.com")]),
        await mayBe("Pod Identity", [far]),
        await mayBe("Pod Identity", [["aws:eks/cluster:Cluster", "main"]]),
        await mayBe("Pod Identity", [["eks:index:Cluster", "main"]]),
        await mayBe("Pod Identity", [[ACCOUNT, "api", irsa(ARN)]]),
        await mayBe("Pod Identity", [[ACCOUNT, "api", irsa(UNKNOWN)]]),
      ],
      [true, true, true, false, false, false, false, false, false],
    );
    for (const property of ["clusterName", "namespace", "serviceAccount"]) {
      const late: Declared = [ASSOCIATION, "link", association({ [property]: UNKNOWN })];
      assert.equal(await mayBe("Pod Identity", [late]), true, property);
    }
  });
});
