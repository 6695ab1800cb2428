import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { childEnvironment } from "../support/child-environment";
import { PROJECT, withFolder } from "./support/run-plan";

type Files = Readonly<Record<string, string>>;

const INSTALLED = join(PROJECT, "node_modules");
const PROJECT_FILE = "name: shop\nruntime: nodejs\n";

interface Diagnosed {
  readonly code: number | null;
  readonly stderr: string;
  /** Id and message of what was found. */
  readonly findings: readonly (readonly [id: string, message: string])[];
  readonly endedBy?: string;
}

/** Writes files into a folder, as a project with packages in `packages`, and diagnoses `program`. */
function diagnose(
  files: Files,
  { program = ".", packages = "node_modules", env = {} } = {},
): Diagnosed {
  return withFolder((folder) => {
    for (const [name, content] of Object.entries({ "Pulumi.yaml": PROJECT_FILE, ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    mkdirSync(dirname(join(folder, packages)), { recursive: true });
    symlinkSync(INSTALLED, join(folder, packages), "dir");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[join(PROJECT, "preflight/cli/main.cjs"), "doctor", "--format", "json"],
        ...["--program", join(folder, program)],
      ],
      { encoding: "utf8", env: { ...childEnvironment(), ...env } },
    );
    const { findings = [], endedBy } = (stdout === "" ? {} : JSON.parse(stdout)) as {
      readonly findings?: readonly Readonly<Record<"id" | "message", string>>[];
      readonly endedBy?: string;
    };
    return {
      ...{ code: status, stderr: stderr.replaceAll(folder, "") },
      findings: findings.map(({ id, message }) => [id, message]),
      ...(endedBy !== undefined && { endedBy }),
    };
  });
}

/** A database whose finding carries a name that the program took from where it should. */
const declare = (name: string): string => `
new aws.rds.Instance(${name}, {
  engine: "postgres", engineVersion: "16.4", instanceClass: "db.t4g.micro", allocatedStorage: 20,
  username: "app", password: "x".repeat(12), skipFinalSnapshot: true, publiclyAccessible: true,
});
`;
const IMPORT = 'import * as aws from "@pulumi/aws";\n';

const found = (name: string): Diagnosed => ({
  ...{ code: 1, stderr: "" },
  findings: [["database-public", `the database ${name} has a public address`]],
});

/** Password in plain text: another finding, and not what is looked at here. */
const shape = (diagnosed: Diagnosed): Diagnosed => ({
  ...diagnosed,
  findings: diagnosed.findings.filter(([id]) => id === "database-public"),
});

const MODULE = '{ "type": "module" }';

type Shape = readonly [
  what: string,
  files: Files,
  options?: { readonly program?: string; readonly packages?: string },
];

/** As they are reported to Pulumi: what a program is written like. */
const shapes: readonly Shape[] = [
  [
    // https://github.com/pulumi/pulumi/issues/5161
    "an ES module that awaits at its top and asks where it is",
    {
      "package.json": MODULE,
      "name.ts": 'export const name: string = "orders";',
      "index.ts": `import { basename } from "node:path";
import { fileURLToPath } from "node:url";
${IMPORT}import { name } from "./name.js";
const { accountId } = await aws.getCallerIdentity({});
if (basename(fileURLToPath(import.meta.url)) !== "index.ts") throw new Error("elsewhere");
if (accountId === "") throw new Error("nobody");
${declare("name")}export const made = name;`,
    },
  ],
  [
    "an ES module that exports a function by default, with imports as bundlers take them",
    {
      "package.json": MODULE,
      "names/index.ts": 'export const name = "orders";',
      "index.ts": `${IMPORT}import { name } from "./names";
export default async () => { ${declare("name")} return { name }; };`,
    },
  ],
  [
    "awaits at the top, and no package.json that says so",
    { "index.ts": `${IMPORT}const name = await Promise.resolve("orders");\n${declare("name")}` },
  ],
  [
    "TypeScript that exports an asynchronous function",
    { "index.ts": `${IMPORT}export = async () => { ${declare('"orders"')} };` },
  ],
  [
    "plain JavaScript",
    { "index.js": `const aws = require("@pulumi/aws");\n${declare('"orders"')}` },
  ],
  ["plain JavaScript as an ES module", { "index.mjs": `${IMPORT}${declare('"orders"')}` }],
  [
    // https://www.pulumi.com/docs/iac/concepts/projects/project-file/
    "a program in a folder, which reads a file next to it",
    {
      "Pulumi.yaml": `${PROJECT_FILE}main: infra/\n`,
      "infra/name.txt": "orders",
      "infra/index.ts": `import { readFileSync } from "node:fs";
${IMPORT}${declare('readFileSync("./name.txt", "utf8")')}`,
    },
    { packages: "infra/node_modules" },
  ],
  [
    "a build that was not run",
    {
      "package.json": '{ "main": "bin/index.js" }',
      "index.ts": `${IMPORT}${declare('"orders"')}`,
    },
  ],
  [
    "aliases and decorators of a tsconfig.json that extends another",
    {
      "tsconfig.base.json":
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } } // base',
      "tsconfig.json":
        '{ "extends": "./tsconfig.base.json", "compilerOptions": { "experimentalDecorators": true } }',
      "src/name.ts":
        "const named = (target: { of?: string }) => void (target.of = 'orders');\n" +
        "@named export class Name { static of: string; }",
      "index.ts": `${IMPORT}import { Name } from "@/name";\n${declare("Name.of")}`,
    },
  ],
  ...["", '{ "compilerOptions": {} }', '{ "compilerOptions": { "target": "ES2020" } }'].map(
    (settings): Shape => [
      `a class with fields that the SDK fills, under the settings "${settings}"`,
      {
        ...(settings !== "" && { "tsconfig.json": settings }),
        "index.ts":
          `${IMPORT}import * as pulumi from "@pulumi/pulumi";\n` +
          "class Seed extends pulumi.dynamic.Resource {\n" +
          "  public readonly value!: pulumi.Output<string>;\n" +
          "  constructor() { super({}, 'seed', { value: undefined }); }\n}\n" +
          `new Seed().value.apply(() => "");\n${declare('"orders"')}`,
      },
    ],
  ),
  [
    "a folder with files of the same name beside it",
    {
      "app/Pulumi.yaml": PROJECT_FILE,
      "app/index.ts": `${IMPORT}${declare('"orders"')}`,
      "app.js": 'throw new Error("not this one");',
      "app.json": "{}",
    },
    { program: "app" },
  ],
  [
    "a workspace, with its packages further up",
    {
      "package.json": '{ "workspaces": ["services/*"], "main": "none.js" }',
      "services/shop/package.json": '{ "name": "shop" }',
      "services/shop/Pulumi.yaml": PROJECT_FILE,
      "services/shop/index.ts": `${IMPORT}${declare('"orders"')}`,
    },
    { program: "services/shop" },
  ],
  [
    // https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/
    "settings in a folder of their own",
    {
      "Pulumi.yaml": `${PROJECT_FILE}stackConfigDir: stacks\n`,
      "stacks/Pulumi.dev.yaml": "config:\n  shop:name: orders\n",
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
${IMPORT}${declare('new pulumi.Config().require("name")')}`,
    },
  ],
  [
    // https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences
    "another stack of its own organization",
    {
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
${IMPORT}const infra = new pulumi.StackReference(\`\${pulumi.getOrganization()}/infra/dev\`);
${declare('"orders"')}export const vpc = infra.getOutput("vpc");`,
    },
  ],
  [
    // https://www.pulumi.com/docs/iac/automation-api/concepts-terminology/#inline-program
    "inline programs of the Automation API",
    {
      "index.ts": `import { LocalWorkspace } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
${IMPORT}const program = async () => { ${declare('new pulumi.Config().require("name")')} };
const main = async () => {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", projectName: "shop", program });
  await stack.workspace.installPlugin("aws", "v7.0.0");
  await stack.setConfig("aws:region", { value: "eu-west-1" });
  await stack.setAllConfig({ name: { value: "orders" } });
  await stack.refresh({ onOutput: console.info });
  await stack.preview();
  const { outputs } = await stack.up({ onOutput: console.info });
  console.log(\`\${outputs.url?.value}\`);
  process.exit(0);
};
main().catch(() => process.exit(1));`,
    },
  ],
  [
    "secrets of the configuration that are no text, or of some form",
    {
      "Pulumi.dev.yaml": `config:
  shop:login: { secure: "v1:abc" }
  shop:size: { secure: "v1:abc" }
  shop:password: { secure: "v1:abc" }
`,
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
${IMPORT}const config = new pulumi.Config();
const user = config.requireSecretObject<{ user: string }>("login").apply(({ user }) => user.trim());
const size = config.getSecretNumber("size")?.apply((size) => size.toFixed());
const password = config.requireSecret("password", { minLength: 16 });
new aws.sqs.Queue("q", { tags: { user, size: size ?? "", password } });
${declare('"orders"')}`,
    },
  ],
  [
    "output past the console",
    { "index.ts": `${IMPORT}process.stdout.write("hello\\n");\n${declare('"orders"')}` },
  ],
  [
    "timers that it leaves behind",
    { "index.ts": `${IMPORT}setInterval(() => undefined, 1000);\n${declare('"orders"')}` },
  ],
];

describe("npm run doctor on programs of every shape", function () {
  this.timeout(120_000);

  for (const [what, files, options] of shapes) {
    it(`runs ${what}`, () => assert.deepEqual(shape(diagnose(files, options)), found("orders")));
  }
});

describe("npm run doctor on programs that end early", function () {
  this.timeout(120_000);

  it("judges what was declared until then, and says why and where it ended", () => {
    const { code, stderr, findings, endedBy } = diagnose({
      "index.ts": `${IMPORT}export = async () => {
${declare('"orders"')}
  const { secretString } = await aws.secretsmanager.getSecretVersion({ secretId: "login" });
  const login = JSON.parse(secretString);
  new aws.sqs.Queue("late", { name: login.username });
};`,
    });
    assert.deepEqual([code, stderr], [1, ""]);
    const reason =
      "the program needs the answer of the function aws:secretsmanager/getSecretVersion:getSecretVersion " +
      "(secretString), which only the cloud knows; take it from getSecretVersionOutput and use it in " +
      "'apply' (at module.exports (index.ts:10:22))";
    assert.equal(endedBy, reason);
    assert.deepEqual(
      findings.filter(([id]) => id !== "secret-in-plain-text"),
      [
        ["database-public", "the database orders has a public address"],
        ["program-ended-early", `only a part of the program was run: ${reason}`],
        [
          "secret-in-program",
          "the property password of orders comes from no resource and no secret of the configuration",
        ],
        [
          "function-unanswered",
          "cannot tell what the function aws:secretsmanager/getSecretVersion:getSecretVersion answers",
        ],
      ],
    );
  });

  it("names an environment that was not read, and what was missing", () => {
    const files = {
      "Pulumi.dev.yaml": "environment: [acme/prod]\n",
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
${IMPORT}${declare('"orders"')}new pulumi.Config().require("size");`,
    };
    const { code, findings, endedBy } = diagnose(files);
    assert.equal(code, 1);
    assert.match(endedBy ?? "", /^Missing required configuration variable 'shop:size'/);
    assert.deepEqual(
      findings.filter(([id]) => id === "environment-unread"),
      [
        [
          "environment-unread",
          "cannot tell what the environment acme/prod of Pulumi ESC gives: it was not read",
        ],
      ],
    );
  });

  it("goes on without what the program fetches apart", () => {
    const { findings, endedBy } = diagnose({
      "index.ts": `import * as kubernetes from "@pulumi/kubernetes";
${IMPORT}new kubernetes.yaml.ConfigFile("driver", { file: "https://example.com/driver.yaml" });
${declare('"orders"')}`,
    });
    assert.equal(endedBy, undefined);
    assert.deepEqual(
      findings.filter(([id]) => id === "address-unread"),
      [
        [
          "address-unread",
          "cannot tell what https://example.com/driver.yaml holds: it was not read",
        ],
      ],
    );
  });

  it("says which secret of the configuration it would have to know", () => {
    const { endedBy } = diagnose({
      "Pulumi.dev.yaml": 'config: { "shop:sizes": { secure: "v1:abc" } }\n',
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
${IMPORT}${declare('"orders"')}
new pulumi.Config().requireObject("sizes");`,
    });
    assert.equal(
      endedBy,
      "the program needs the value of shop:sizes, which is encrypted; take it with requireSecretObject " +
        "(at Object.<anonymous> (index.ts:9:21))",
    );
  });

  it("names the program that the Automation API would start", () => {
    const { code, stderr } = diagnose({
      "index.ts": `import { LocalWorkspace } from "@pulumi/pulumi/automation";
export = () => LocalWorkspace.createStack({ stackName: "dev", workDir: "../infra" });`,
    });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /Automation API start the one in \.\.\/infra; name that one with --program/,
    );
  });

  it("has no verdict on a program in another language, and says what has one", () => {
    const { code, stderr } = diagnose({
      "Pulumi.yaml": "name: shop\nruntime: { name: python }\n",
      "__main__.py": "import pulumi\n",
    });
    assert.deepEqual(
      [code, stderr],
      [
        2,
        "error: Pulumi.yaml: 'runtime' is \"python\", and only programs for nodejs run here; have the doctor " +
          "judge what 'pulumi preview --json' or 'pulumi stack export' prints, with --state, or take the " +
          "policy pack\n",
      ],
    );
  });

  it("has no verdict where nothing was declared", () => {
    const { code, stderr, findings } = diagnose({ "index.ts": 'throw new Error("at once");\n' });
    assert.deepEqual(
      [code, stderr, findings],
      [2, "error: at once\n    at Object.<anonymous> (index.ts:1:7)\n", []],
    );
  });
});
