import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  componentNameProblem,
  defaultUserName,
  ownRoleProblem,
  userNameProblem,
  userRoles,
} from "../../../../components/database-user/role-names";

describe("the roles of a database user", () => {
  it("have the component's name where none is given", () => {
    assert.deepEqual(userRoles("orders-api", {}), {
      userNames: ["orders_api", "orders_api_clone"],
      ownerRole: "orders_api_owner",
    });
    assert.deepEqual(userRoles("reports", { access: "read", userName: "bi" }), {
      userNames: ["bi", "bi_clone"],
      ownerRole: "bi_read",
    });
    assert.equal(userRoles("orders", { ownerRole: "shop" }).ownerRole, "shop");
  });

  it("fit into PostgreSQL's 63 bytes and are three different ones, whatever the name", () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,70}$/);
    fc.assert(
      fc.property(names, fc.constantFrom("owner", "read"), (name, access) => {
        const userName = defaultUserName(name);
        if (userNameProblem(userName) !== undefined) return;
        const { userNames, ownerRole } = userRoles(name, { access });
        const roles = [...userNames, ownerRole];
        assert.equal(new Set(roles).size, 3);
        for (const role of roles) assert.match(role, /^[a-z][a-z0-9_]{0,62}$/);
      }),
    );
  });

  for (const [name, problem] of [
    ["a".repeat(57), undefined],
    [
      "a".repeat(58),
      /^must have at most 57 characters, because the second user is called NAME_clone and PostgreSQL takes 63$/,
    ],
    ["orders_clone", /^must not end with "_clone"/],
    ["pg_app", /^must not be a word that PostgreSQL or RDS reserves/],
    ["order", /^must not be a word that PostgreSQL or RDS reserves/],
    ["rdsadmin", /^must not be a word that PostgreSQL or RDS reserves/],
    ["Orders", /^must be 1 to 63 lower-case letters/],
    ["", /^must be 1 to 63 lower-case letters/],
  ] as const) {
    it(`have a user's name that is ${problem ? "refused" : "accepted"}: "${name}"`, () => {
      if (problem === undefined) assert.equal(userNameProblem(name), undefined);
      else assert.match(userNameProblem(name) ?? "", problem);
    });
  }

  it("have an owner that is none of the users", () => {
    const rule = ownRoleProblem("orders");
    assert.deepEqual(
      ["orders_owner", "orders", "orders_clone"].map((role) => rule(role) === undefined),
      [true, false, false],
    );
  });

  it("have a component whose name leaves room for the function's", () => {
    assert.equal(componentNameProblem("a".repeat(47)), undefined);
    assert.match(componentNameProblem("a".repeat(48)) ?? "", /^must be 1 to 47 lower-case letters/);
  });
});
