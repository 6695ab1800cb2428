import * as assert from "node:assert/strict";
import type { SecureDatabaseArgs } from "../../components";
import type { Evaluation } from "../../preflight/simulation/mocks/run";
import { wrapSecret, unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { inputsOf, resourceNamed } from "../support/registrations";
import { deployOrders, KMS_KEY, suffixOf } from "../support/secure-database";

describe("SecureDatabase sends exactly", () => {
  let registrations: Evaluation["registrations"];
  let suffix: string;
  before(async () => {
    const evaluation = await deployOrders({ tags: { team: "shop" } });
    registrations = evaluation.registrations;
    suffix = suffixOf(evaluation);
  });
  const sent = (name: string) => inputsOf(registrations, name);
  const tags = { team: "shop" };

  it("a password of letters and digits", () => {
    assert.deepEqual(sent("orders-password"), { length: 32, special: false });
  });

  it("a suffix that everything which replaces the instance renews", () => {
    assert.deepEqual(sent("orders-suffix"), {
      byteLength: 4,
      keepers: { dbName: "orders", username: "app_owner" },
    });
  });

  it("a security group without inline rules", () => {
    assert.deepEqual(sent("orders-security-group"), {
      description: "PostgreSQL database orders",
      vpcId: "vpc-1",
      tags,
    });
  });

  it("one ingress rule for each client", () => {
    const rule = (client: string) => ({
      securityGroupId: resourceNamed(registrations, "orders-security-group").outputs.id,
      referencedSecurityGroupId: `sg-${client}`,
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      description: `PostgreSQL from ${client}`,
      tags,
    });
    assert.deepEqual(sent("orders-from-cluster"), rule("cluster"));
    assert.deepEqual(sent("orders-from-jobs"), rule("jobs"));
  });

  it("the subnets and the parameters", () => {
    assert.deepEqual(sent("orders-subnets"), {
      description: "Subnets of the database orders",
      subnetIds: ["subnet-a", "subnet-b"],
      tags,
    });
    assert.deepEqual(sent("orders-parameters"), {
      family: "postgres17",
      description: "Parameters of the database orders",
      parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
      tags,
    });
  });

  it("log groups with the names that RDS uses and a retention", () => {
    for (const log of ["postgresql", "upgrade"]) {
      assert.deepEqual(sent(`orders-${log}-log`), {
        name: `/aws/rds/instance/orders-${suffix}/${log}`,
        retentionInDays: 30,
        tags,
      });
    }
  });

  it("a protected instance", () => {
    assert.deepEqual(sent("orders-instance"), { ...instance(), tags });
  });

  it("a secret that can be brought back", () => {
    assert.deepEqual(sent("orders-connection"), {
      description: "Connection to the database orders, as JSON",
      recoveryWindowInDays: 30,
      tags,
    });
  });

  it("the connection as one secret string in a fixed order", () => {
    const { secretId, secretString } = sent("orders-connection-value");
    const password = resourceNamed(registrations, "orders-password").outputs.result;
    const { outputs } = resourceNamed(registrations, "orders-instance");
    assert.equal(secretId, resourceNamed(registrations, "orders-connection").outputs.arn);
    assert.deepEqual(
      secretString,
      wrapSecret(
        `{"engine":"postgres","host":"${outputs.address}","port":5432,"dbname":"orders",` +
          `"username":"app_owner","password":"${unwrapSecrets(password)}",` +
          `"dbInstanceIdentifier":"orders-${suffix}","ssl":true}`,
      ),
    );
  });

  const VARIANTS: readonly {
    readonly what: string;
    readonly args: Partial<SecureDatabaseArgs>;
    readonly more?: Record<string, unknown>;
    readonly without?: readonly string[];
  }[] = [
    {
      what: "an instance that may be deleted",
      args: { lifecycle: "disposable" },
      more: { deletionProtection: false, skipFinalSnapshot: true, applyImmediately: true },
    },
    {
      what: "a restored instance, with neither user, database nor key",
      args: { restoreFrom: { snapshotIdentifier: "before" }, kmsKeyArn: KMS_KEY },
      more: { snapshotIdentifier: "before", performanceInsightsKmsKeyId: KMS_KEY },
      without: ["dbName", "username"],
    },
    {
      what: "one key for storage and Performance Insights",
      args: { kmsKeyArn: KMS_KEY },
      more: { kmsKeyId: KMS_KEY, performanceInsightsKmsKeyId: KMS_KEY },
    },
    {
      what: "no Performance Insights",
      args: { performanceInsights: false, kmsKeyArn: KMS_KEY },
      more: { performanceInsightsEnabled: false, kmsKeyId: KMS_KEY },
      without: ["performanceInsightsRetentionPeriod"],
    },
    {
      what: "storage that does not grow",
      args: { maxAllocatedStorageGiB: 20 },
      without: ["maxAllocatedStorage"],
    },
    {
      what: "a fixed identifier",
      args: { identifier: "orders-main" },
      more: { identifier: "orders-main" },
    },
    {
      what: "a full version, which stays",
      args: { engineVersion: "16.4", allowMajorVersionUpgrade: true },
      more: {
        engineVersion: "16.4",
        autoMinorVersionUpgrade: false,
        allowMajorVersionUpgrade: true,
      },
    },
    {
      what: "every setting that is passed on",
      args: {
        username: "owner",
        instanceClass: "db.m7g.large",
        multiAz: true,
        allocatedStorageGiB: 60,
        port: 6432,
        caCertificateIdentifier: "rds-ca-ecc384-g1",
        backupRetentionDays: 14,
        backupWindow: "23:30-00:30",
        maintenanceWindow: "sun:22:00-sun:23:00",
        applyImmediately: true,
      },
      more: {
        username: "owner",
        instanceClass: "db.m7g.large",
        multiAz: true,
        allocatedStorage: 60,
        maxAllocatedStorage: 120,
        port: 6432,
        caCertIdentifier: "rds-ca-ecc384-g1",
        backupRetentionPeriod: 14,
        backupWindow: "23:30-00:30",
        maintenanceWindow: "sun:22:00-sun:23:00",
        applyImmediately: true,
      },
    },
  ];

  for (const { what, args, more = {}, without = [] } of VARIANTS) {
    it(what, async () => {
      const variant = await deployOrders(args);
      const expected = Object.entries(instance()).filter(([key]) => !without.includes(key));
      assert.equal(expected.length, Object.keys(instance()).length - without.length);
      assert.deepEqual(inputsOf(variant.registrations, "orders-instance"), {
        ...Object.fromEntries(expected),
        ...more,
      });
    });
  }

  /** The protected instance with nothing but the least arguments. */
  function instance(): Record<string, unknown> {
    return {
      dbName: "orders",
      username: "app_owner",
      password: resourceNamed(registrations, "orders-password").outputs.result,
      identifier: `orders-${suffix}`,
      engine: "postgres",
      engineVersion: "17",
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: false,
      instanceClass: "db.t4g.micro",
      multiAz: false,
      storageType: "gp3",
      storageEncrypted: true,
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      dbSubnetGroupName: resourceNamed(registrations, "orders-subnets").outputs.name,
      parameterGroupName: resourceNamed(registrations, "orders-parameters").outputs.name,
      vpcSecurityGroupIds: [resourceNamed(registrations, "orders-security-group").outputs.id],
      publiclyAccessible: false,
      port: 5432,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      backupRetentionPeriod: 7,
      backupWindow: "02:00-03:00",
      maintenanceWindow: "sun:03:30-sun:04:30",
      applyImmediately: false,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `orders-final-${suffix}`,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7,
    };
  }
});
