import * as assert from "node:assert/strict";
import type { Accounts } from "../../../../preflight/doctor/facts/accounts";
import { wrongRoleAddresses } from "../../../../preflight/doctor/facts/role-addresses";
import type { Role } from "../../../../preflight/doctor/facts/roles";

const OWN = "123456789012";
const ROLE: Role = {
  ...{ urn: "urn-of-role", arn: `arn:aws:iam::${OWN}:role/team/app`, name: "app" },
  ...{ trust: [], identity: [], grants: [], limits: [], tagKeys: [] },
};

const addresses = (
  all: readonly (readonly [label: string, roleArn: string | undefined])[],
  associations: Accounts["associations"] = [],
  own: readonly string[] = ["000000000000", OWN],
) =>
  wrongRoleAddresses(
    {
      all: all.map(([label, roleArn]) => ({
        ...{ urn: `urn-of-${label}`, kind: "ServiceAccount", name: label, label, roleArn },
        ...{ cluster: 0, namespace: "shop", isRoleUnknown: false },
      })),
      associations,
    },
    [{ ...ROLE, arn: `arn:aws:iam::${OWN}:role/other`, name: "other" }, ROLE],
    own,
  );

const found = (roleArn: string, own?: readonly string[]): readonly string[] =>
  addresses([["api", roleArn]], [], own).map(({ role }) => role.name);

describe("addresses that lead to no role because their path differs", () => {
  it("are those of ServiceAccounts and of associations", () => {
    const arn = `arn:aws:iam::${OWN}:role/app`;
    assert.deepEqual(
      addresses(
        [
          ["right", ROLE.arn],
          ["wrong", arn],
          ["without", undefined],
        ],
        [
          {
            ...{ mode: "Pod Identity", urn: "urn-of-association", roleArn: arn, role: ROLE },
            ...{ clusterName: "main", tagsSession: true, cluster: 0, namespace: "shop" },
            ...{ serviceAccount: "api", isPodUnknown: false },
          },
        ],
      ),
      [
        { urn: "urn-of-wrong", where: "wrong", arn, role: ROLE },
        {
          ...{ urn: "urn-of-association", where: "the association of shop/api", arn },
          role: ROLE,
        },
      ],
    );
  });

  it("name a role of the program's account, under any path", () => {
    for (const path of ["", "a/", "a/b/", "team/app/", "/"]) {
      assert.deepEqual(found(`arn:aws-us-gov:iam::${OWN}:role/${path}app`), ["app"], path);
    }
    assert.deepEqual(found("arn:aws:iam::999999999999:role/app"), []);
    assert.deepEqual(found(`arn:aws:iam::${OWN}:role/app`, []), []);
    assert.deepEqual(found(`arn:aws:iam::${OWN}:role/unheard-of`), []);
  });

  it("are whole ARNs of roles", () => {
    for (const arn of [
      ...["app", ` arn:aws:iam::${OWN}:role/app`, `arn:aws:iam::${OWN}:role/app/`],
      ...[
        `arn:aws:iam::${OWN}:user/app`,
        `arn:aws:iam::${OWN}:roles/app`,
        `arn:a.b:iam::${OWN}:role/app`,
      ],
      ...[`arn::iam::${OWN}:role/app`, `arn:aws:iam::${OWN}:role/x-app`],
      ...[`arn:aws:iam::${OWN}0:role/app`, `arn:aws:iam::${OWN}:role/\napp`],
    ]) {
      assert.deepEqual(found(arn), [], arn);
    }
    assert.deepEqual(found("arn:aws:iam::1:role/app", ["1"]), []);
    assert.deepEqual(found("arn:aws:iam::abcdefghijkl:role/app", ["abcdefghijkl"]), []);
  });
});
