import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  CsiSecretsApp,
  type CsiSecretsAppTransforms,
  CsiSecretsDriver,
  SecureDatabase,
} from "../../components";
import { evaluate, type Registration } from "../../preflight/simulation/mocks/run";
import { deployApi, IRSA, LEAST } from "../support/csi-secrets-app";
import { resourceNamed } from "../support/registrations";
import { LEAST as LEAST_DATABASE } from "../support/secure-database";

describe("The order of a CsiSecretsApp", () => {
  const before = (registrations: readonly Registration[], name: string): readonly string[] =>
    resourceNamed(registrations, name).dependsOn.map((urn) => urn.split("::").at(-1) ?? "");

  it("is driver, then class, and all that the pods need before the Deployment", async () => {
    const { registrations } = await deployApi({ driver: "install" });
    assert.deepEqual(before(registrations, "api-secrets").slice().sort(), [
      "api-driver-release",
      "api-namespace",
    ]);
    assert.deepEqual(before(registrations, "api-deployment").slice().sort(), [
      "api-driver-release",
      "api-namespace",
      "api-pod-identity",
      "api-rds-ca",
      "api-read-secrets",
      "api-secrets",
      "api-service-account",
    ]);
  });

  it("is the same with IRSA, but for the association", async () => {
    const { registrations } = await deployApi({ identity: IRSA });
    assert.deepEqual(before(registrations, "api-deployment").slice().sort(), [
      "api-namespace",
      "api-rds-ca",
      "api-read-secrets",
      "api-secrets",
      "api-service-account",
    ]);
  });

  it("puts a shared driver before the class and the Deployment", async () => {
    const { registrations } = await evaluate(() => {
      const driver = new CsiSecretsDriver("secrets", { region: "eu-central-1" });
      new CsiSecretsApp("api", { ...LEAST, driver });
    });
    for (const name of ["api-secrets", "api-deployment"]) {
      assert.ok(before(registrations, name).includes("secrets-release"), name);
    }
    assert.equal(registrations.filter((r) => r.type.includes("Release")).length, 1);
  });

  it("puts the Service after the pods, because Pulumi waits for one behind it, and only so long", async () => {
    const ingress = { className: "alb" };
    const { registrations } = await deployApi({ containerPort: 8080, ingress });
    assert.ok(before(registrations, "api-service").includes("api-deployment"));
    assert.ok(before(registrations, "api-ingress").includes("api-service"));
    assert.ok(!before(registrations, "api-deployment").includes("api-service"));
  });

  const forms: readonly [
    string,
    (resource: pulumi.Resource) => pulumi.ResourceOptions["dependsOn"],
  ][] = [
    ["one resource", (resource) => resource],
    ["a list", (resource) => [resource]],
    ["a list that is known late", (resource) => pulumi.output([resource])],
    ["a promise", (resource) => Promise.resolve(resource)],
  ];
  for (const [form, dependsOn] of forms) {
    it(`lets the Deployment wait for ${form} that the app depends on`, async () => {
      const { registrations } = await evaluate(() => {
        const needed = new aws.ec2.Vpc("needed", { cidrBlock: "10.0.0.0/16" });
        new CsiSecretsApp("api", LEAST, { dependsOn: dependsOn(needed) });
      });
      assert.ok(before(registrations, "api-deployment").includes("needed"));
    });
  }

  it("puts the whole database before the pods, and the secret's value before the class", async () => {
    const { registrations } = await evaluate(() => {
      const db = new SecureDatabase("orders", LEAST_DATABASE);
      const args = { ...LEAST, ...db.secretSource, databaseUrl: "DATABASE_URL" };
      new CsiSecretsApp("api", args, { dependsOn: db });
    });
    const database = registrations.filter((r) => r.custom && r.name.startsWith("orders"));
    const waited = before(registrations, "api-deployment");
    assert.deepEqual(
      database.map((r) => r.name).filter((name) => !waited.includes(name)),
      [],
    );
    assert.ok(before(registrations, "api-secrets").includes("orders-connection-value"));
    assert.ok(before(registrations, "api-read-secrets").includes("orders-connection-value"));
  });

  /** Transforms that take away what would otherwise lead from the secret to the class and the pods. */
  const constant: CsiSecretsAppTransforms = {
    secretProviderClass: (args) => ({ ...args, spec: { provider: "aws" } }),
    rolePolicy: (args) => ({
      ...args,
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
      },
    }),
  };
  const WAITING = ["api-secrets", "api-deployment"];

  it("puts a database's secret before class and pods without 'dependsOn'", async () => {
    const { registrations } = await evaluate(() => {
      const db = new SecureDatabase("orders", LEAST_DATABASE);
      new CsiSecretsApp("api", { ...LEAST, ...db.secretSource, transform: constant });
    });
    for (const name of WAITING) {
      const waited = before(registrations, name);
      assert.ok(waited.includes("orders-connection-value"), name);
      assert.ok(waited.includes("orders-connection"), name);
    }
  });

  it("puts whatever a name or an ARN comes from before class and pods", async () => {
    const arn = (name: string) =>
      `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
    const made = (name: string, value: string): pulumi.Output<string> =>
      new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }).id.apply(() => value);
    const { registrations } = await evaluate(() => {
      new CsiSecretsApp("api", {
        ...LEAST,
        secretName: made("name", "orders"),
        secretArn: made("arn", arn("orders")),
        kmsKeyArn: undefined,
        moreSecrets: [
          { secretName: made("other-name", "mail"), env: { TOKEN: "token" } },
          { secretName: "stock", secretArn: made("other-arn", arn("stock")) },
        ],
        image: made("image", "api:1"),
        transform: constant,
      });
    });
    const origins = ["arn", "name", "other-arn", "other-name"];
    const found = (name: string) =>
      [...origins, "image"].filter((one) => before(registrations, name).includes(one));
    assert.deepEqual(found("api-secrets"), origins);
    assert.deepEqual(found("api-deployment"), [...origins, "image"]);
  });
});

describe("Two CsiSecretsApps", () => {
  it("of one program do not collide", async () => {
    const { registrations } = await evaluate(() => {
      const ingress = { className: "alb" };
      for (const name of ["api", "jobs"]) {
        new CsiSecretsApp(name, { ...LEAST, namespace: name, containerPort: 80, ingress });
      }
    });
    assert.equal(new Set(registrations.map((r) => r.urn)).size, registrations.length);
    const objects = registrations
      .filter((r) => r.type.startsWith("kubernetes:"))
      .map((r) => `${r.type} ${JSON.stringify(r.inputs.metadata)}`);
    assert.equal(new Set(objects).size, objects.length);
    const names = registrations.map((r) => r.outputs.name).filter((name) => name !== undefined);
    assert.equal(new Set(names).size, names.length);
  });

  it("of one namespace do not collide", async () => {
    const { registrations } = await evaluate(() => {
      new CsiSecretsApp("api", LEAST);
      new CsiSecretsApp("jobs", { ...LEAST, createNamespace: false });
    });
    const named = registrations.flatMap(({ type, inputs }) => {
      const { name } = (inputs.metadata ?? {}) as { name?: string };
      return name === undefined ? [] : [`${type} ${name}`];
    });
    assert.equal(new Set(named).size, named.length);
    assert.deepEqual(
      registrations
        .filter((r) => r.type.endsWith(":SecretProviderClass"))
        .flatMap(
          ({ inputs }) =>
            (inputs.spec as { secretObjects: { secretName: string }[] }).secretObjects,
        )
        .map(({ secretName }) => secretName)
        .sort(),
      ["api-env", "jobs-env"],
    );
  });

  it("wait for a namespace that another app creates, with every object", async () => {
    const { registrations } = await evaluate(() => {
      const { namespaceResource } = new CsiSecretsApp("api", LEAST);
      const dependsOn = [namespaceResource ?? assert.fail("no namespace")];
      new CsiSecretsApp("jobs", { ...LEAST, createNamespace: false }, { dependsOn });
    });
    const { urn } = resourceNamed(registrations, "api-namespace");
    const objects = registrations.filter(
      ({ type, name }) => type.startsWith("kubernetes:") && name.startsWith("jobs-"),
    );
    assert.ok(objects.length >= 5);
    const early = objects.filter(({ dependsOn }) => !dependsOn.includes(urn));
    assert.deepEqual(
      early.map(({ name }) => name),
      [],
    );
    const namespaces = objects.map(
      ({ inputs }) => (inputs.metadata as { namespace?: string }).namespace,
    );
    assert.deepEqual([...new Set(namespaces)], [LEAST.namespace]);
  });

  const install = { ...LEAST, driver: undefined };

  it("do not both install the driver in one cluster", async () => {
    await assert.rejects(
      evaluate(() => {
        new CsiSecretsApp("api", install);
        new CsiSecretsApp("jobs", { ...install, namespace: "jobs" });
      }),
      {
        message:
          `CsiSecretsDriver "jobs-driver": 'opts.provider' leads to a cluster that already gets ` +
          `the driver from CsiSecretsDriver "api-driver", and a cluster takes only one; share the ` +
          "first one (pass it as 'driver' to each CsiSecretsApp), or give the Kubernetes provider " +
          "of another cluster",
      },
    );
  });

  it("each install the driver in a cluster of their own", async () => {
    const { registrations } = await evaluate(() => {
      for (const name of ["api", "jobs"]) {
        const provider = new kubernetes.Provider(`${name}-cluster`, { kubeconfig: "{}" });
        new CsiSecretsApp(name, install, { provider });
      }
    });
    const releases = registrations.filter((r) => r.type.includes("Release"));
    assert.deepEqual(releases.map((r) => r.name).sort(), [
      "api-driver-release",
      "jobs-driver-release",
    ]);
    for (const { name, type, provider } of registrations) {
      if (!type.startsWith("kubernetes:")) continue;
      assert.ok(provider.includes(`${name.split("-")[0]}-cluster`), name);
    }
  });
});
