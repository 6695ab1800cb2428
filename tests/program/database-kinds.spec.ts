import * as assert from "node:assert/strict";
import { inputsOf, resourceNamed } from "../support/registrations";
import { runProgram } from "./program";

type Sections = Readonly<Record<string, unknown>>;

const KEYS = ["host", "port", "dbname", "username", "password"];
const shape = Object.fromEntries(KEYS.map((key) => [key, "string"]));
const app = (more: Sections): Sections => ({
  name: "orders",
  image: "example.com/orders:1",
  ...more,
});

/** What the class of the app asks for: each secret, and the files that are made of it. */
async function delivery(one: Sections) {
  const { registrations, outputs } = await runProgram("dev", { sections: { apps: [one] } });
  const spec = inputsOf(registrations, "orders-secrets").spec as {
    parameters: { objects: string };
  };
  const objects = JSON.parse(spec.parameters.objects) as {
    objectName: string;
    jmesPath?: { objectAlias: string }[];
  }[];
  return {
    databases: registrations.filter(({ type }) => type.startsWith("aws:rds/")),
    files: objects.map(({ objectName, jmesPath = [] }) => [
      objectName,
      ...jmesPath.map(({ objectAlias }) => objectAlias),
    ]),
    policy: inputsOf(registrations, "orders-read-secrets").policy,
    outputs: (outputs.apps as Record<string, unknown>).orders,
  };
}

describe("an app of a stack", () => {
  it("has a database that exists by its secret, and nothing of RDS is made", async () => {
    const { databases, files, outputs } = await delivery(
      app({ database: { secretName: "legacy/orders", shape } }),
    );
    assert.deepEqual(databases, []);
    assert.deepEqual(files, [
      [
        "legacy/orders",
        ...["DB_HOST", "DB_PORT", "DB_NAME", "DB_USERNAME", "DB_PASSWORD"],
        "pg_service.conf",
      ],
    ]);
    assert.deepEqual(outputs, {
      secretName: "legacy/orders",
      namespace: "orders",
      roleArn: (outputs as { roleArn: string }).roleArn,
    });
  });

  it("is the check app with a connection file, also where the keys are not known", async () => {
    const { files } = await delivery({ name: "orders", database: { secretName: "legacy/orders" } });
    assert.deepEqual(files, [["legacy/orders", "pg_service.conf"]]);
  });

  it("has other secrets alone without a database", async () => {
    const { databases, files } = await delivery(
      app({
        database: false,
        moreSecrets: [
          { secretName: "orders/token", env: { TOKEN: "token" } },
          { secretName: "orders/mail", files: { mail: "key" } },
        ],
      }),
    );
    assert.deepEqual(databases, []);
    assert.deepEqual(files, [
      ["orders/token", "TOKEN"],
      ["orders/mail", "mail"],
    ]);
  });

  it("admits further clients of its own database, each by a rule", async () => {
    const { registrations } = await runProgram("dev", {
      sections: { apps: [app({ database: { name: "orders", clients: { bastion: "sg-9" } } })] },
    });
    const rules = registrations
      .filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .map(({ name, inputs }) => [name, inputs.referencedSecurityGroupId])
      .sort();
    assert.deepEqual(
      rules.map(([name]) => name),
      ["orders-from-bastion", "orders-from-cluster"],
    );
    assert.equal(rules[0]?.[1], "sg-9");
  });
});

describe("two apps in one namespace of the stack", () => {
  it("are made after it, wherever the one that creates it is in the list", async () => {
    const database = { secretName: "legacy/orders" };
    const { registrations, outputs } = await runProgram("dev", {
      sections: {
        apps: [
          { name: "jobs", namespace: "shop", createNamespace: false, database },
          { name: "orders", namespace: "shop", database },
        ],
      },
    });
    const namespace = resourceNamed(registrations, "orders-namespace");
    assert.ok(!registrations.some(({ name }) => name === "jobs-namespace"));
    for (const object of ["jobs-service-account", "jobs-secrets", "jobs-deployment"]) {
      const { dependsOn, inputs } = resourceNamed(registrations, object);
      assert.ok(dependsOn.includes(namespace.urn), object);
      assert.equal((inputs.metadata as { namespace: string }).namespace, "shop");
    }
    assert.deepEqual(Object.keys(outputs.apps as object).sort(), ["jobs", "orders"]);
  });
});
