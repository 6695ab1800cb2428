import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import {
  CsiSecretsDriver,
  type CsiSecretsDriverArgs,
  csiSecretsDriverProblems,
  DatabaseUser,
  type DatabaseUserArgs,
  databaseUserProblems,
  SecureDatabase,
  type SecureDatabaseArgs,
  secureDatabaseProblems,
} from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { LEAST as LEAST_USER } from "../support/database-user";
import { LEAST } from "../support/secure-database";

const names = <Args>(known: Readonly<Record<keyof Required<Args>, true>>) =>
  fc.constantFrom(...Object.keys(known));

const databaseArgument = names<SecureDatabaseArgs>({
  vpcId: true,
  subnetIds: true,
  clients: true,
  databaseName: true,
  username: true,
  masterPassword: true,
  engineVersion: true,
  allowMajorVersionUpgrade: true,
  instanceClass: true,
  allocatedStorageGiB: true,
  maxAllocatedStorageGiB: true,
  storageType: true,
  iops: true,
  storageThroughputMiBps: true,
  multiAz: true,
  backupRetentionDays: true,
  backupWindow: true,
  maintenanceWindow: true,
  lifecycle: true,
  recoveryWindowDays: true,
  passwordLength: true,
  passwordSpecialCharacters: true,
  kmsKeyArn: true,
  parameters: true,
  restoreFrom: true,
  secretName: true,
  identifier: true,
  port: true,
  performanceInsights: true,
  logRetentionDays: true,
  caCertificateIdentifier: true,
  applyImmediately: true,
  tags: true,
  transform: true,
});
const driverArgument = names<CsiSecretsDriverArgs>({
  region: true,
  mode: true,
  clusterName: true,
  rotation: true,
  namespace: true,
  addonNamespace: true,
  addonVersion: true,
  imageRegistry: true,
  imagePullSecret: true,
  chartRepository: true,
  providerThrottling: true,
  useFipsEndpoint: true,
  podIdentityHttpTimeout: true,
  tags: true,
  transform: true,
});

const userArgument = names<DatabaseUserArgs>({
  database: true,
  userName: true,
  access: true,
  readsFrom: true,
  ownerRole: true,
  schema: true,
  rotation: true,
  minimumAge: true,
  alarmTopicArn: true,
  logRetentionDays: true,
  subnetIds: true,
  vpcId: true,
  caBundle: true,
  kmsKeyArn: true,
  secretName: true,
  tags: true,
  transform: true,
});

/** The SDK takes no object without a prototype: it asks each for its text. */
const PLAIN = { noNullPrototype: true };

/** Any JSON, often with the names that objects among the arguments have. */
const inner = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.dictionary(
    fc.constantFrom(
      ...["value", "apply", "snapshotIdentifier", "pollInterval", "qps", "instance"],
      ...["every", "window", "host", "port", "function"],
    ),
    fc.jsonValue({ maxDepth: 1 }),
    PLAIN,
  ),
);
const value = fc.oneof(
  inner,
  fc.array(inner, { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom("rds.force_ssl", "team", "cluster", "release", "a b"),
    inner,
    PLAIN,
  ),
);

const COMPONENTS: readonly {
  readonly component: string;
  readonly argument: fc.Arbitrary<string>;
  readonly least: object;
  readonly problems: (name: unknown, args: unknown) => readonly unknown[];
  readonly declare: (args: never) => pulumi.Resource;
}[] = [
  {
    component: "SecureDatabase",
    argument: databaseArgument,
    least: LEAST,
    problems: secureDatabaseProblems,
    declare: (args) => new SecureDatabase("orders", args),
  },
  {
    component: "CsiSecretsDriver",
    argument: driverArgument,
    least: { region: "eu-central-1" },
    problems: csiSecretsDriverProblems,
    declare: (args) => new CsiSecretsDriver("orders", args),
  },
  {
    component: "DatabaseUser",
    argument: userArgument,
    least: LEAST_USER,
    problems: databaseUserProblems,
    declare: (args) => new DatabaseUser("orders", args),
  },
];

for (const { component, argument, least, problems, declare } of COMPONENTS) {
  describe(`Arguments of any type for a ${component}`, () => {
    const args = fc
      .dictionary(argument, value, { minKeys: 1, maxKeys: 3 })
      .map((given) => ({ ...least, ...given }));

    it("make a resource, or an error of the SDK for wrong arguments", async () => {
      await fc.assert(
        fc.asyncProperty(args, async (given) => {
          const right = problems("orders", given).length === 0;
          let refused = false;
          try {
            await evaluate(() => void declare(given as never));
          } catch (error) {
            assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
            refused = true;
          }
          assert.equal(refused, !right);
        }),
        { numRuns: 60 },
      );
    });

    it("are looked at without a failure", () => {
      fc.assert(
        fc.property(fc.oneof(args, fc.anything()), fc.anything(), (given, name) => {
          problems(name, given);
        }),
        { numRuns: 500 },
      );
    });
  });
}
