import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parseAllDocuments } from "yaml";
import { isSecretEnvelope } from "../../preflight/simulation/wire/envelopes";
import { listStacks } from "../../preflight/simulation/program/stack-file";
import { type Plan, planOf } from "../../preflight/plan/model";
import { jsonReport } from "../../preflight/plan/report/json";
import { textReport } from "../../preflight/plan/report/text";
import { runProgram } from "../program/program";
import { evaluated } from "../support/evaluated";
import { evaluatedRaw } from "./support/evaluated-raw";
import { PROJECT, RAW, type Run, runPlan } from "./support/run-plan";

const DATABASE = "orders-secret-e54b746";
const VARIABLES = { DB_HOST: "host", DB_PORT: "port", DB_USERNAME: "username" } as const;
const RAW_TEXT = readFileSync(join(__dirname, "fixtures/raw.txt"), "utf8");
const PROGRAM = readFileSync(join(RAW, "index.ts"), "utf8").split("\n");
const URL_KEYS = ["username", "password", "host"];

interface PlanJson {
  readonly resources: readonly {
    readonly urn: string;
    readonly name: string;
    readonly parent: string | null;
    readonly dependsOn: readonly string[];
    readonly remote?: true;
    readonly inputs: object;
  }[];
  readonly apps: readonly { readonly readers: readonly object[] }[];
  readonly findings: readonly { readonly urn?: string; readonly source?: object }[];
}

describe("the reports of the plan", function () {
  this.timeout(120_000);

  describe("text", () => {
    let run: Run;
    before(() => (run = runOf()));

    it("shows the tree of resources and the chain of each app, for people", () => {
      assert.equal(run.stdout.slice(0, RAW_TEXT.length), RAW_TEXT);
      assert.equal(run.code, 0);
    });

    it("ends with the findings", () => {
      assert.match(run.stdout, /\n\nFindings {2}\d/);
    });

    it("leaves what the program says to standard error", () => {
      assert.equal(run.stderr, "warning: the fixture warns\n");
    });

    it("has no colour where it is not a terminal", () => {
      assert.ok(!run.stdout.includes("\u001b["));
    });
  });

  it("fit 80 columns for every shipped stack, but for words that are longer", async () => {
    const reports = [["raw", runOf().stdout]];
    for (const [stack, plan] of await shippedPlans())
      reports.push([stack, textReport(plan, { colour: false })]);
    for (const [name, report = ""] of reports) {
      const tooLong = report
        .split("\n")
        .filter((line) => line.length > 80 && line.trim().includes(" "));
      assert.deepEqual(tooLong, [], name);
    }
  });

  describe("JSON", () => {
    let plan: PlanJson;
    before(() => (plan = JSON.parse(runOf("--format", "json").stdout)));

    it("holds the apps with the origin of every file and variable", () => {
      const secret = DATABASE;
      const apps = plan.apps.map((app) => ({ ...app, readers: [] }));
      assert.deepEqual(apps, [
        {
          name: "orders",
          namespace: "shop",
          secretName: DATABASE,
          secrets: [
            {
              name: DATABASE,
              login: { users: ["app"], access: "master", role: null },
              rotation: null,
            },
            { name: "shop/token", login: null, rotation: null },
          ],
          files: [
            { path: "/mnt/secrets/DATABASE_URL", secret, key: null, keys: URL_KEYS },
            { path: "/mnt/secrets/DB_HOST", secret, key: "host" },
            { path: "/mnt/secrets/DB_PASSWORD", secret, key: "password" },
            { path: "/mnt/secrets/DB_PORT", secret, key: "port" },
            { path: "/mnt/secrets/DB_USERNAME", secret, key: "username" },
            { path: "/mnt/secrets/orders.json", secret, key: null },
            { path: "/mnt/secrets/token", secret: "shop/token", key: null },
          ],
          env: [
            ...Object.entries({ ...VARIABLES, DB_PASSWORD: "password" }).map(([name, key]) => ({
              name,
              source: { kind: "secret", secret, key },
            })),
            {
              name: "DATABASE_URL",
              source: { kind: "secret", secret, key: null, keys: URL_KEYS },
            },
            { name: "LOG_LEVEL", source: { kind: "plain" } },
            {
              name: "SESSION_KEY",
              source: { kind: "kubernetesSecret", name: "session", key: "key" },
            },
          ],
          readers: [],
        },
      ]);
    });

    it("holds a resource with its place, its order and its inputs, secrets replaced", () => {
      const urn = (type: string, name: string) => `urn:pulumi:dev::raw::${type}::${name}`;
      const child = (type: string, name: string) => urn(`raw:index:Database$${type}`, name);
      const instance = plan.resources.find(({ name }) => name === "orders-instance");
      assert.deepEqual(instance, {
        urn: child("aws:rds/instance:Instance", "orders-instance"),
        type: "aws:rds/instance:Instance",
        name: "orders-instance",
        parent: urn("raw:index:Database", "orders"),
        dependsOn: [child("random:index/randomPassword:RandomPassword", "orders-password")],
        protect: true,
        inputs: {
          allocatedStorage: 20,
          dbName: "orders",
          engine: "postgres",
          engineVersion: "17",
          instanceClass: "db.t4g.micro",
          password: "[secret]",
          skipFinalSnapshot: true,
          username: "app",
        },
      });
    });

    it("holds the line of the program that declares what a finding is about", () => {
      const line = 1 + PROGRAM.findIndex((text) => text.includes("new aws.rds.Instance("));
      const found = plan.findings.filter(({ urn }) => urn?.endsWith("::orders-instance"));
      assert.ok(found.length > 0);
      for (const { source } of found) {
        assert.deepEqual(source, { file: "index.ts", line, column: 22 });
      }
    });

    it("marks remote components, and nothing else", () => {
      const remote = plan.resources.filter((resource) => "remote" in resource);
      assert.deepEqual(
        remote.map(({ name, remote: mark, parent }) => [name, mark, parent]),
        [["cluster", true, null]],
      );
    });

    it("is sorted by URN, and names only URNs that it has", () => {
      const urns = plan.resources.map(({ urn }) => urn);
      const named = plan.resources.flatMap(({ parent, dependsOn }) => [
        ...(parent === null ? [] : [parent]),
        ...dependsOn,
      ]);
      assert.deepEqual(urns, [...urns].sort());
      assert.deepEqual(
        named.filter((urn) => !urns.includes(urn)),
        [],
      );
    });
  });

  describe("manifests", () => {
    it("follow the text, and parse back to what the program registers", () => {
      const { stdout } = runOf("--manifests");
      const json = runOf("--format", "json").stdout;
      const { resources } = JSON.parse(json) as PlanJson;
      const inputs = (wanted: string) => resources.find(({ name }) => name === wanted)?.inputs;
      assert.equal(stdout.slice(0, RAW_TEXT.length), RAW_TEXT);
      const documents = parseAllDocuments(stdout.slice(stdout.indexOf("\n---\n") + 1));
      assert.deepEqual(
        documents.map((document) => document.toJS()),
        [inputs("orders-secrets"), inputs("orders-deployment")],
      );
    });
  });

  it("never show a generated password or a secret of the configuration", async () => {
    const { registrations, outputs } = await evaluatedRaw();
    const secrets = [...new Set(secretTexts([registrations, outputs]))];
    assert.ok(secrets.length >= 2, "the fixture has a generated and a configured secret");
    for (const args of [[], ["--manifests"], ["--format", "json"]]) {
      const { stdout, stderr } = runOf(...args);
      assert.deepEqual(
        secrets.filter((secret) => (stdout + stderr).replaceAll("[secret]", "").includes(secret)),
        [],
      );
    }
  });

  it("follow the schema for every shipped stack, and for one with findings", async () => {
    const schema = JSON.parse(
      readFileSync(join(PROJECT, "docs/plan.schema.json"), "utf8"),
    ) as object;
    const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
    const reports = [["refused", runOf("--stack", "refused", "--format", "json").stdout]];
    for (const [stack, plan] of await shippedPlans()) reports.push([stack, jsonReport(plan)]);
    for (const [name, report = ""] of reports) {
      validate(JSON.parse(report));
      assert.deepEqual(validate.errors ?? [], [], name);
    }
  });
});

const runs = new Map<string, Run>();

/** What the command line makes of the program of raw resources, run once for each list of arguments. */
function runOf(...args: readonly string[]): Run {
  const key = args.join(" ");
  const run = runs.get(key) ?? runPlan(["--cwd", RAW, ...args]);
  runs.set(key, run);
  return run;
}

let shipped: Promise<ReadonlyMap<string, Plan>> | undefined;

/** The plan of each shipped stack, made once. */
const shippedPlans = () => (shipped ??= planShipped());

async function planShipped() {
  const plans = new Map<string, Plan>();
  for (const stack of listStacks(PROJECT)) {
    const evaluation = await runProgram(stack);
    plans.set(stack, planOf(evaluated({ ...evaluation, stack }), PROJECT));
  }
  assert.ok(plans.size > 0);
  return plans;
}

/** Every text in a secret envelope, at every depth. */
function secretTexts(value: unknown): readonly string[] {
  if (isSecretEnvelope(value)) return texts(value.value);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(secretTexts);
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" || value === "[secret]" ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}
