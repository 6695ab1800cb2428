import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SecureDatabase, type SecureDatabaseArgs } from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { inputsOf } from "../support/registrations";
import { deployOrders, KMS_KEY, LEAST } from "../support/secure-database";

/** Argument, and the whole message. Each is refused at once, and late where it can be late. */
const REFUSED: readonly [Partial<SecureDatabaseArgs>, string][] = [
  [{ vpcId: "10.0.0.0/16" }, `'vpcId' must be the id of a VPC ("vpc-…"); got "10.0.0.0/16"`],
  [
    { subnetIds: ["subnet-a"] },
    "'subnetIds' must hold at least two different subnets, in at least two availability zones, " +
      "also for one instance; got 1; add a subnet in another zone",
  ],
  [
    { subnetIds: ["subnet-a", "subnet-a"] },
    "'subnetIds' must hold at least two different subnets, in at least two availability zones, " +
      "also for one instance; got 1; add a subnet in another zone",
  ],
  [
    { subnetIds: ["subnet-a", "eu-central-1b"] },
    `'subnetIds[1]' must be the id of a subnet ("subnet-…"); got "eu-central-1b"`,
  ],
  [
    { clients: { office: "10.0.0.0/16" } },
    `'clients.office' must be the id of a security group ("sg-…"), because address ranges cannot ` +
      `be admitted; give the client a security group and pass its id; got "10.0.0.0/16"`,
  ],
  [
    { kmsKeyArn: "alias/orders" },
    `'kmsKeyArn' must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an ` +
      'alias; got "alias/orders"',
  ],
  [
    { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/orders" },
    `'kmsKeyArn' must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an ` +
      'alias; got "arn:aws:kms:eu-central-1:123456789012:alias/orders"',
  ],
  [
    { restoreFrom: { snapshotIdentifier: "" } },
    "'restoreFrom.snapshotIdentifier' must be the identifier or the ARN of a DB snapshot; " +
      "leave 'restoreFrom' out for an empty database; got \"\"",
  ],
];

describe("SecureDatabase refuses", () => {
  for (const [args, problem] of REFUSED) {
    const message = `SecureDatabase "orders": ${problem}`;

    it(`${JSON.stringify(args)} before anything is registered`, async () => {
      const { registrations } = await evaluate(() => {
        assert.throws(() => new SecureDatabase("orders", { ...LEAST, ...args }), {
          message,
        });
      });
      assert.deepEqual(registrations, []);
    });

    it(`${JSON.stringify(args)} that becomes known late`, async () => {
      // The SDK puts before it which property it was about to send.
      await assert.rejects(deployOrders(late(args)), (error: Error) =>
        error.message.endsWith(message),
      );
    });
  }

  it("a subnet that is one with another only once both are known", async () => {
    const subnetIds = [pulumi.output("subnet-a"), pulumi.output("subnet-a")];
    await assert.rejects(deployOrders({ subnetIds }), /'subnetIds' must hold at least two/);
  });

  it("too few subnets at once, also where the one is known late", async () => {
    const subnetIds = [pulumi.output("subnet-a")];
    await assert.rejects(
      refusal({ subnetIds }),
      /^Error: SecureDatabase "orders": 'subnetIds' must/,
    );
  });

  it("every mistake at once, before anything is registered", async () => {
    const vpc = await resource();
    await assert.rejects(
      refusal({
        vpcId: vpc as never,
        clients: { cluster: "sg-1", office: "10.0.0.0/16", "my.jobs": "sg-2" },
        databaseName: pulumi.output("orders") as never,
        engineVersion: 17 as never,
        parameters: { work_mem: { value: "1", apply: "later" as never } },
        kmsKeyArn: "alias/orders",
      }),
      {
        message: [
          'SecureDatabase "orders": 7 arguments are wrong',
          "'vpcId' must be a string; got a resource; pass one of its outputs, for example its 'id' " +
            "or 'arn'",
          `'clients.office' must be the id of a security group ("sg-…"), because address ranges ` +
            "cannot be admitted; give the client a security group and pass its id; got " +
            '"10.0.0.0/16"',
          `'clients["my.jobs"]' must be 1 to 63 lower-case letters, digits and single hyphens, a ` +
            'letter first and no hyphen last; got "my.jobs"',
          "'databaseName' must be a plain string, not an Output: it decides what is declared, " +
            "before any Output is known; pass a constant or a value of the configuration",
          "'engineVersion' must be a string; got 17",
          `'kmsKeyArn' must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of ` +
            'an alias; got "alias/orders"',
          `'parameters.work_mem.apply' must be "immediate" or "pending-reboot"; got "later"`,
        ].join("\n  "),
      },
    );
  });

  it("missing arguments", async () => {
    await assert.rejects(
      evaluate(() => void new SecureDatabase("orders", undefined as never)),
      { message: "SecureDatabase \"orders\": 'args' must be an object; got nothing" },
    );
  });

  it("a transform that returns nothing", async () => {
    const transform = { secret: () => undefined as never };
    await assert.rejects(deployOrders({ transform }), {
      message:
        "SecureDatabase \"orders\": 'transform.secret' must return the arguments to declare, as a " +
        "plain object; it returned nothing; return a changed copy, (args) => ({ ...args, … })",
    });
  });
});

/** What the constructor throws, as long as nothing was registered. */
async function refusal(args: Partial<SecureDatabaseArgs>): Promise<void> {
  let thrown: unknown;
  const { registrations } = await evaluate(() => {
    try {
      new SecureDatabase("orders", { ...LEAST, ...args });
    } catch (error) {
      thrown = error;
    }
  });
  assert.deepEqual(registrations, []);
  throw thrown;
}

/** A resource of a program that has ended. */
async function resource(): Promise<pulumi.Resource> {
  const made: pulumi.Resource[] = [];
  await evaluate(() => void made.push(new pulumi.ComponentResource("test:index:Vpc", "vpc")));
  const [first] = made;
  assert.ok(first);
  return first;
}

describe("SecureDatabase accepts", () => {
  it("everything late that it accepts early", async () => {
    const early = { ...LEAST, kmsKeyArn: KMS_KEY };
    const sent = async (args: Partial<SecureDatabaseArgs>) => {
      const { registrations } = await deployOrders(args);
      return Object.fromEntries(registrations.map(({ name, inputs }) => [name, inputs]));
    };
    assert.deepEqual(await sent(late(early)), await sent(early));
  });

  it("a security group of a peered VPC in another account, and keys of other partitions", async () => {
    const kmsKeyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1";
    const clients = { cluster: "210987654321/sg-1" };
    const region = "us-gov-west-1";
    const { registrations } = await deployOrders({ kmsKeyArn, clients }, { region });
    assert.equal(inputsOf(registrations, "orders-instance").kmsKeyId, kmsKeyArn);
    assert.equal(
      inputsOf(registrations, "orders-from-cluster").referencedSecurityGroupId,
      clients.cluster,
    );
  });
});

describe("SecureDatabase refuses a key", () => {
  const rejected = (kmsKeyArn: string, region: string, message: RegExp) =>
    assert.rejects(deployOrders({ kmsKeyArn }, { region }), message);

  it("of another region than the AWS provider's", () =>
    rejected(
      KMS_KEY,
      "eu-west-1",
      /SecureDatabase "orders": 'kmsKeyArn' must be in eu-west-1, the region of the database; it is in eu-central-1; got "arn:/,
    ));

  it("of another partition than the AWS provider's", () =>
    rejected(
      KMS_KEY.replace(":aws:", ":aws-cn:"),
      "eu-central-1",
      /'kmsKeyArn' must be of the partition aws, to which eu-central-1 belongs; got "arn:aws-cn:/,
    ));
});

/** The same arguments with everything that may be an `Output` made one. */
function late(args: Partial<SecureDatabaseArgs>): Partial<SecureDatabaseArgs> {
  const { vpcId, subnetIds, clients, kmsKeyArn, restoreFrom } = args;
  return {
    ...args,
    ...(vpcId === undefined ? {} : { vpcId: pulumi.output(vpcId) }),
    ...(subnetIds === undefined ? {} : { subnetIds: pulumi.output(subnetIds) }),
    ...(kmsKeyArn === undefined ? {} : { kmsKeyArn: pulumi.output(kmsKeyArn) }),
    ...(clients === undefined
      ? {}
      : {
          clients: Object.fromEntries(
            Object.entries(clients).map(([client, group]) => [client, pulumi.output(group)]),
          ),
        }),
    ...(restoreFrom === undefined || !("snapshotIdentifier" in restoreFrom)
      ? {}
      : { restoreFrom: { snapshotIdentifier: pulumi.output(restoreFrom.snapshotIdentifier) } }),
  };
}
