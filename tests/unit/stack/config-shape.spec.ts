import * as assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { checkConfig } from "../../../stack/config/check";
import { ConfigError } from "../../../stack/config/config-error";
import { accepted, app, issues, ownApp, raw } from "./config";

const KNOWN = "network, cluster, driver, apps, caBundle, caBundleFile, tags";

describe("the stack's configuration", () => {
  it("fills every gap", () => {
    assert.deepEqual(accepted(), {
      region: "eu-central-1",
      network: { create: { cidr: "10.20.0.0/16", availabilityZones: 2, natGateways: "single" } },
      cluster: {
        create: {
          version: "1.35",
          instanceType: "t3.medium",
          nodes: { min: 2, max: 4 },
          metadataHopLimit: 1,
          serviceCidr: "172.20.0.0/16",
          publicAccessCidrs: ["0.0.0.0/0"],
          access: [],
          controlPlaneLogs: [],
          deletionProtection: false,
        },
      },
      driver: { mode: "helm" },
      apps: [
        {
          name: "orders",
          createNamespace: true,
          identity: "podIdentity",
          database: { name: "orders" },
        },
      ],
      caBundle: undefined,
      caBundleFile: undefined,
      tags: undefined,
    });
  });

  it("takes an existing network and cluster by their ids", () => {
    const network = {
      vpcId: "vpc-1",
      databaseSubnetIds: ["subnet-1", "subnet-2"],
      privateSubnetIds: ["subnet-3", "subnet-4"],
    };
    const cluster = {
      name: "shared",
      clientSecurityGroupIds: ["sg-1", "123456789012/sg-2"],
      oidcProviderArn:
        "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A",
    };
    const given = accepted({ network, cluster });
    assert.deepEqual([given.network, given.cluster], [network, cluster]);
  });

  it("takes numbers and booleans where Kubernetes wants a string", () => {
    const [orders] = accepted({
      apps: [
        ownApp({
          environment: { PORT: 8080, DEBUG: false, NAME: "x" },
          resources: { requests: { cpu: 1 } },
        }),
      ],
      tags: { costCentre: 42 },
    }).apps;
    assert.deepEqual(orders?.environment, { PORT: "8080", DEBUG: "false", NAME: "x" });
    assert.deepEqual(orders.resources, { requests: { cpu: "1" } });
  });

  it("says what is missing", () => {
    assert.deepEqual(
      issues({ network: undefined, cluster: undefined, apps: undefined }, { region: undefined }),
      [
        "aws:region is missing",
        "shop:network is missing",
        "shop:cluster is missing",
        "shop:apps is missing",
      ],
    );
    assert.deepEqual(issues({ apps: [{ database: {} }] }), [
      "shop:apps[0].name is missing",
      "shop:apps[0].database must have either 'name', or 'of' and 'user', or 'secretName'; got {}",
    ]);
  });

  it("reports every mistake at once, wherever it is", () => {
    const found = issues(
      {
        netwrok: {},
        network: { create: { availabilityZones: 1 } },
        cluster: { create: { nodes: { min: 3, max: 2 } } },
        driver: { rotation: { pollInterval: "2" } },
        apps: [app(), app(), ownApp({ name: "B", replicas: "2" })],
      },
      { region: "Frankfurt" },
    );
    assert.deepEqual(
      found.map((issue) => issue.slice(0, issue.indexOf(" "))),
      [
        "aws:region",
        "shop:netwrok",
        "shop:network.create.availabilityZones",
        "shop:cluster.create.nodes.max",
        "shop:apps[2].replicas",
        "shop:driver.rotation.pollInterval",
        "shop:apps[2].name",
        "shop:apps[1].name",
      ],
    );
  });

  it("counts the mistakes, and is printed by Pulumi without a stack trace", () => {
    const error = (values: Record<string, unknown>): Error => {
      try {
        checkConfig(raw(values));
      } catch (thrown) {
        assert.ok(thrown instanceof ConfigError);
        return thrown;
      }
      return assert.fail("accepted");
    };
    const two = error({ network: { create: {} } });
    assert.ok(RunError.isInstance(two));
    assert.equal(two.name, "ConfigError");
    assert.equal(
      two.message,
      "the stack's configuration has 2 mistakes:\n" +
        "  shop:cluster is missing\n" +
        "  shop:apps is missing\n" +
        "Every key is described in docs/configuration.md.",
    );
    assert.match(
      error({ cluster: { create: {} }, network: { create: {} } }).message,
      /has one mist/,
    );
  });

  const kinds: [what: string, sections: Record<string, unknown>, expected: string[]][] = [
    ["an unknown key", { zzz: 1 }, [`shop:zzz is not a known key; there are ${KNOWN}`]],
    [
      "a misspelt key",
      { driver: { mod: "helm" } },
      ["shop:driver.mod is not a known key; did you mean 'mode'?"],
    ],
    [
      "a misspelt key in a new network",
      { network: { create: { natGateway: "none" } } },
      ["shop:network.create.natGateway is not a known key; did you mean 'natGateways'?"],
    ],
    [
      "misspelt keys in an app",
      {
        apps: [ownApp({ databse: 1, resources: { limit: {} }, probes: { startup: { exc: {} } } })],
      },
      [
        "shop:apps[0].probes.startup.exc is not a known key; did you mean 'exec'?",
        "shop:apps[0].resources.limit is not a known key; did you mean 'limits'?",
        "shop:apps[0].databse is not a known key; did you mean 'database'?",
      ],
    ],
    ["a string for an object", { driver: "helm" }, ['shop:driver must be an object; got "helm"']],
    ["an object for a list", { apps: {} }, ["shop:apps must be a list; got {}"]],
    ["an empty list", { apps: [] }, ["shop:apps must be a list of at least 1; got []"]],
    ["a number for an object", { network: 7 }, ["shop:network must be an object; got 7"]],
    ["nothing at all", { cluster: null }, ["shop:cluster must be an object; got null"]],
    [
      "a string for a number",
      { apps: [ownApp({ containerPort: "80" })] },
      ['shop:apps[0].containerPort must be a number; got "80"'],
    ],
    [
      "a string for a boolean",
      { apps: [app({ createNamespace: "no" })] },
      ['shop:apps[0].createNamespace must be a boolean; got "no"'],
    ],
    [
      "half a zone",
      { network: { create: { availabilityZones: 2.5 } } },
      ["shop:network.create.availabilityZones must be a whole number; got 2.5"],
    ],
    [
      "one availability zone",
      { network: { create: { availabilityZones: 1 } } },
      ["shop:network.create.availabilityZones must be at least 2; got 1"],
    ],
    [
      "five availability zones",
      { network: { create: { availabilityZones: 5 } } },
      ["shop:network.create.availabilityZones must be at most 4; got 5"],
    ],
    [
      "a version that YAML read as a number",
      { cluster: { create: { version: 1.35 } } },
      ["shop:cluster.create.version must be a string; got 1.35; put it in quotes"],
    ],
    [
      "a string that YAML read as a boolean",
      { cluster: { create: { version: true } } },
      ["shop:cluster.create.version must be a string; got true; put it in quotes"],
    ],
    [
      "a list where a string would do, without advice about quotes",
      { cluster: { create: { version: ["1.35"] } } },
      ['shop:cluster.create.version must be a string; got ["1.35"]'],
    ],
    [
      "a misspelt key below a name of one's own",
      { apps: [app({ database: { name: "a", parameters: { work_mem: { aply: "immediate" } } } })] },
      [
        "shop:apps[0].database.parameters.work_mem.value is missing",
        "shop:apps[0].database.parameters.work_mem.apply is missing",
        "shop:apps[0].database.parameters.work_mem.aply is not a known key; did you mean 'apply'?",
      ],
    ],
    [
      "several keys of another shape",
      { network: { create: {}, vpcId: "vpc-1", databaseSubnetIds: [] } },
      [
        "shop:network.vpcId cannot be combined with 'create', 'databaseSubnetIds': choose one",
        "shop:network.databaseSubnetIds cannot be combined with 'create', 'vpcId': choose one",
      ],
    ],
    [
      "a list for a string",
      { apps: [ownApp({ environment: { A: [] } })] },
      ["shop:apps[0].environment.A must be a string or a number or a boolean; got []"],
    ],
    [
      "a number that has lost digits already",
      { tags: { serial: 12345678901234567890, size: 9007199254740991 } },
      [
        "shop:tags.serial must be in quotes: a number of that size loses digits; " +
          "got 12345678901234567000",
      ],
    ],
    [
      "a word that is not on the list",
      { apps: [app({ identity: "iam" })] },
      ['shop:apps[0].identity must be "podIdentity" or "irsa"; got "iam"'],
    ],
    [
      "a value that fits neither shape",
      { driver: { rotation: true } },
      ["shop:driver.rotation must be false or an object; got true"],
    ],
    [
      "an empty string",
      { apps: [app({ image: "" })] },
      ['shop:apps[0].image must be a string that is not empty; got ""'],
    ],
    [
      "an unusual key inside an object with names of one's own",
      { apps: [ownApp({ environment: { "a.b c": {} } })] },
      ['shop:apps[0].environment["a.b c"] must be a string or a number or a boolean; got {}'],
    ],
    [
      "a long value, which it cuts",
      { driver: "x".repeat(200) },
      [`shop:driver must be an object; got "${"x".repeat(79)}…`],
    ],
    [
      "a string that is no JSON",
      { driver: "{mode" },
      ['shop:driver must be an object; got "{mode"'],
    ],
  ];
  for (const [what, sections, expected] of kinds) {
    it(`refuses ${what}`, () => assert.deepEqual(issues(sections), expected));
  }

  describe("where one of two shapes is meant", () => {
    const shapes: [what: string, network: unknown, expected: string[]][] = [
      [
        "neither",
        {},
        ["shop:network must have either 'create', or 'vpcId' and 'databaseSubnetIds'; got {}"],
      ],
      [
        "neither, with keys of no shape",
        { cidr: "10.0.0.0/16" },
        [
          "shop:network must have either 'create', or 'vpcId' and 'databaseSubnetIds'; " +
            'got {"cidr":"10.0.0.0/16"}',
        ],
      ],
      [
        "both",
        { create: {}, vpcId: "vpc-1" },
        ["shop:network.vpcId cannot be combined with 'create': choose one"],
      ],
      [
        "both, with a mistake in one",
        { create: { cidr: 5 }, vpcId: "vpc-1" },
        [
          "shop:network.create.cidr must be a string; got 5; put it in quotes",
          "shop:network.vpcId cannot be combined with 'create': choose one",
        ],
      ],
      [
        "half of the second",
        { vpcId: "vpc-1", privateSubnetIds: ["subnet-3", "subnet-4"] },
        ["shop:network.databaseSubnetIds is missing"],
      ],
      [
        "the second with nothing but mistakes",
        { vpcId: 5, databaseSubnetIds: "subnet-1", privateSubnetIds: ["subnet-3", "subnet-4"] },
        [
          "shop:network.vpcId must be a string; got 5; put it in quotes",
          'shop:network.databaseSubnetIds must be a list; got "subnet-1"',
        ],
      ],
      [
        "neither, with misspelt keys",
        { vpcID: "vpc-1", databaseSubnets: [] },
        [
          "shop:network.vpcID is not a known key; did you mean 'vpcId'?",
          "shop:network.databaseSubnets is not a known key; did you mean 'databaseSubnetIds'?",
        ],
      ],
      [
        "the second with mistakes",
        { vpcId: "10.0.0.0/8", databaseSubnetIds: ["subnet-1"], privateSubnetIds: [1, "x"] },
        [
          'shop:network.vpcId must be the id of a VPC ("vpc-…"); got "10.0.0.0/8"',
          'shop:network.databaseSubnetIds must be a list of at least 2; got ["subnet-1"]',
          "shop:network.privateSubnetIds[0] must be a string; got 1; put it in quotes",
          'shop:network.privateSubnetIds[1] must be the id of a subnet ("subnet-…"); got "x"',
        ],
      ],
    ];
    for (const [what, network, expected] of shapes) {
      it(`reports about ${what}`, () => assert.deepEqual(issues({ network }), expected));
    }

    it("reports about a cluster that is neither", () =>
      assert.deepEqual(issues({ cluster: {} }), [
        "shop:cluster must have either 'create', or 'name'; got {}",
      ]));
  });

  describe("with a key whose project has a typo", () => {
    it("names the key that was meant, and still checks what it holds", () => {
      assert.deepEqual(
        issues({ cluster: undefined, "shp:cluster": { create: { instanceType: "big" } } }),
        [
          "shp:cluster is not a key of this project; did you mean 'shop:cluster'?",
          'shop:cluster.create.instanceType must be an EC2 instance type, such as "t3.medium"; got "big"',
        ],
      );
    });

    it("prefers the key that is right", () => {
      assert.deepEqual(issues({ "Shop:network": 5 }), [
        "Shop:network is not a key of this project; did you mean 'shop:network'?",
      ]);
    });

    it("does not show an encrypted value", () => {
      const found = issues({ "shp:tags": { a: "canary" } }, { secretKeys: ["shp:tags"] });
      assert.deepEqual(
        found.map((issue) => issue.slice(0, issue.indexOf(" "))),
        ["shp:tags", "shop:tags"],
      );
      assert.ok(!found.join().includes("canary"));
    });

    it("leaves the keys of other packages alone", () => {
      const others = { "aws:region": "x", "kubernetes:context": "x", "vault:address": "x" };
      assert.deepEqual(issues(others), []);
      // Also where the project's name is like theirs.
      const found = issues({ "eks:x": "x" }, { project: "eks2" });
      assert.ok(found.length > 0 && !found.some((issue) => issue.startsWith("eks:x")));
    });
  });

  describe("with an encrypted value", () => {
    const canary = "f5b1c9-canary";
    it("refuses the key and never shows what it holds", () => {
      const apps = [ownApp({ environment: { TOKEN: canary }, identity: canary, name: canary })];
      const found = issues({ apps, tags: { canary } }, { secretKeys: ["apps", "tags"] });
      assert.deepEqual(
        found.map((issue) => issue.slice(0, issue.indexOf(","))),
        ["shop:apps holds an encrypted value", "shop:tags holds an encrypted value"],
      );
      assert.match(found[0] ?? "", /keep it in Secrets Manager and name it under 'moreSecrets'/);
      assert.ok(!found.join().includes(canary));
    });

    it("still checks what is readable, and does not call a refused key missing", () => {
      assert.deepEqual(
        issues({ driver: canary, cluster: {} }, { secretKeys: ["driver"] }).map((issue) =>
          issue.slice(0, 30),
        ),
        ["shop:driver holds an encrypted", "shop:cluster must have either "],
      );
    });
  });
});
