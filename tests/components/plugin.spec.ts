import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type SchemaType, unknownArguments } from "../../components/plugin/arguments";
import schema from "../../components/plugin/schema.json";
import { provider } from "../../components/plugin/provider";

const RIGHT: Readonly<Record<string, pulumi.Inputs>> = {
  SecureDatabase: {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"],
    clients: { pods: "sg-0a1b2c3d4e5f60718" },
    databaseName: "orders",
  },
  CsiSecretsDriver: { region: "eu-central-1" },
  CsiSecretsApp: {
    namespace: "orders",
    identity: { podIdentity: { clusterName: "platform" } },
    secretName: "shared/smtp",
    image: "registry.example.com/orders:1.4.2",
  },
};

/** What is wrong with arguments, as the engine shows it under each property. */
async function problems(component: string, inputs: pulumi.Inputs): Promise<readonly string[]> {
  const type = `eks-db-secrets:index:${component}`;
  const error: unknown = await provider.construct?.("orders", type, inputs, {}).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
  return error.errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

describe("the plugin", () => {
  it("serves the schema that is committed", () => {
    assert.deepEqual(JSON.parse(provider.schema ?? ""), schema);
    assert.equal(provider.version, schema.version);
  });

  it("tells all mistakes at once: unknown names, and what the component itself refuses", async () => {
    assert.deepEqual(
      await problems("SecureDatabase", {
        ...RIGHT.SecureDatabase,
        databaseName: "Orders!",
        prot: 5432,
        parameters: { work_mem: { value: "64MB", aply: "immediate" } },
      }),
      [
        "prot is not known; did you mean 'port'?",
        "parameters.work_mem.aply is not known; did you mean 'apply'?",
        ...(await problems("SecureDatabase", {
          ...RIGHT.SecureDatabase,
          databaseName: "Orders!",
          parameters: { work_mem: { value: "64MB" } },
        })),
      ],
    );
  });

  it("refuses both ways to say who the pods are", async () => {
    const identity = {
      podIdentity: { clusterName: "platform" },
      irsa: { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/x" },
    };
    const [both = ""] = await problems("CsiSecretsApp", { ...RIGHT.CsiSecretsApp, identity });
    assert.match(both, /^identity must be either .*; got both$/);
  });

  it("knows every argument of the example in YAML", () => {
    const file = path.join(__dirname, "../../examples/yaml/Pulumi.yaml");
    const { resources } = parse(readFileSync(file, "utf8")) as {
      resources: Record<string, { type: keyof typeof schema.resources; properties: pulumi.Inputs }>;
    };
    assert.deepEqual(
      Object.values(resources).flatMap(({ type, properties }) =>
        unknownArguments(schema.resources[type].inputProperties, schema.types, properties),
      ),
      [],
    );
  });

  it("names the components that there are", async () => {
    const construct = provider.construct?.("a", "eks-db-secrets:index:Databse", {}, {});
    await assert.rejects(
      async () => construct,
      /there is no '.*Databse'; there are: .*SecureDatab/,
    );
  });

  for (const [token, { inputProperties }] of Object.entries(schema.resources)) {
    const component = token.split(":").at(-1) ?? "";
    for (const [argument, { plain }] of Object.entries<SchemaType>(inputProperties)) {
      if (plain !== true) continue;
      it(`refuses an output for the plain argument ${component}.${argument}`, async () => {
        const late = { [argument]: pulumi.output("late") };
        const found = await problems(component, { ...RIGHT[component], ...late });
        assert.ok(
          found.some((problem) => problem.startsWith(`${argument} `)),
          found.join("\n"),
        );
      });
    }
  }
});
