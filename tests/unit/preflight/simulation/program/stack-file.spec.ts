import * as assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  listStacks,
  readStackFile,
  StackFileError,
} from "../../../../../preflight/simulation/program/stack-file";
import { eachInFolder } from "../../../../support/folder";

describe("reading a stack's settings file", () => {
  let folder: string;
  eachInFolder((made) => {
    folder = made;
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
  });

  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const refusal = (stack = "dev"): string => {
    try {
      readStackFile(folder, stack);
    } catch (error) {
      assert.ok(error instanceof StackFileError);
      return error.message;
    }
    return "accepted";
  };

  it("gives texts as they are, and lists, maps, numbers and truth values as JSON", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  aws:region: eu-central-1\n  shop:list: [{ a: 1 }]\n  shop:on: true\n  short: 7\n",
    );
    assert.deepEqual(readStackFile(folder, "dev"), {
      project: "shop",
      config: {
        "aws:region": "eu-central-1",
        "shop:list": '[{"a":1}]',
        "shop:on": "true",
        "shop:short": "7",
      },
      secretKeys: [],
      environments: [],
    });
  });

  it("fills in defaults and values of the project file, which the stack overrides", () => {
    write(
      "Pulumi.yaml",
      "name: shop\nconfig:\n  a: { default: 1 }\n  b: { type: string, default: x }\n" +
        "  aws:region: { value: eu-west-1 }\n  plain: text\n  open: { type: string }\n",
    );
    write("Pulumi.dev.yaml", "config:\n  shop:b: mine\n");
    assert.deepEqual(readStackFile(folder, "dev").config, {
      "shop:a": "1",
      "shop:b": "mine",
      "aws:region": "eu-west-1",
      "shop:plain": "text",
    });
  });

  it("replaces encrypted values by a placeholder and names their keys, nested ones too", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  shop:token: { secure: AAAB }\n  shop:deep: { a: [{ secure: BBBC }], secure: x }\n",
    );
    assert.deepEqual(readStackFile(folder, "dev"), {
      project: "shop",
      config: { "shop:token": "[secret]", "shop:deep": '{"a":["[secret]"],"secure":"x"}' },
      secretKeys: ["shop:token", "shop:deep"],
      environments: [],
    });
  });

  it("refuses names of stacks and projects that Pulumi refuses", () => {
    const rule =
      "must be 1 to 100 letters, digits, hyphens, underscores and dots, or Pulumi refuses it; got ";
    for (const name of ["a b", "a::b", "ümlaut", "x".repeat(101)]) {
      write(`Pulumi.${name}.yaml`, "");
      assert.equal(refusal(name), `the name of a stack ${rule}"${name}"`);
    }
    write("Pulumi.v1.2_a-B.yaml", "");
    assert.equal(refusal("v1.2_a-B"), "accepted");
    write("Pulumi.yaml", "name: my shop\n");
    assert.equal(refusal("v1.2_a-B"), `Pulumi.yaml: 'name' ${rule}"my shop"`);
  });

  it("takes an empty settings file for a stack without configuration", () => {
    write("Pulumi.dev.yaml", "");
    assert.deepEqual(readStackFile(folder, "dev").config, {});
  });

  it("gives the defaults alone when the project has no settings file at all", () => {
    write("Pulumi.yaml", "name: shop\nconfig:\n  a: { default: 1 }\n  b: { type: string }\n");
    assert.deepEqual(readStackFile(folder, "dev"), {
      project: "shop",
      config: { "shop:a": "1" },
      secretKeys: [],
      environments: [],
    });
  });

  it("says where the program is when the project file does", () => {
    write("Pulumi.yaml", "name: shop\nmain: program/\n");
    assert.deepEqual(readStackFile(folder, "dev"), {
      project: "shop",
      main: "program/",
      config: {},
      secretKeys: [],
      environments: [],
    });
  });

  it("finds settings in the folder that the project file names for them", () => {
    write("Pulumi.yaml", "name: shop\nstackConfigDir: stacks\n");
    mkdirSync(join(folder, "stacks"));
    write("stacks/Pulumi.dev.yaml", "config:\n  size: 3\n");
    write("Pulumi.prod.yaml", "");
    assert.deepEqual(listStacks(folder), ["dev"]);
    assert.deepEqual(readStackFile(folder, "dev").config, { "shop:size": "3" });
    assert.equal(refusal("prod"), `no stack 'prod' in ${join(folder, "stacks")}; there are: dev`);
  });

  const environments: [what: string, environment: string, names: string[]][] = [
    ["a list", "[acme/prod, shared]", ["acme/prod", "shared"]],
    ["a definition", "{ imports: [shared], values: { pulumiConfig: { size: 1 } } }", ["shared"]],
    ["imports with settings", "{ imports: [{ shared: { merge: false } }] }", ["shared"]],
  ];
  for (const [what, environment, names] of environments) {
    it(`names the environments that the stack takes values from: ${what}`, () => {
      write("Pulumi.dev.yaml", `environment: ${environment}\n`);
      assert.deepEqual(readStackFile(folder, "dev").environments, names);
    });
  }

  it("lists the stacks of a project", () => {
    write("Pulumi.prod.yaml", "");
    write("Pulumi.dev.yaml", "");
    assert.deepEqual(listStacks(folder), ["dev", "prod"]);
  });

  it("names the stacks there are when asked for another", () => {
    write("Pulumi.prod.yaml", "");
    write("Pulumi.test.yaml", "");
    assert.equal(refusal(), `no stack 'dev' in ${folder}; there are: prod, test`);
    assert.equal(refusal("../x"), `no stack '../x' in ${folder}; there are: prod, test`);
  });

  const broken: [what: string, project: string | undefined, stack: string, refused: RegExp][] = [
    ["a YAML error", undefined, "config:\n  a: [1\n", /^Pulumi\.dev\.yaml, line \d: Flow sequence/],
    [
      "a key given twice",
      undefined,
      "a: 1\na: 2\n",
      /^Pulumi\.dev\.yaml, line 2: the map has the key "a" a second time$/,
    ],
    [
      "an unknown alias",
      undefined,
      "config: *x\n",
      /^Pulumi\.dev\.yaml, line 1: the alias refers to an anchor that is not defined before$/,
    ],
    [
      "an alias inside the value it stands for",
      undefined,
      "config:\n  a: &a { b: *a }\n",
      /^Pulumi\.dev\.yaml, line 2: there is an alias inside the value it refers to$/,
    ],
    ["a list", undefined, "- 1\n", /^Pulumi\.dev\.yaml must be a map of settings$/],
    ["a list as config", undefined, "config: [1]\n", /^Pulumi\.dev\.yaml: 'config' must be a map$/],
    ["a project without a name", "runtime: nodejs\n", "", /^Pulumi\.yaml has no 'name'$/],
  ];
  for (const [what, project, stack, refused] of broken) {
    it(`refuses ${what}`, () => {
      if (project !== undefined) write("Pulumi.yaml", project);
      write("Pulumi.dev.yaml", stack);
      assert.match(refusal(), refused);
    });
  }

  it("names a file it cannot read, and why", () => {
    rmSync(join(folder, "Pulumi.yaml"));
    assert.equal(refusal(), `cannot read ${join(folder, "Pulumi.yaml")}: ENOENT`);
    assert.throws(
      () => listStacks(join(folder, "none")),
      new StackFileError(`cannot read the folder ${join(folder, "none")}: ENOENT`),
    );
  });
});
