import * as assert from "node:assert/strict";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { syncRightsOf } from "../../../../preflight/doctor/facts/sync-rights";
import { type Declared, registered } from "./registered";

const API = "kubernetes:rbac.authorization.k8s.io";
const ROLE = `${API}/v1:ClusterRole`;
const BINDING = `${API}/v1:ClusterRoleBinding`;
const PROVIDER = "pulumi:providers:kubernetes";
const VERBS = ["create", "get", "list", "patch", "update", "watch"];

const RULE = { apiGroups: [""], resources: ["secrets"], verbs: VERBS };
const ROLE_NAMED = { metadata: { name: "sync" }, rules: [RULE] };
const DRIVER = { kind: "ServiceAccount", name: "secrets-store-csi-driver" };
const BOUND = { roleRef: { name: "sync" }, subjects: [DRIVER] };

/** Numbers of the clusters with the rights; `placed` says through which provider a resource goes. */
async function rightsOf(
  resources: readonly Declared[],
  placed: Readonly<Record<string, string>> = {},
): Promise<readonly number[]> {
  const registrations = (await registered(...resources)).map((each) => ({
    ...each,
    provider: `urn:pulumi:test::eks-db-secrets::${PROVIDER}::${placed[each.name] ?? ""}::id`,
  }));
  return [...syncRightsOf(registrations, new Clusters(registrations))];
}

const withRole = (role: object, binding: object = BOUND) =>
  rightsOf([
    [ROLE, "role", role],
    [BINDING, "binding", binding],
  ]);

const withRule = (...rules: readonly unknown[]) => withRole({ ...ROLE_NAMED, rules });

describe("the right of the driver to write Secrets", () => {
  it("is a ClusterRole that is bound to its ServiceAccount, in any version and order", async () => {
    assert.deepEqual(await withRole(ROLE_NAMED), [0]);
    assert.deepEqual(
      await rightsOf([
        [`${API}/v1beta1:ClusterRoleBinding`, "binding", BOUND],
        [`${API}/v1beta1:ClusterRole`, "role", ROLE_NAMED],
      ]),
      [0],
    );
  });

  it("is given by no other kind", async () => {
    for (const [role, binding] of [
      [`acme:${ROLE}`, BINDING],
      [ROLE, `acme:${BINDING}`],
      [`${ROLE}List`, BINDING],
      [ROLE, `${BINDING}List`],
      [`${API}/v1:Role`, BINDING],
      [ROLE, `${API}/v1:RoleBinding`],
      ["kubernetes:acme.io/v1:ClusterRole", BINDING],
    ] as const) {
      assert.deepEqual(
        await rightsOf([
          [role, "role", ROLE_NAMED],
          [binding, "binding", BOUND],
        ]),
        [],
        `${role} ${binding}`,
      );
    }
  });

  it("needs the binding to be of that role and to the driver", async () => {
    for (const binding of [
      {},
      { ...BOUND, roleRef: { name: "other" } },
      { ...BOUND, roleRef: { kind: "sync" } },
      { ...BOUND, subjects: [] },
      { ...BOUND, subjects: [{ kind: DRIVER.name }, { name: "other" }] },
    ]) {
      assert.deepEqual(await withRole(ROLE_NAMED, binding), [], JSON.stringify(binding));
    }
    assert.deepEqual(
      await withRole(ROLE_NAMED, { ...BOUND, subjects: [{ name: "other" }, DRIVER] }),
      [0],
    );
    assert.deepEqual(await withRole({ ...ROLE_NAMED, metadata: { uid: "sync" } }), []);
  });

  it("is for Secrets, by name or by a star", async () => {
    for (const rule of [
      { ...RULE, apiGroups: ["apps", "*"] },
      { ...RULE, apiGroups: ["apps", ""] },
      { ...RULE, resources: ["*"] },
      { ...RULE, resources: ["pods", "secrets"] },
      { ...RULE, verbs: ["*"] },
    ]) {
      assert.deepEqual(await withRule({}, rule), [0], JSON.stringify(rule));
    }
    for (const rule of [
      { ...RULE, apiGroups: ["apps"] },
      { ...RULE, apiGroups: undefined },
      { ...RULE, resources: ["pods"] },
      { ...RULE, resources: undefined },
      { ...RULE, verbs: undefined },
    ]) {
      assert.deepEqual(await withRule(rule), [], JSON.stringify(rule));
    }
    assert.deepEqual(await withRule(), []);
    assert.deepEqual(await withRole({ metadata: { name: "sync" } }), []);
  });

  for (const verb of VERBS) {
    it(`lacks something without the verb ${verb}`, async () => {
      const verbs = VERBS.filter((each) => each !== verb);
      assert.deepEqual(await withRule({ ...RULE, verbs }), []);
    });
  }

  it("is in the cluster that has both the role and the binding", async () => {
    const providers: readonly Declared[] = [
      [PROVIDER, "first", { clusterIdentifier: "first" }],
      [PROVIDER, "second", { clusterIdentifier: "second" }],
    ];
    const both: readonly Declared[] = [
      ["kubernetes:core/v1:Pod", "pod"],
      [ROLE, "role", ROLE_NAMED],
      [BINDING, "binding", BOUND],
    ];
    const rights = (role: string, binding: string) =>
      rightsOf([...providers, ...both], { pod: "first", role, binding });
    assert.deepEqual(await rights("second", "second"), [1]);
    assert.deepEqual(await rights("first", "second"), []);
    assert.deepEqual(await rights("second", "first"), []);
  });
});
