import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as components from "../../components";
import schema from "../../components/plugin/schema.json";
import { childEnvironment } from "../support/child-environment";
import { servedSchema } from "./support/plugin";
import { pack, type Packed, Project, ROOT } from "./support/project";

const PREFLIGHT = "eks-db-secrets-preflight";
const BIN = `node_modules/.bin/${PREFLIGHT}`;
const CLONE = join(ROOT, "preflight/cli/main.cjs");
const RECORDED = join(ROOT, "tests/fixtures/aws-provider-3.1.1.json");

/** The names that the sources export. */
const NAMES = JSON.stringify(Object.keys(components).sort());

/** What a newcomer writes first. */
const PROGRAM = `import { CsiSecretsApp, SecureDatabase } from "eks-db-secrets";
import * as kubernetes from "@pulumi/kubernetes";

const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });

const database = new SecureDatabase("orders", {
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  clients: { pods: "sg-0123456789abcdef0" },
  databaseName: "orders",
});

export const app = new CsiSecretsApp("orders-api", {
  namespace: "orders",
  identity: { podIdentity: { clusterName: "shop" } },
  ...database.secretSource,
  env: { DB_HOST: "host", DB_PASSWORD: "password" },
  image: "registry.example/orders-api:1.4.2",
  containerPort: 8080,
}, { provider, dependsOn: database }).serviceName;
`;

const PULUMI_YAML = `name: shop
runtime: nodejs
config:
  aws:region: { value: eu-central-1 }
`;

/** Everything that the components declare for the program, by its name in it. */
const PLANNED = [
  "cluster",
  "orders",
  "orders-api",
  "orders-api-deployment",
  "orders-api-driver",
  "orders-api-driver-release",
  "orders-api-namespace",
  "orders-api-pdb",
  "orders-api-pod-identity",
  "orders-api-rds-ca",
  "orders-api-read-secrets",
  "orders-api-role",
  "orders-api-secrets",
  "orders-api-service",
  "orders-api-service-account",
  "orders-connection",
  "orders-connection-value",
  "orders-from-pods",
  "orders-instance",
  "orders-parameters",
  "orders-password",
  "orders-postgresql-log",
  "orders-security-group",
  "orders-subnets",
  "orders-suffix",
  "orders-upgrade-log",
];

/** Runs a tool of this project. */
const start = (name: string, ...args: readonly string[]) =>
  spawnSync(join(ROOT, "node_modules/.bin", name), args, {
    ...{ encoding: "utf8", env: childEnvironment() },
  });

/** What a tool prints where it has nothing to say against the packages. */
function tool(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = start(name, ...args);
  assert.equal(status, 0, `${name}: ${stdout}${stderr}`);
  return stdout;
}

/** What a server says when it is ready. It is ended as an engine ends it that is gone. */
async function firstLine(
  command: string,
  args: readonly string[],
  { cwd }: { readonly cwd?: string },
): Promise<string> {
  const server = spawn(command, args, {
    ...{ cwd, env: childEnvironment(), stdio: ["pipe", "pipe", "inherit"] },
  });
  const [first] = (await once(server.stdout, "data")) as [Buffer];
  const ended = once(server, "exit");
  server.stdin.end();
  if (command === process.execPath) server.kill();
  await ended;
  return first.toString();
}

const kB = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

describe("the npm packages", function () {
  this.timeout(600_000);

  let tarballs: string;
  let library: Packed;
  let preflight: Packed;

  before(() => {
    tarballs = mkdtempSync(join(tmpdir(), "tarballs-"));
    const [first, second] = pack(tarballs);
    assert.ok(first !== undefined && second !== undefined);
    [library, preflight] = [first, second];
    for (const { name, size, unpackedSize } of [library, preflight]) {
      console.log(`    ${name}: ${kB(size)} packed, ${kB(unpackedSize)} unpacked`);
    }
  });

  after(() => rmSync(tarballs, { recursive: true }));

  it("hold what they need, and no sources or tests", () => {
    assert.deepEqual(
      library.files.filter((file) => !/^dist\/[\w/-]+\.(js|d\.ts)$/.test(file)),
      [
        ...["LICENSE", "README.md", "dist/plugin/schema.json", "dist/rotation-function/index.mjs"],
        ...["index.d.ts", "package.json", "plugin/pulumi-resource-eks-db-secrets"],
      ],
    );
    assert.deepEqual(preflight.files, [
      ...["LICENSE", "README.md", "dist/main.cjs", "dist/policy.cjs", "docs/findings.md"],
      ...["package.json", "policy/PulumiPolicy.yaml", "policy/main.cjs", "policy/package.json"],
      "policy/pulumi-analyzer-eks-db-secrets",
    ]);
  });

  it("pass publint and Are the types wrong?", () => {
    for (const { file } of [library, preflight]) {
      assert.match(tool("publint", "run", file, "--strict"), /All good!/);
    }
    assert.match(tool("attw", library.file, "--no-color"), /No problems found/);
  });

  it("have an API reference that leaves nothing out", () => {
    tool("typedoc", "--emit", "none");
  });

  it("have the surface that is written down; npm run packages:report writes it anew", () => {
    const folder = join(ROOT, "components");
    start("api-extractor", "run", "--config", join(folder, "api-extractor.json"));
    const [now, written] = ["dist/eks-db-secrets.api.md", "eks-db-secrets.api.md"].map((file) =>
      readFileSync(join(folder, file), "utf8").split("\n"),
    );
    assert.deepEqual(now, written);
  });

  describe("installed by npm in another project", () => {
    let project: Project;

    before(() => {
      project = new Project();
      project.installWithNpm([library, preflight]);
      project.write({ "Pulumi.yaml": PULUMI_YAML, "index.ts": PROGRAM });
    });

    after(() => project.remove());

    it("give their components to CommonJS and to ES modules", () => {
      project.write({
        "names.cjs": 'console.log(JSON.stringify(Object.keys(require("eks-db-secrets")).sort()));',
        "names.mjs": `import * as all from "eks-db-secrets";
          const names = Object.keys(all).filter((name) => !/^(__esModule|default|module.exports)$/.test(name));
          console.log(JSON.stringify(names.sort()));`,
        "version.cjs": 'console.log(require("eks-db-secrets/package.json").name);',
      });
      assert.equal(project.succeed("node", "names.cjs"), `${NAMES}\n`);
      assert.equal(project.succeed("node", "names.mjs"), `${NAMES}\n`);
      assert.equal(project.succeed("node", "version.cjs"), "eks-db-secrets\n");
    });

    it("serve the schema to the engine, from the executable that npm links", async () => {
      const plugin = join(project.folder, "node_modules/.bin/pulumi-resource-eks-db-secrets");
      const served = JSON.parse(await servedSchema(plugin)) as unknown;
      assert.deepEqual(served, schema);
    });

    it("compile the examples, with the declarations checked", () => {
      for (const name of ["minimal", "existing-cluster"]) {
        const example = readFileSync(join(ROOT, "examples", name, "index.ts"), "utf8");
        const own = example.replace('"../../components"', '"eks-db-secrets"');
        assert.notEqual(own, example);
        project.write({ [`examples/${name}.ts`]: own });
      }
      project.write({
        "examples/wrong.ts": `import { SecureDatabase } from "eks-db-secrets";
          // @ts-expect-error 'databaseName' and more are missing
          new SecureDatabase("orders", { vpcId: "vpc-0123456789abcdef0" });`,
        "tsconfig.json": JSON.stringify({
          compilerOptions: {
            ...{ strict: true, target: "es2022", module: "nodenext", noEmit: true },
            ...{ skipLibCheck: false, types: ["node"] },
          },
          files: ["index.ts", "examples/minimal.ts", "examples/existing-cluster.ts"],
          include: ["examples"],
        }),
      });
      assert.deepEqual(project.run("node", join(ROOT, "node_modules/typescript/bin/tsc")), {
        ...{ status: 0, stdout: "", stderr: "" },
      });
    });

    it("plan a program of twenty lines", () => {
      const { status, stdout, stderr } = project.run("npx", PREFLIGHT, "plan", "--format", "json");
      assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
      const { resources, findings } = JSON.parse(stdout);
      assert.deepEqual(resources.map(({ name }: { name: string }) => name).sort(), PLANNED);
      assert.deepEqual(
        findings.map(({ id, source }: any) => [id, source.file, source.line]),
        [["master-user-in-app", "index.ts", 13]],
      );
    });

    it("find in the hand-written example what the doctor of the clone finds", () => {
      cpSync(join(ROOT, "examples/hand-written"), join(project.folder, "hand-written"), {
        recursive: true,
      });
      const args = ["doctor", "--program", "hand-written", "--format", "json"];
      const clone = project.run("node", CLONE, ...args);
      const installed = project.run("npx", PREFLIGHT, ...args);
      assert.deepEqual(installed, clone);
      const { findings } = JSON.parse(installed.stdout) as { findings: readonly unknown[] };
      assert.deepEqual([installed.status, findings.length > 10], [1, true]);
    });

    it("name the command that was typed, and the list of findings that is there", () => {
      const help = project.succeed("npx", PREFLIGHT, "doctor", "--help");
      const [usage = ""] = help.split("\n");
      assert.equal(usage, "Usage: npx eks-db-secrets-preflight doctor [options]");
      const [, findings = ""] = /^(.+) lists what can be found/m.exec(help) ?? [];
      assert.equal(findings, "node_modules/eks-db-secrets-preflight/docs/findings.md");
      assert.ok(existsSync(join(project.folder, findings)));
    });

    it("keep what they translate beside the project's packages, and nothing in their own folder", () => {
      const folder = join(project.folder, "node_modules/eks-db-secrets-preflight");
      assert.deepEqual(readdirSync(folder, { recursive: true }).sort(), [
        ...["LICENSE", "README.md", "dist", "dist/main.cjs", "dist/policy.cjs"],
        ...["docs", "docs/findings.md", "package.json", "policy"],
        ...["policy/PulumiPolicy.yaml", "policy/main.cjs", "policy/package.json"],
        "policy/pulumi-analyzer-eks-db-secrets",
      ]);
      const cache = join(project.folder, "node_modules/.cache/eks-db-secrets-preflight");
      assert.deepEqual(readdirSync(cache).sort(), ["typescript", "v8"]);
    });

    it("keep it in the user's cache folder where there are no packages around", () => {
      const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "elsewhere-")));
      try {
        const { status } = spawnSync(
          process.execPath,
          [join(project.folder, BIN), "doctor", "--program", project.folder],
          { cwd: elsewhere, env: { ...childEnvironment(), XDG_CACHE_HOME: elsewhere } },
        );
        assert.equal(status, 0);
        assert.deepEqual(readdirSync(join(elsewhere, "eks-db-secrets-preflight")).sort(), [
          ...["typescript", "v8"],
        ]);
      } finally {
        rmSync(elsewhere, { recursive: true });
      }
    });

    it("serve the policy pack to Pulumi's host of policy packs", async () => {
      const host = join(project.folder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
      assert.match(
        await firstLine(process.execPath, [host, "127.0.0.1:1", "."], {
          cwd: join(project.folder, "node_modules", PREFLIGHT, "policy"),
        }),
        /^\d+\n$/,
      );
    });

    it("serve the policy pack from the executable that npm links", async () => {
      const executable = join(project.folder, "node_modules/.bin/pulumi-analyzer-eks-db-secrets");
      assert.match(await firstLine(executable, ["127.0.0.1:1"], {}), /^\d+\n$/);
    });

    it("serve the policy pack where there is no SDK of Pulumi", async () => {
      const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "elsewhere-")));
      try {
        cpSync(join(project.folder, "node_modules", PREFLIGHT), elsewhere, { recursive: true });
        const executable = join(elsewhere, "policy/pulumi-analyzer-eks-db-secrets");
        assert.match(await firstLine(executable, ["127.0.0.1:1"], {}), /^\d+\n$/);
      } finally {
        rmSync(elsewhere, { recursive: true });
      }
    });

    it("compare recorded mounts with the delivery model", () => {
      assert.equal(
        project.succeed("npx", PREFLIGHT, "delivery-check", RECORDED),
        project.succeed("node", CLONE, "delivery-check", RECORDED),
      );
    });
  });

  it("plan the same where pnpm installed them", () => {
    const project = new Project();
    try {
      project.installWithPnpm([library, preflight]);
      project.write({ "Pulumi.yaml": PULUMI_YAML, "index.ts": PROGRAM });
      const json = project.succeed(BIN, "plan", "--format", "json");
      const { resources } = JSON.parse(json);
      assert.deepEqual(resources.map(({ name }: { name: string }) => name).sort(), PLANNED);
      const [usage] = project.succeed(BIN, "plan", "--help").split("\n");
      assert.equal(usage, "Usage: npx eks-db-secrets-preflight plan [options]");
    } finally {
      project.remove();
    }
  });
});
