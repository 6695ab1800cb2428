import * as assert from "node:assert/strict";
import { LONGEST_POLICY, policiesOf, stackRights } from "../../preflight/rights";
import { listStacks } from "../../preflight/simulation/program/stack-file";
import { CONTEXT } from "../unit/preflight/doctor/programs";
import { runProgram } from "./program";

/** Settings with which the program registers what no shipped stack has. */
const VARIATIONS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    "dev",
    {
      network: { create: { natGateways: "none" } },
      driver: { mode: "addon" },
      apps: [
        {
          name: "orders",
          image: "a:1",
          identity: "irsa",
          policyArns: { read: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          policyStatements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
          database: { name: "orders" },
        },
      ],
    },
  ],
];

const STACKS = [...listStacks(process.cwd()).map((stack) => [stack, {}] as const), ...VARIATIONS];

for (const [stack, sections] of STACKS) {
  describe(`the rights of the stack ${stack}${Object.keys(sections).length > 0 ? ", varied" : ""}`, function () {
    this.timeout(60_000);
    let rights: ReturnType<typeof stackRights>;
    before(async () => {
      const { registrations, called } = await runProgram(stack, { sections });
      rights = stackRights(registrations, called, CONTEXT);
    });

    it("are known of every resource and function", () => {
      assert.deepEqual(rights.unknown, []);
    });

    it("fit into policies that a role can have, without a `*` action", () => {
      for (const policies of [rights.deploy, rights.preview, rights.refresh].map((each) =>
        policiesOf(each),
      )) {
        assert.ok(policies.length <= 10, String(policies.length));
        for (const policy of policies) {
          assert.ok(JSON.stringify(policy).length <= LONGEST_POLICY);
          const actions = policy.Statement.flatMap(({ Action }) => Action);
          assert.deepEqual(
            actions.filter((action) => action.includes("*")),
            [],
          );
        }
      }
    });

    it("read no secret at a preview, and all that they read is part of the deployment's", () => {
      const actionsOf = (each: typeof rights.deploy) => [
        ...new Set(each.map(({ action }) => action)),
      ];
      const preview = actionsOf(rights.preview);
      assert.deepEqual(
        preview.filter((action) => !/:(?:Describe|Get|List)/.test(action)),
        [],
      );
      assert.deepEqual(
        preview.filter((action) => /SecretValue|GetParameter|Decrypt/.test(action)),
        [],
      );
      const deploy = new Set(rights.deploy.map((each) => JSON.stringify(each)));
      const beyond = [...rights.preview, ...rights.refresh].filter(
        (each) => !deploy.has(JSON.stringify(each)),
      );
      assert.deepEqual(beyond, []);
    });

    it("reach all resources only where their names are AWS's to choose, and in one region", () => {
      const wide = rights.deploy.filter(({ resource }) => resource === "*");
      assert.deepEqual(
        wide.filter(
          ({ action }) =>
            !/^(?:ec2|route53):|^eks:(?:CreateCluster|DescribeAddonVersions)$|^logs:DescribeLogGroups$|^iam:ListOpenIDConnectProviders$/.test(
              action,
            ),
        ),
        [],
      );
      const global = wide.filter(({ condition }) => condition?.key !== "aws:RequestedRegion");
      assert.deepEqual(
        global.filter(({ action }) => !/^(?:iam|route53):/.test(action)),
        [],
      );
    });
  });
}
