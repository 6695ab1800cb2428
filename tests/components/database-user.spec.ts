import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import {
  CONNECTION_SHAPE,
  CsiSecretsApp,
  DatabaseUser,
  type DatabaseUserArgs,
  SecureDatabase,
} from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { parseSettings, settingsProblems } from "../../functions/rotation/settings";
import { rdsRoots } from "../../components/shared/ca-bundle";
import { DATABASE, deployUser, LEAST, MASTER_SECRET } from "../support/database-user";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";
import { KMS_KEY, LEAST as LEAST_DATABASE } from "../support/secure-database";

const CONSTANT = [
  "aws:cloudwatch/logGroup:LogGroup orders-api-rotation-log",
  "aws:ec2/securityGroup:SecurityGroup orders-api-rotation",
  "aws:iam/role:Role orders-api-rotation",
  "aws:iam/rolePolicy:RolePolicy orders-api-rotation",
  "aws:lambda/function:Function orders-api-rotation [after " +
    "orders-api-rotation, orders-api-rotation-to-database, orders-api-rotation-to-secrets-manager]",
  "aws:lambda/invocation:Invocation orders-api-reconcile",
  "aws:secretsmanager/secret:Secret orders-api-credentials",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule orders-api-rotation-to-database",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule orders-api-rotation-to-secrets-manager",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule orders-api-rotation-to-database",
  "eks-db-secrets:index:DatabaseUser orders-api",
];
const ROTATING = [
  ...CONSTANT,
  "aws:cloudwatch/eventRule:EventRule orders-api-report",
  "aws:cloudwatch/eventTarget:EventTarget orders-api-report [after orders-api-report]",
  "aws:cloudwatch/metricAlarm:MetricAlarm orders-api-age",
  "aws:cloudwatch/metricAlarm:MetricAlarm orders-api-errors",
  "aws:lambda/permission:Permission orders-api-report",
  "aws:lambda/permission:Permission orders-api-rotation-by-secrets-manager",
  "aws:secretsmanager/secretRotation:SecretRotation orders-api-schedule [after " +
    "orders-api-reconcile, orders-api-rotation-by-secrets-manager]",
];

const settingsOf = ({ registrations }: Awaited<ReturnType<typeof deployUser>>): unknown => {
  const found = registrations.find(({ type }) => type === "aws:lambda/function:Function");
  const { variables } = found?.inputs.environment as { variables: Record<string, string> };
  return JSON.parse(variables.ROTATION_SETTINGS ?? "");
};

const ofType = (
  { registrations }: Awaited<ReturnType<typeof deployUser>>,
  type: string,
  name: string,
): Readonly<Record<string, unknown>> => {
  const found = registrations.filter((one) => one.type.endsWith(`:${type}`) && one.name === name);
  assert.equal(found.length, 1);
  return found[0]?.inputs ?? {};
};

describe("DatabaseUser", () => {
  it("registers these resources and no others", async () => {
    for (const [args, expected] of [
      [{}, ROTATING],
      [{ rotation: false }, CONSTANT],
      [{ access: "read", readsFrom: "orders_owner" }, ROTATING],
      [{ alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms" }, ROTATING],
    ] as readonly [Partial<DatabaseUserArgs>, readonly string[]][]) {
      const { registrations, log } = await deployUser(args);
      assert.deepEqual(inventory(registrations), [...expected].sort());
      assert.deepEqual(log, []);
    }
  });

  it("is the parent of each of them and keeps its own inputs empty", async () => {
    const { registrations } = await deployUser();
    const component = resourceNamed(registrations, "orders-api");
    assert.deepEqual(component.inputs, {});
    const strangers = registrations.filter((r) => r !== component && r.parent !== component.urn);
    assert.deepEqual(strangers, []);
  });

  it("declares no version of the secret, and generates no password", async () => {
    const { registrations } = await deployUser();
    const types = registrations.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => /SecretVersion|random:/.test(type)),
      [],
    );
    assert.deepEqual(inputsOf(registrations, "orders-api-credentials"), {
      description: "Credentials of the database user orders_api, as JSON; they rotate",
      recoveryWindowInDays: 0,
    });
  });

  it("gives the function everything it works from in one variable", async () => {
    const deployed = await deployUser();
    const { arn } = resourceNamed(deployed.registrations, "orders-api-credentials").outputs;
    assert.deepEqual(settingsOf(deployed), {
      secretArn: arn,
      masterSecretArn: MASTER_SECRET,
      host: DATABASE.host,
      port: 5432,
      dbname: "orders",
      dbInstanceIdentifier: "orders-0a1b2c3d",
      ownerRole: "orders_api_owner",
      users: ["orders_api", "orders_api_clone"],
      access: "owner",
      schema: "public",
      minimumAgeSeconds: 600,
    });
  });

  it("tells the function of every argument about the user", async () => {
    const deployed = await deployUser({
      userName: "reports",
      access: "read",
      readsFrom: "orders_owner",
      ownerRole: "readers",
      schema: "sales",
      minimumAge: "1h",
    });
    const { users, access, readsFrom, ownerRole, schema, minimumAgeSeconds } = settingsOf(
      deployed,
    ) as Record<string, unknown>;
    assert.deepEqual(
      { users, access, readsFrom, ownerRole, schema, minimumAgeSeconds },
      {
        users: ["reports", "reports_clone"],
        access: "read",
        readsFrom: "orders_owner",
        ownerRole: "readers",
        schema: "sales",
        minimumAgeSeconds: 3600,
      },
    );
  });

  it("writes settings that the function takes", async () => {
    for (const args of [{}, { access: "read", readsFrom: "orders_owner" }] as const) {
      const settings = settingsOf(await deployUser(args)) as Record<string, unknown>;
      assert.deepEqual(settingsProblems(settings), []);
      assert.deepEqual(parseSettings(JSON.stringify(settings)), settings);
    }
  });

  it("declares a small function in the database's network that logs as JSON", async () => {
    const deployed = await deployUser();
    const { registrations } = deployed;
    const { environment, code, ...inputs } = ofType(deployed, "Function", "orders-api-rotation");
    assert.deepEqual(inputs, {
      architectures: ["arm64"],
      description: "Makes and rotates the credentials of the database user orders_api",
      handler: "index.handler",
      loggingConfig: {
        logFormat: "JSON",
        logGroup: resourceNamed(registrations, "orders-api-rotation-log").outputs.name,
      },
      memorySize: 256,
      role: registrations.find(({ type }) => type === "aws:iam/role:Role")?.outputs.arn,
      runtime: "nodejs24.x",
      timeout: 120,
      vpcConfig: {
        securityGroupIds: [
          registrations.find(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup")?.outputs
            .id,
        ],
        subnetIds: ["subnet-a", "subnet-b"],
      },
    });
    assert.notEqual(environment, undefined);
    assert.ok(JSON.stringify(code).includes("index.mjs"));
    assert.ok(JSON.stringify(code).includes("ca.pem"));
  });

  it("calls the function again whenever a fact changes", async () => {
    const triggersOf = async (args: Partial<DatabaseUserArgs>) => {
      const { registrations } = await deployUser(args);
      return inputsOf(registrations, "orders-api-reconcile");
    };
    const first = await triggersOf({});
    assert.deepEqual(first, {
      functionName: first.functionName,
      input: '{"action":"reconcile"}',
      triggers: first.triggers,
    });
    assert.deepEqual(await triggersOf({}), first);
    assert.notDeepEqual(await triggersOf({ database: { ...DATABASE, host: "other" } }), first);
    assert.notDeepEqual(await triggersOf({ database: { ...DATABASE, resourceId: "db-1" } }), first);
  });

  it("rotates on a schedule, and never at once", async () => {
    const ruleOf = async (rotation: DatabaseUserArgs["rotation"]) => {
      const { registrations } = await deployUser({ rotation });
      const { rotateImmediately, rotationRules } = inputsOf(registrations, "orders-api-schedule");
      return { rotateImmediately, rotationRules };
    };
    assert.deepEqual(await ruleOf(undefined), {
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30, duration: "3h" },
    });
    assert.deepEqual(await ruleOf({ every: "cron(0 23 ? * SUN *)" }), {
      rotateImmediately: false,
      rotationRules: { scheduleExpression: "cron(0 23 ? * SUN *)", duration: "1h" },
    });
    assert.deepEqual(await ruleOf({ every: "rate(12 hours)", window: "6h" }), {
      rotateImmediately: false,
      rotationRules: { scheduleExpression: "rate(12 hours)", duration: "6h" },
    });
  });

  it("alarms about errors, and about credentials that are too old or not reported on", async () => {
    const topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
    const deployed = await deployUser({ alarmTopicArn: topic });
    const { registrations } = deployed;
    const functionName = resourceNamed(registrations, "orders-api-reconcile").inputs.functionName;
    const errors = inputsOf(registrations, "orders-api-errors");
    const age = inputsOf(registrations, "orders-api-age");
    assert.deepEqual(errors, {
      alarmActions: [topic],
      alarmDescription: "A rotation of the credentials of orders-api failed",
      comparisonOperator: "GreaterThanThreshold",
      dimensions: { FunctionName: functionName },
      evaluationPeriods: 1,
      metricName: "Errors",
      namespace: "AWS/Lambda",
      okActions: [topic],
      period: 300,
      statistic: "Sum",
      threshold: 0,
      treatMissingData: "notBreaching",
    });
    assert.deepEqual(age, {
      alarmActions: [topic],
      alarmDescription:
        "The credentials of orders-api are older than their period, or not reported on",
      comparisonOperator: "GreaterThanThreshold",
      dimensions: {
        SecretName: resourceNamed(registrations, "orders-api-credentials").outputs.name,
      },
      evaluationPeriods: 2,
      metricName: "SecondsSinceRotation",
      namespace: "eks-db-secrets",
      okActions: [topic],
      period: 86_400,
      statistic: "Maximum",
      threshold: (30 * 24 + 3 + 24) * 3600,
      treatMissingData: "breaching",
    });
  });

  it("lets Secrets Manager rotate this secret alone, and EventBridge ask for the daily report", async () => {
    const deployed = await deployUser();
    const { registrations } = deployed;
    const secret = resourceNamed(registrations, "orders-api-credentials").outputs.arn;
    const rule = registrations.find(({ type }) => type.endsWith(":EventRule"));
    const functionName = resourceNamed(registrations, "orders-api-reconcile").inputs.functionName;
    assert.deepEqual(ofType(deployed, "Permission", "orders-api-rotation-by-secrets-manager"), {
      action: "lambda:InvokeFunction",
      function: functionName,
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: "123456789012",
      sourceArn: secret,
    });
    assert.deepEqual(ofType(deployed, "Permission", "orders-api-report"), {
      action: "lambda:InvokeFunction",
      function: functionName,
      principal: "events.amazonaws.com",
      sourceArn: rule?.outputs.arn,
    });
    assert.equal(rule?.inputs.scheduleExpression, "rate(1 day)");
    const { input } = ofType(deployed, "EventTarget", "orders-api-report");
    assert.equal(input, '{"action":"report"}');
  });

  it("encrypts the secret with the administrator's key unless another one is given", async () => {
    const other = KMS_KEY.replace("1234abcd", "abcd1234");
    const database = { ...DATABASE, masterSecretKmsKeyArn: KMS_KEY };
    for (const [args, key] of [
      [{ database }, KMS_KEY],
      [{ database, kmsKeyArn: other }, other],
    ] as const) {
      const { registrations, outputs } = await deployUser(args);
      assert.equal(inputsOf(registrations, "orders-api-credentials").kmsKeyId, key);
      assert.equal(outputs.kmsKeyArn, key);
    }
  });

  it("opens the way from the function to the database, and to Secrets Manager", async () => {
    const deployed = await deployUser();
    const own = deployed.registrations.find(({ type }) => type.endsWith(":SecurityGroup"))?.outputs
      .id;
    const toDatabase = "orders-api-rotation-to-database";
    assert.deepEqual(ofType(deployed, "SecurityGroupIngressRule", toDatabase), {
      description: "PostgreSQL from the rotation function of orders-api",
      fromPort: 5432,
      ipProtocol: "tcp",
      referencedSecurityGroupId: own,
      securityGroupId: "sg-database",
      toPort: 5432,
    });
    assert.deepEqual(ofType(deployed, "SecurityGroupEgressRule", toDatabase), {
      description: "PostgreSQL",
      fromPort: 5432,
      ipProtocol: "tcp",
      referencedSecurityGroupId: "sg-database",
      securityGroupId: own,
      toPort: 5432,
    });
    const { cidrIpv4, fromPort, toPort } = ofType(
      deployed,
      "SecurityGroupEgressRule",
      "orders-api-rotation-to-secrets-manager",
    );
    assert.deepEqual(
      { cidrIpv4, fromPort, toPort },
      {
        cidrIpv4: "0.0.0.0/0",
        fromPort: 443,
        toPort: 443,
      },
    );
  });

  it("trusts the roots of RDS in the region, or those that are given", async () => {
    const pemOf = async (args: Partial<DatabaseUserArgs>) =>
      JSON.stringify(ofType(await deployUser(args), "Function", "orders-api-rotation").code);
    const roots = rdsRoots("eu-central-1") ?? "";
    const other = rdsRoots("eu-west-1") ?? "";
    assert.ok((await pemOf({})).includes(JSON.stringify(roots).slice(1, -1)));
    assert.ok((await pemOf({ caBundle: other })).includes(JSON.stringify(other).slice(1, -1)));
  });

  it("takes every fact from a SecureDatabase, and waits for its instance", async () => {
    const { registrations } = await evaluate(() => {
      const database = new SecureDatabase("orders", { ...LEAST_DATABASE, kmsKeyArn: KMS_KEY });
      new DatabaseUser("orders-api", { database });
    });
    const instance = resourceNamed(registrations, "orders-instance");
    const found = registrations.find(({ type }) => type === "aws:lambda/function:Function");
    const { variables } = found?.inputs.environment as { variables: Record<string, string> };
    const { host, dbname, masterSecretArn } = JSON.parse(
      variables.ROTATION_SETTINGS ?? "",
    ) as Record<string, unknown>;
    assert.deepEqual(
      { host, dbname, masterSecretArn },
      {
        host: instance.outputs.address,
        dbname: "orders",
        masterSecretArn: resourceNamed(registrations, "orders-connection").outputs.arn,
      },
    );
    const { triggers } = inputsOf(registrations, "orders-api-reconcile");
    assert.equal((triggers as Record<string, unknown>).instance, instance.outputs.resourceId);
    assert.equal(inputsOf(registrations, "orders-api-credentials").kmsKeyId, KMS_KEY);
  });

  for (const output of ["secretName", "secretArn", "ownerRole"] as const) {
    it(`hands out '${output}' only once the function has made the user`, async () => {
      const { registrations } = await evaluate(() => {
        const user = new DatabaseUser("orders-api", LEAST);
        new aws.ec2.Vpc("reader", { cidrBlock: "10.0.0.0/16", tags: { reads: user[output] } });
      });
      const { urn } = resourceNamed(registrations, "orders-api-reconcile");
      const { propertyDependencies } = resourceNamed(registrations, "reader");
      assert.ok(propertyDependencies.tags?.includes(urn));
    });
  }

  it("hands out the names it is given", async () => {
    const { outputs } = await deployUser({ secretName: "shop/orders-api" });
    assert.equal(outputs.secretName, "shop/orders-api");
    assert.equal(outputs.ownerRole, "orders_api_owner");
    assert.deepEqual(outputs.userNames, ["orders_api", "orders_api_clone"]);
  });

  it("tells an app where the connection is and that it rotates", async () => {
    let rotation: object | undefined;
    let shape: object | undefined;
    await evaluate(() => {
      const user = new DatabaseUser("orders-api", { ...LEAST, rotation: { every: "7d" } });
      ({ rotation, shape } = user.secretSource);
      new CsiSecretsApp("orders-api-app", {
        ...user.secretSource,
        namespace: "orders",
        identity: { podIdentity: { clusterName: "prod" } },
        image: "registry.example.com/orders-api:1",
        env: { DB_HOST: "host" },
      });
      assert.equal(
        new DatabaseUser("stock", { ...LEAST, rotation: false }).secretSource.rotation,
        undefined,
      );
    });
    assert.deepEqual(rotation, { every: "7d", window: "3h", alternating: true });
    assert.deepEqual(shape, CONNECTION_SHAPE);
  });

  it("has a reader made after the role that it reads from", async () => {
    const { registrations } = await evaluate(() => {
      const owner = new DatabaseUser("orders-api", LEAST);
      new DatabaseUser("reports", { ...LEAST, access: "read", readsFrom: owner.ownerRole });
    });
    const { urn } = resourceNamed(registrations, "orders-api-reconcile");
    const { propertyDependencies } = resourceNamed(registrations, "reports-reconcile");
    assert.ok(propertyDependencies.triggers?.includes(urn));
  });

  it("gives the caller the last word on each child", async () => {
    const tags = { from: "transform" };
    const tagged = <T>(args: T): T => ({ ...args, tags });
    const { registrations } = await deployUser({
      transform: {
        secret: tagged,
        logGroup: tagged,
        securityGroup: tagged,
        role: tagged,
        rolePolicy: (args) => ({ ...args, name: "own" }),
        function: tagged,
        schedule: (args) => ({ ...args, rotationEnabled: false }),
        errorsAlarm: tagged,
        ageAlarm: tagged,
      },
    });
    const changed = registrations.filter((r) => "tags" in r.inputs).map((r) => r.name);
    assert.deepEqual(changed.sort(), [
      "orders-api-age",
      "orders-api-credentials",
      "orders-api-errors",
      "orders-api-rotation",
      "orders-api-rotation",
      "orders-api-rotation",
      "orders-api-rotation-log",
    ]);
    assert.equal(inputsOf(registrations, "orders-api-schedule").rotationEnabled, false);
    assert.ok(registrations.some(({ inputs }) => inputs.name === "own"));
  });

  it("does not collide with another one in the same program", async () => {
    const { registrations } = await evaluate(() => {
      for (const name of ["orders-api", "stock"]) new DatabaseUser(name, LEAST);
    });
    assert.equal(registrations.length, 2 * ROTATING.length);
    assert.equal(new Set(registrations.map((r) => r.urn)).size, registrations.length);
  });

  it("keeps a region without built-in roots for an argument", async () => {
    await assert.rejects(
      deployUser({}, { region: "il-central-1" }),
      /DatabaseUser "orders-api": 'caBundle' is needed: no RDS root certificate of the region/,
    );
  });
});
