import * as assert from "node:assert/strict";
import type { PlannedApp } from "../../preflight/plan/chain";
import type { PlannedResource } from "../../preflight/plan/inventory";
import { chainGraph, nodesOf } from "../../preflight/plan/report/html/chain-graph";
import { htmlReport } from "../../preflight/plan/report/html/page";
import { placedFindings } from "../../preflight/plan/report/html/placed-findings";
import { resourceIndex } from "../../preflight/plan/report/html/resource-index";
import { UNKNOWN } from "../../preflight/simulation/wire/unknown";
import { findingsOn, madeApp, planOf } from "./support/html-plan";

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
  it("goes from the password to the environment, with network, TLS and keys", () => {
    assert.deepEqual(
      nodesFor(orders.app).map(({ station, name, facts }) => [station, name, facts]),
      [
        ["password", "orders-password", [["", "32 characters"]]],
        [
          "database",
          "orders-instance",
          [
            ["", "postgres 17 · db.t4g.micro"],
            ["Network", "no public address · 2 subnets"],
            ["Open to", "sg-cluster, port 5432"],
            ["TLS", "rds.force_ssl=1"],
            ["Storage key", "aws/rds"],
          ],
        ],
        ["secret", "orders-connection-22ad48b", [["Key", "aws/secretsmanager"]]],
        [
          "role",
          "orders-role",
          [
            ["By", "Pod Identity"],
            ["For", "ServiceAccount orders"],
          ],
        ],
        ["class", "orders-secrets", []],
        ["files", "5 files", [["In", "/mnt/secrets-store"]]],
        [
          "env",
          "6 variables",
          [
            ["", "5 from secrets"],
            ["TLS", "PGSSLMODE=verify-full"],
            ["CA", "/etc/rds-ca/ca-bundle.pem"],
          ],
        ],
      ],
    );
  });

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

  it("has a lane for each secret, and says which class reads which", () => {
    const billing = madeApp("billing");
    const mounts = [...orders.app.mounts, ...billing.app.mounts];
    const both = { ...orders.app, mounts };
    const graph = chainGraph(both, resourceIndex([...orders.resources, ...billing.resources]));
    assert.deepEqual(
      graph.lanes.map(({ password, database, secret }) =>
        [password, database, secret].map((node) => node?.name),
      ),
      [
        ["orders-password", "orders-instance", "orders-connection-22ad48b"],
        ["billing-password", "billing-instance", "billing-connection-22ad48b"],
      ],
    );
    assert.deepEqual(
      graph.classes.map(({ name, facts }) => [name, facts]),
      [
        ["orders-secrets", [["Reads", "orders-connection-22ad48b"]]],
        ["billing-secrets", [["Reads", "billing-connection-22ad48b"]]],
      ],
    );
  });

  it("shows what it lacks", () => {
    const [mount] = orders.app.mounts;
    assert.ok(mount);
    const lacking = { ...mount, role: undefined, urn: undefined, secrets: [] };
    assert.deepEqual(
      nodesFor({ ...orders.app, mounts: [lacking] }, [])
        .filter(({ missing }) => missing)
        .map(({ name, facts }) => [name, facts]),
      [
        ["no role", [["For", "orders"]]],
        ["orders-secrets", [["", "not in this stack"]]],
      ],
    );
  });

  it("shows that a mount fails, unless its class is not known", () => {
    const missingIn = (app: PlannedApp) =>
      nodesFor(app, [])
        .filter(({ missing }) => missing)
        .map(({ name }) => name);
    const failing = { ...orders.app, files: [] };
    assert.deepEqual(missingIn(failing), ["0 files"]);
    const said = (app: PlannedApp) =>
      /<h4>Files<\/h4>[^]*?<p>(None[^<]*)</.exec(htmlReport(planOf([{ ...orders, app }])))?.[1];
    assert.equal(said(failing), "None: the mount fails, and no container starts.");
    const [mount] = orders.app.mounts;
    assert.ok(mount);
    const unknown = { ...failing, mounts: [{ ...mount, urn: undefined }] };
    assert.deepEqual(missingIn(unknown), ["orders-secrets"]);
    assert.equal(said(unknown), "None that this stack tells of.");
  });

  it("has findings on the cards that they concern, a link for each severity", () => {
    const page = htmlReport(planOf([orders], [...findingsOn(orders), ...findingsOn(orders)]));
    const chips = page
      .split('<div class="n ')
      .slice(1)
      .map((card) => card.slice(0, card.indexOf("</div>")))
      .map((card) => [
        /class="q">([^<]*)/.exec(card)?.[1],
        ...[...card.matchAll(/class="chip[^>]*>([^<]*)/g)].map(([, text]) => text),
      ]);
    assert.deepEqual(chips, [
      ["Password"],
      ["Database"],
      ["Secret"],
      ["IAM role", "▲ 2 warnings"],
      ["SecretProviderClass", "✖ 2 errors"],
      ["Files"],
      ["Environment", "● 2 notes"],
    ]);
  });

  const placedOn = (id: string, urn: string): readonly string[] => {
    const index = resourceIndex(orders.resources);
    const graph = chainGraph(orders.app, index);
    const finding = { id, severity: "error" as const, message: "", urn };
    const placed = placedFindings([finding], graph, index, () => false);
    return [...placed.keys()].map(({ station }) => station);
  };
  const urnOf = (type: string): string =>
    orders.resources.find((resource) => resource.type === type)?.urn ?? "";

  for (const [id, urn, station] of [
    ["password-refused-by-rds", orders.urns.database, "password"],
    ["database-public", orders.urns.database, "database"],
    ["database-open-to-addresses", urnOf("aws:ec2/securityGroup:SecurityGroup"), "database"],
    ["version-label-missing", urnOf("aws:secretsmanager/secretVersion:SecretVersion"), "secret"],
    ["read-denied", orders.urns.deployment, "role"],
    ["resource-wildcard", urnOf("aws:iam/rolePolicy:RolePolicy"), "role"],
    ["trust-refuses", orders.urns.role, "role"],
    ["class-refused", orders.urns.class, "class"],
    ["volume-not-read-only", orders.urns.deployment, "files"],
    ["env-key-missing", orders.urns.deployment, "env"],
    ["kubernetes-too-old", "urn:pulumi:dev::shop::eks:index:Cluster::x", "class"],
    ["rotation-off", "urn:pulumi:dev::shop::kubernetes:helm.sh/v3:Release::x", "class"],
  ] as const) {
    it(`has ${id} on the station ${station}`, () => {
      assert.deepEqual(placedOn(id, urn), [station]);
    });
  }

  it("leaves the findings of another app to that app", () => {
    assert.deepEqual(placedOn("class-refused", madeApp("billing").urns.class), []);
  });
});
