import * as assert from "node:assert/strict";
import type { PlannedApp } from "../../preflight/plan/chain";
import type { PlannedResource } from "../../preflight/plan/inventory";
import { chainGraph, nodesOf } from "../../preflight/plan/report/html/chain-graph";
import { resourceIndex } from "../../preflight/plan/report/html/resource-index";
import { UNKNOWN } from "../../preflight/simulation/wire/unknown";
import { madeApp } from "./support/html-plan";

const orders = madeApp("orders");

const nodesFor = (app: PlannedApp, resources: readonly PlannedResource[] = orders.resources) =>
  nodesOf(chainGraph(app, resourceIndex(resources)));

/** The app's resources, with other inputs or dependencies of one type. */
const changed = (
  type: string,
  change: (resource: PlannedResource) => Partial<PlannedResource>,
): readonly PlannedResource[] =>
  orders.resources.map((each) => (each.type === type ? { ...each, ...change(each) } : each));

const DATABASE = "aws:rds/instance:Instance";

/** The inputs of one type with some more, or others. */
const withInputs = (type: string, inputs: PlannedResource["inputs"]): readonly PlannedResource[] =>
  changed(type, (each) => ({ inputs: { ...each.inputs, ...inputs } }));

describe("the chain of the HTML page", () => {
  describe("tells of a database", () => {
    const factOf = (label: string, resources: readonly PlannedResource[]): readonly string[] =>
      nodesFor(orders.app, resources)
        .filter(({ station }) => station === "database")
        .flatMap(({ facts }) => facts.filter(([each]) => each === label).map(([, text]) => text));
    const without = (type: string, more: PlannedResource["inputs"] = {}) =>
      withInputs(DATABASE, more).filter((each) => each.type !== type);
    const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const GROUP = "aws:ec2/securityGroup:SecurityGroup";
    const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
    const cluster: PlannedResource = {
      ...{ urn: "urn:cluster", type: "eks:index:Cluster", name: "cluster", parent: undefined },
      ...{ dependsOn: [], protect: false, custom: true, remote: true, inputs: {} },
    };
    const key = { ...cluster, urn: "urn:key", type: "aws:kms/key:Key", name: "storage" };

    const cases: readonly [string, string, readonly PlannedResource[], readonly string[]][] = [
      [
        "a public address",
        "Network",
        withInputs(DATABASE, { publiclyAccessible: true }),
        ["public address · 2 subnets"],
      ],
      [
        "an address that is not known",
        "Network",
        withInputs(DATABASE, { publiclyAccessible: UNKNOWN }),
        ["public address: known after the update · 2 subnets"],
      ],
      [
        "subnets of another stack",
        "Network",
        without("aws:rds/subnetGroup:SubnetGroup"),
        ["no public address · subnet group orders-subnets"],
      ],
      [
        "no subnets of its own",
        "Network",
        without("aws:rds/subnetGroup:SubnetGroup", { dbSubnetGroupName: undefined }),
        ["no public address · default subnets"],
      ],
      ["no rule", "Open to", without(RULE), ["nobody: no rule in this stack"]],
      [
        "a group of another stack",
        "Open to",
        without(GROUP),
        ["1 security group from outside of this stack"],
      ],
      [
        "no group of its own",
        "Open to",
        without(GROUP, { vpcSecurityGroupIds: undefined }),
        ["default security group"],
      ],
      [
        "a rule for another resource",
        "Open to",
        [
          ...changed(RULE, ({ dependsOn }) => ({ dependsOn: [...dependsOn, cluster.urn] })),
          cluster,
        ],
        ["cluster, port 5432"],
      ],
      [
        "inline rules",
        "Open to",
        withInputs(GROUP, {
          ingress: [
            { protocol: "-1", cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"], fromPort: 0, toPort: 0 },
            { protocol: "tcp", self: true, fromPort: 5432, toPort: 5433 },
            { protocol: "tcp", cidrBlocks: UNKNOWN, fromPort: 5432, toPort: 5432 },
          ],
        }),
        [
          "10.0.0.0/16, 10.1.0.0/16, every port",
          "itself, ports 5432–5433",
          "known after the update, port 5432",
          "sg-cluster, port 5432",
        ],
      ],
      [
        "a parameter group without the parameter",
        "TLS",
        withInputs(PARAMETERS, { parameters: [] }),
        ["rds.force_ssl as the engine version has it"],
      ],
      [
        "a parameter group of another stack",
        "TLS",
        without(PARAMETERS),
        ["parameter group orders-parameters from outside of this stack"],
      ],
      [
        "a key of its own",
        "Storage key",
        [
          ...changed(DATABASE, ({ inputs, dependsOn }) => ({
            inputs: { ...inputs, kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1" },
            dependsOn: [...dependsOn, key.urn],
          })),
          key,
        ],
        ["storage"],
      ],
      [
        "a key of another stack",
        "Storage key",
        withInputs(DATABASE, { kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1" }),
        ["key/1"],
      ],
      [
        "no encryption",
        "Storage key",
        withInputs(DATABASE, { storageEncrypted: undefined }),
        ["none: not encrypted"],
      ],
      [
        "the encryption of its snapshot",
        "Storage key",
        withInputs(DATABASE, { storageEncrypted: undefined, snapshotIdentifier: "before" }),
        ["as where it is restored from"],
      ],
    ];
    for (const [of, label, resources, texts] of cases) {
      it(`with ${of}: ${texts.join("; ")}`, () => {
        assert.deepEqual(factOf(label, resources), texts);
      });
    }

    it("whose password a secret holds and nothing else", () => {
      const [mount] = orders.app.mounts;
      const [held] = mount?.secrets ?? [];
      assert.ok(mount && held?.planned);
      const planned = { ...held.planned, database: undefined };
      const app = { ...orders.app, mounts: [{ ...mount, secrets: [{ ...held, planned }] }] };
      assert.deepEqual(
        nodesFor(app).map(({ name }) => name),
        nodesFor(orders.app).map(({ name }) => name),
      );
    });
  });

  describe("tells of the client", () => {
    const tlsWith = (env: readonly object[]): readonly string[] =>
      nodesFor(
        orders.app,
        changed("kubernetes:apps/v1:Deployment", () => ({
          inputs: { spec: { template: { spec: { containers: [{ env }] } } } },
        })),
      ).flatMap(({ station, facts }) =>
        station === "env" ? facts.slice(1).map(([label, text]) => `${label} ${text}`) : [],
      );

    it("that it does not say how it checks the server", () => {
      assert.deepEqual(tlsWith([]), ["TLS PGSSLMODE not set here"]);
    });

    it("what an address says", () => {
      const value = "postgres://db/orders?sslmode=require";
      assert.deepEqual(tlsWith([{ name: "DATABASE_URL", value }]), ["TLS sslmode=require"]);
    });

    it("that it is known after the update", () => {
      assert.deepEqual(tlsWith([{ name: "PGSSLMODE", value: UNKNOWN }]), [
        "TLS PGSSLMODE=known after the update",
      ]);
    });
  });
});
