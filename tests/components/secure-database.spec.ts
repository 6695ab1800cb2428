import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  CONNECTION_SHAPE,
  CsiSecretsApp,
  SecureDatabase,
  type SecureDatabaseArgs,
  secureDatabaseProblems,
} from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";
import { deployOrders, KMS_KEY, LEAST, suffixOf } from "../support/secure-database";

/** The resources, and which of them are protected. */
const inventoryOf = (protect: string): readonly string[] => [
  "aws:cloudwatch/logGroup:LogGroup orders-postgresql-log",
  "aws:cloudwatch/logGroup:LogGroup orders-upgrade-log",
  "aws:ec2/securityGroup:SecurityGroup orders-security-group",
  `aws:rds/instance:Instance orders-instance [${protect}after orders-postgresql-log, orders-upgrade-log]`,
  "aws:rds/parameterGroup:ParameterGroup orders-parameters",
  "aws:rds/subnetGroup:SubnetGroup orders-subnets",
  `aws:secretsmanager/secret:Secret orders-connection${protect && " [protect]"}`,
  "aws:secretsmanager/secretVersion:SecretVersion orders-connection-value",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule orders-from-cluster",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule orders-from-jobs",
  "eks-db-secrets:index:SecureDatabase orders",
  "random:index/randomId:RandomId orders-suffix",
  "random:index/randomPassword:RandomPassword orders-password",
];
const PROTECTED = inventoryOf("protect; ");
const DISPOSABLE = inventoryOf("");

describe("SecureDatabase", () => {
  it("registers these resources and no others, whatever becomes of the data", async () => {
    for (const [args, expected] of [
      [{}, PROTECTED],
      [{ lifecycle: "disposable" }, DISPOSABLE],
      [{ restoreFrom: { snapshotIdentifier: "before" } }, PROTECTED],
    ] as const) {
      const { registrations, log } = await deployOrders(args);
      assert.deepEqual(inventory(registrations), expected);
      assert.deepEqual(log, []);
    }
  });

  it("is the parent of each of them and keeps its own inputs empty", async () => {
    const { registrations } = await deployOrders();
    const component = resourceNamed(registrations, "orders");
    assert.deepEqual(component.inputs, {});
    const strangers = registrations.filter((r) => r !== component && r.parent !== component.urn);
    assert.deepEqual(strangers, []);
  });

  it("protects the instance and the secret alone, and neither when disposable", async () => {
    const guarded = async (args: Partial<SecureDatabaseArgs>) => {
      const { registrations } = await deployOrders(args);
      return registrations.filter((r) => r.protect).map((r) => r.name);
    };
    assert.deepEqual((await guarded({})).sort(), ["orders-connection", "orders-instance"]);
    assert.deepEqual(await guarded({ lifecycle: "disposable" }), []);
  });

  it("deletes a disposable database's secret at once", async () => {
    const { registrations } = await deployOrders({ lifecycle: "disposable" });
    assert.equal(inputsOf(registrations, "orders-connection").recoveryWindowInDays, 0);
  });

  it("encrypts the secret with the key and tells readers which", async () => {
    const { registrations, outputs } = await deployOrders({ kmsKeyArn: pulumi.output(KMS_KEY) });
    assert.equal(inputsOf(registrations, "orders-connection").kmsKeyId, KMS_KEY);
    assert.equal(outputs.kmsKeyArn, KMS_KEY);
    assert.deepEqual(inputsOf(registrations, "orders-suffix").keepers, {
      dbName: "orders",
      username: "app_owner",
      kmsKeyId: KMS_KEY,
    });
  });

  it("takes the user of a restored database from the snapshot", async () => {
    const restoreFrom = { snapshotIdentifier: pulumi.output("before") };
    const { registrations } = await deployOrders({ restoreFrom });
    const { username } = resourceNamed(registrations, "orders-instance").outputs;
    const { secretString } = inputsOf(registrations, "orders-connection-value");
    const connection = JSON.parse(String(unwrapSecrets(secretString))) as Record<string, unknown>;
    assert.notEqual(username, "app_owner");
    assert.equal(connection.username, username);
    assert.equal(connection.dbname, "orders");
    assert.deepEqual(inputsOf(registrations, "orders-suffix").keepers, {
      snapshotIdentifier: "before",
    });
  });

  it("restores a point in time, and keeps its name as long as that stays", async () => {
    const { registrations } = await deployOrders({
      restoreFrom: {
        pointInTime: { sourceInstanceIdentifier: pulumi.output("orders-old"), time: "latest" },
      },
    });
    const { dbName, username, kmsKeyId, restoreToPointInTime } = inputsOf(
      registrations,
      "orders-instance",
    );
    assert.deepEqual([dbName, username, kmsKeyId], [undefined, undefined, undefined]);
    assert.deepEqual(restoreToPointInTime, {
      useLatestRestorableTime: true,
      sourceDbInstanceIdentifier: "orders-old",
    });
    assert.deepEqual(inputsOf(registrations, "orders-suffix").keepers, {
      restoreTime: "latest",
      sourceDbInstanceIdentifier: "orders-old",
    });
  });

  it("refuses a source that turns out to be none", async () => {
    const pointInTime = { sourceInstanceIdentifier: pulumi.output("Orders"), time: "latest" };
    await assert.rejects(
      deployOrders({ restoreFrom: { pointInTime } }),
      /'restoreFrom\.pointInTime\.sourceInstanceIdentifier' must be 1 to 63 lower-case/,
    );
  });

  it("deletes before it replaces only where the identifier is fixed", async () => {
    const fixed = await deployOrders({ identifier: "orders-main" });
    const own = await deployOrders();
    const first = ({ registrations }: typeof own) =>
      resourceNamed(registrations, "orders-instance").deleteBeforeReplace;
    assert.deepEqual([first(fixed), first(own)], [true, false]);
    assert.equal(
      inputsOf(fixed.registrations, "orders-upgrade-log").name,
      "/aws/rds/instance/orders-main/upgrade",
    );
  });

  it("puts what the caller asks for after TLS in the parameter group", async () => {
    const { registrations } = await deployOrders({
      engineVersion: "18",
      parameters: { log_min_duration_statement: { value: "500", apply: "immediate" } },
    });
    const { family, parameters } = inputsOf(registrations, "orders-parameters");
    assert.equal(family, "postgres18");
    assert.deepEqual(parameters, [
      { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
      { name: "log_min_duration_statement", value: "500", applyMethod: "immediate" },
    ]);
  });

  it("makes the log groups and the security group first, and does not wait for rules", async () => {
    const { registrations } = await deployOrders();
    const urn = (name: string) => resourceNamed(registrations, name).urn;
    assert.deepEqual(
      resourceNamed(registrations, "orders-instance").dependsOn,
      [
        "orders-parameters",
        "orders-password",
        "orders-postgresql-log",
        "orders-security-group",
        "orders-subnets",
        "orders-suffix",
        "orders-upgrade-log",
      ]
        .map(urn)
        .sort(),
    );
  });

  it("hands out addresses: the secret's name and ARN, host, port, and no password", async () => {
    const evaluation = await deployOrders();
    const { registrations, outputs } = evaluation;
    const secret = resourceNamed(registrations, "orders-connection").outputs;
    const instance = resourceNamed(registrations, "orders-instance").outputs;
    assert.match(String(secret.name), /^orders-connection-[0-9a-f]{7}$/);
    assert.deepEqual(outputs, {
      secretName: secret.name,
      secretArn: secret.arn,
      host: instance.address,
      port: 5432,
      databaseName: "orders",
      instanceIdentifier: `orders-${suffixOf(evaluation)}`,
      securityGroupId: resourceNamed(registrations, "orders-security-group").outputs.id,
    });
  });

  it("hands out the source of a CsiSecretsApp: names, key, and the keys of the JSON", async () => {
    const source = (args: Partial<SecureDatabaseArgs>) =>
      evaluate(() => {
        const { kmsKeyArn, ...rest } = new SecureDatabase("orders", { ...LEAST, ...args })
          .secretSource;
        return kmsKeyArn === undefined ? rest : { ...rest, kmsKeyArn };
      });
    const { registrations, outputs } = await source({});
    const { name, arn } = resourceNamed(registrations, "orders-connection").outputs;
    const expected = { secretName: name, secretArn: arn, shape: CONNECTION_SHAPE };
    assert.deepEqual(outputs, expected);
    const withKey = await source({ kmsKeyArn: pulumi.output(KMS_KEY) });
    assert.deepEqual(withKey.outputs, { ...expected, kmsKeyArn: KMS_KEY });
  });

  it("orders an app after the secret's value by its source alone", async () => {
    const { registrations } = await evaluate(() => {
      const db = new SecureDatabase("orders", LEAST);
      new CsiSecretsApp("api", {
        ...db.secretSource,
        driver: "existing",
        namespace: "api",
        identity: { podIdentity: { clusterName: "prod" } },
        env: { PGPASSWORD: "password" },
        image: "registry.example.com/api:1",
        region: "eu-central-1",
      });
    });
    const { urn } = resourceNamed(registrations, "orders-connection-value");
    const ordered = registrations.filter(({ dependsOn }) => dependsOn.includes(urn));
    assert.deepEqual(ordered.map(({ type }) => type.split(":").at(-1)).sort(), [
      "Deployment",
      "RolePolicy",
      "SecretProviderClass",
    ]);
  });

  it("takes a fixed name for the secret", async () => {
    const { outputs } = await deployOrders({ secretName: "shop/orders/database" });
    assert.equal(outputs.secretName, "shop/orders/database");
  });

  for (const output of ["secretName", "secretArn"] as const) {
    it(`hands out '${output}' only once the secret holds the connection`, async () => {
      const { registrations } = await evaluate(() => {
        const db = new SecureDatabase("orders", LEAST);
        new aws.ec2.Vpc("reader", { cidrBlock: "10.0.0.0/16", tags: { reads: db[output] } });
      });
      const { urn } = resourceNamed(registrations, "orders-connection-value");
      const { propertyDependencies } = resourceNamed(registrations, "reader");
      assert.ok(propertyDependencies.tags?.includes(urn));
    });
  }

  it("gives the caller the last word on each child", async () => {
    const tags = { from: "transform" };
    const tagged = <T>(args: T): T => ({ ...args, tags });
    const { registrations } = await deployOrders({
      transform: {
        subnetGroup: tagged,
        securityGroup: tagged,
        parameterGroup: tagged,
        logGroup: tagged,
        instance: tagged,
        secret: tagged,
      },
    });
    const changed = registrations.filter((r) => "tags" in r.inputs).map((r) => r.name);
    assert.deepEqual(changed.sort(), [
      "orders-connection",
      "orders-instance",
      "orders-parameters",
      "orders-postgresql-log",
      "orders-security-group",
      "orders-subnets",
      "orders-upgrade-log",
    ]);
  });

  it("leaves the password to RDS where that is asked for", async () => {
    const args = { masterPassword: "managed", kmsKeyArn: KMS_KEY } as const;
    const { registrations, outputs, log } = await deployOrders(args);
    assert.deepEqual(
      inventory(registrations),
      PROTECTED.filter((line) => !/RandomPassword|secretsmanager/.test(line)),
    );
    assert.deepEqual(log, []);
    const instance = resourceNamed(registrations, "orders-instance");
    const { password, manageMasterUserPassword, masterUserSecretKmsKeyId } = instance.inputs;
    assert.deepEqual(
      [password, manageMasterUserPassword, masterUserSecretKmsKeyId],
      [undefined, true, KMS_KEY],
    );
    const [secret] = instance.outputs.masterUserSecrets as { readonly secretArn: string }[];
    assert.equal(outputs.secretArn, secret?.secretArn);
    assert.ok(String(secret?.secretArn).includes(`:secret:${String(outputs.secretName)}-`));
    assert.match(String(outputs.secretName), /^rds!db-/);
  });

  it("tells that a secret of RDS holds user and password alone, and rotates", async () => {
    let source: unknown;
    await evaluate(() => {
      const db = new SecureDatabase("orders", { ...LEAST, masterPassword: "managed" });
      const { shape, rotation } = db.secretSource;
      source = { shape, rotation };
    });
    assert.deepEqual(source, {
      shape: { username: "string", password: "string" },
      rotation: { every: "7d" },
    });
  });

  it("refuses what it does not go with where RDS keeps the password", () => {
    const same = <T>(args: T): T => args;
    assert.deepEqual(
      secureDatabaseProblems("orders", {
        ...LEAST,
        masterPassword: "managed",
        passwordLength: 40,
        passwordSpecialCharacters: "-",
        secretName: "shop/orders",
        recoveryWindowDays: 7,
        transform: { secret: same, instance: same },
      }).map(({ path, reason }) => `${path} ${reason}`),
      [
        ["passwordLength", "makes the password itself"],
        ["passwordSpecialCharacters", "makes the password itself"],
        ["secretName", "names its secret itself"],
        ["recoveryWindowDays", "deletes its secret itself, together with the instance"],
        ["transform.secret", "makes its secret itself"],
      ].map(
        ([path, what]) => `${path} must be left out with 'masterPassword' "managed": RDS ${what}`,
      ),
    );
  });

  it("does not collide with another one in the same program", async () => {
    const { registrations } = await evaluate(() => {
      for (const name of ["orders", "stock"]) new SecureDatabase(name, LEAST);
    });
    assert.equal(registrations.length, 2 * PROTECTED.length);
    assert.equal(new Set(registrations.map((r) => r.urn)).size, registrations.length);
    const physical = registrations
      .flatMap((r) => [r.outputs.identifier, r.outputs.finalSnapshotIdentifier, r.outputs.name])
      .filter((name) => name !== undefined);
    assert.equal(new Set(physical).size, physical.length);
  });
});
