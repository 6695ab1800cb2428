import * as assert from "node:assert/strict";
import type { PlannedApp } from "../../preflight/plan/chain";
import type { PlannedResource } from "../../preflight/plan/inventory";
import { chainGraph, nodesOf } from "../../preflight/plan/report/html/chain-graph";
import { htmlReport } from "../../preflight/plan/report/html/page";
import { placedFindings } from "../../preflight/plan/report/html/placed-findings";
import { resourceIndex } from "../../preflight/plan/report/html/resource-index";
import { findingsOn, madeApp, planOf } from "./support/html-plan";

const orders = madeApp("orders");

const nodesFor = (app: PlannedApp, resources: readonly PlannedResource[] = orders.resources) =>
  nodesOf(chainGraph(app, resourceIndex(resources)));

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

  it("calls a parameter one, and says where the stack does not make it", () => {
    const [mount] = orders.app.mounts;
    assert.ok(mount);
    const factsOf = (isPlanned: boolean) => {
      const secrets = [
        { name: "/shop/key", planned: undefined, parameter: { isPlanned }, rotation: undefined },
      ];
      const [secret] = nodesFor({ ...orders.app, mounts: [{ ...mount, secrets }] });
      return secret?.facts;
    };
    assert.deepEqual(factsOf(true), [["", "parameter"]]);
    assert.deepEqual(factsOf(false), [
      ["", "parameter"],
      ["", "not in this stack"],
    ]);
  });

  it("names the containers of what not all of them have", () => {
    const source = { kind: "plain" } as const;
    const page = htmlReport({
      ...planOf([]),
      apps: [
        {
          ...orders.app,
          files: [{ path: "/run/a", secret: "s", keys: ["k"], containers: ["app"] }],
          env: [{ name: "A", source, containers: ["app", "seed"] }],
        },
      ],
    });
    assert.match(page, /<code>a<\/code> <span class="q">k, in app<\/span>/);
    assert.match(page, /<td class="q">plain text, in app, seed<\/td>/);
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
