import * as assert from "node:assert/strict";
import type { PlannedApp } from "../../../../preflight/plan/chain";
import type { PlannedResource } from "../../../../preflight/plan/inventory";
import type { Plan } from "../../../../preflight/plan/model";
import { appSection } from "../../../../preflight/plan/report/app";
import { findingsSection } from "../../../../preflight/plan/report/findings";
import { manifests } from "../../../../preflight/plan/report/manifests";
import { resourceTree, shortType } from "../../../../preflight/plan/report/resource-tree";
import { counted, joinDotted, style } from "../../../../preflight/plan/report/style";
import { table } from "../../../../preflight/plan/report/table";
import { textReport } from "../../../../preflight/plan/report/text";

const PLAIN = style(false);

const resource = (name: string, more: Partial<PlannedResource> = {}): PlannedResource => ({
  urn: `urn:${name}`,
  type: "aws:rds/instance:Instance",
  name,
  parent: undefined,
  dependsOn: [],
  protect: false,
  custom: true,
  remote: false,
  inputs: {},
  ...more,
});

const plan = (more: Partial<Plan> = {}): Plan => ({
  project: "shop",
  stack: "dev",
  resources: [],
  apps: [],
  readers: [],
  findings: [],
  ...more,
});

const app: PlannedApp = {
  name: "worker",
  namespace: "jobs",
  workload: { urn: "urn:worker", kind: "Job", replicas: undefined, serviceAccount: "runner" },
  mounts: [
    {
      providerClass: "worker-secrets",
      paths: ["/run/secrets"],
      urn: undefined,
      role: undefined,
      secrets: [{ name: "shared/smtp", planned: undefined, rotation: undefined }],
    },
  ],
  files: [],
  env: [],
};

describe("the text report", () => {
  it("aligns columns and leaves no blanks at the end of a line", () => {
    assert.deepEqual(table([["a", "long", "x"], ["bb", "c"], []]), ["a   long  x", "bb  c", ""]);
    assert.deepEqual(table([]), []);
  });

  it("aligns by what is seen, not by the colour codes", () => {
    const formatted = table(
      [
        ["a", "x"],
        ["bb", "y"],
      ],
      { format: (cell, column) => (column === 0 ? `<${cell}>` : cell) },
    );
    assert.deepEqual(formatted, ["<a>   x", "<bb>  y"]);
  });

  it("counts and lists in words", () => {
    assert.deepEqual([counted(1, "file"), counted(0, "file")], ["1 file", "0 files"]);
    assert.equal(counted(2, "entry", "entries"), "2 entries");
    assert.equal(joinDotted("a", undefined, "", "b"), "a · b");
  });

  it("shortens types as the Pulumi CLI does", () => {
    assert.deepEqual(
      [
        "aws:rds/instance:Instance",
        "kubernetes:apps/v1:Deployment",
        "eks-db-secrets:index:SecureDatabase",
        "pulumi:providers:kubernetes",
      ].map(shortType),
      [
        "aws:rds:Instance",
        "kubernetes:apps/v1:Deployment",
        "eks-db-secrets:index:SecureDatabase",
        "pulumi:providers:kubernetes",
      ],
    );
  });

  it("draws a tree without remote components and does not explain them", () => {
    const resources = [
      resource("orders", { custom: false, type: "shop:index:Database" }),
      resource("orders-instance", { parent: "urn:orders", protect: true }),
      resource("vpc", { type: "aws:ec2/vpc:Vpc" }),
    ];
    assert.deepEqual(resourceTree(plan({ resources }), PLAIN), [
      "Resources  2 resources in 1 component",
      "",
      "  TYPE                    NAME",
      "  ├─ shop:index:Database  orders  1 resource",
      "  │  └─ aws:rds:Instance  orders-instance  protected",
      "  └─ aws:ec2:Vpc          vpc",
    ]);
  });

  it("says what of a chain is not in the stack, and leaves out an empty table", () => {
    assert.deepEqual(appSection(app, PLAIN), [
      "App worker  namespace jobs · Job",
      "",
      "     secret  shared/smtp     not in this stack",
      "  →  role    -               none for ServiceAccount runner in this stack",
      "  →  class   worker-secrets  SecretProviderClass, not in this stack",
      "  →  files   0 files         /run/secrets",
      "  →  env     0 variables     0 from secrets",
    ]);
  });

  it("calls a parameter what it is, and says so where the stack does not make it", () => {
    const secretLines = (isPlanned: boolean) => {
      const secrets = [
        { name: "/shop/key", planned: undefined, parameter: { isPlanned }, rotation: undefined },
      ];
      const [mount] = app.mounts;
      assert.ok(mount);
      return appSection({ ...app, mounts: [{ ...mount, secrets }] }, PLAIN)[2];
    };
    assert.equal(secretLines(false), "     parameter  /shop/key       not in this stack");
    assert.equal(secretLines(true), "     parameter  /shop/key");
  });

  it("names the containers of what not all of them have", () => {
    const source = { kind: "plain" } as const;
    const lines = appSection(
      {
        ...app,
        workload: { ...app.workload, kind: "Deployment", range: { min: 2, max: 10 } },
        files: [{ path: "/run/a", secret: "s", keys: ["k"], containers: ["app"] }],
        env: [
          { name: "A", source, containers: ["app", "seed"] },
          { name: "B", source },
        ],
      },
      PLAIN,
    );
    assert.equal(lines[0], "App worker  namespace jobs · Deployment of 2 to 10 replicas");
    assert.deepEqual(lines.slice(-7), [
      "",
      "  FILE    SECRET  KEY  CONTAINER",
      "  /run/a  s       k    app",
      "",
      "  VARIABLE  SOURCE      KEY  CONTAINER",
      "  A         plain text       app, seed",
      "  B         plain text       all",
    ]);
  });

  it("says so of an autoscaler whose limits are not known", () => {
    const range = { min: 1, max: undefined };
    const [heading] = appSection({ ...app, workload: { ...app.workload, range } }, PLAIN);
    assert.equal(
      heading,
      "App worker  namespace jobs · Job, scaled within limits that are not known",
    );
  });

  it("lists findings by gravity, each with its remedy", () => {
    const lines = findingsSection(
      [
        { id: "b", severity: "note", message: "third" },
        { id: "a", severity: "error", message: "first", remedy: "do this" },
        { id: "c", severity: "error", message: "second" },
      ],
      PLAIN,
    );
    assert.deepEqual(lines, [
      "Findings  2 errors, 1 note",
      "",
      "  error  first  a",
      "    do this",
      "",
      "  error  second  c",
      "",
      "  note  third  b",
    ]);
  });

  it("wraps findings, and names the lines of the program", () => {
    const source = { file: "stack/apps.ts", line: 42, column: 9 };
    const lines = findingsSection(
      [
        {
          ...{ id: "key-missing", severity: "warning", urn: "urn:a", source },
          message: `the file "password" finds nothing in the secret ${"orders-".repeat(4)}secret`,
          remedy:
            "Name a key that the secret has, or add the key to the secret that it is read from.",
        },
      ],
      PLAIN,
    );
    assert.deepEqual(lines.slice(1), [
      "",
      '  warning  the file "password" finds nothing in the secret',
      "           orders-orders-orders-orders-secret  key-missing",
      "           stack/apps.ts:42:9",
      "    Name a key that the secret has, or add the key to the secret that it is read",
      "    from.",
    ]);
  });

  it("says once what repeats for each app", () => {
    const source = { file: "index.ts", line: 7, column: 3 };
    const found = ["api", "web", "jobs"].map((app) => ({
      ...{ id: "master-user", severity: "note" as const, source, remedy: "Use another." },
      message: `Deployment ${app} logs in as the master user`,
    }));
    assert.deepEqual(findingsSection(found, PLAIN), [
      "Findings  3 notes",
      "",
      "  note  Deployment … logs in as the master user  master-user",
      "        3 times: api, web, jobs",
      "        index.ts:7:3",
      "    Use another.",
    ]);
  });

  it("says that there are no findings", () => {
    assert.deepEqual(findingsSection([], PLAIN), ["Findings  none"]);
  });

  it("has colours where it may, and the same text without", () => {
    const coloured = textReport(plan({ resources: [resource("a")], apps: [app] }), {
      colour: true,
    });
    const plain = textReport(plan({ resources: [resource("a")], apps: [app] }), { colour: false });
    assert.match(coloured, /\u001b\[1m/);
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ""), plain);
  });

  it("writes manifests once each, without references between their parts", () => {
    const shared = { app: "worker" };
    const twice: Plan = plan({
      apps: [app, app],
      resources: [resource("worker", { inputs: { kind: "Job", a: shared, b: shared } })],
    });
    assert.equal(manifests(twice), "---\nkind: Job\na:\n  app: worker\nb:\n  app: worker\n");
  });
});
