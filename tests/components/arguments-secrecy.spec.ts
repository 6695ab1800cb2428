import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  CsiSecretsDriver,
  type CsiSecretsDriverArgs,
  DatabaseUser,
  type DatabaseUserArgs,
  SecureDatabase,
  type SecureDatabaseArgs,
} from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { LEAST as LEAST_USER } from "../support/database-user";
import { leaks } from "../support/registrations";
import { LEAST } from "../support/secure-database";

const CANARY = "canaryvalue";

const secret = (start = ""): pulumi.Output<string> => pulumi.secret(`${start}${CANARY}`);

/** Where a value can stand in an argument: with a secret that is refused there, or accepted. */
interface Places {
  readonly refused?: readonly unknown[];
  readonly accepted?: readonly unknown[];
}
/** The type asks for every argument. */
type EveryPlace<Args> = Readonly<Record<keyof Required<Args>, Places>>;

const plain: Places = { refused: [secret()] };
const tags: Places = { refused: [secret()], accepted: [{ team: secret() }] };
const transforms = (...names: readonly string[]): Places => ({
  refused: [
    secret(),
    ...names.map((name) => ({ [name]: secret() })),
    ...names.map((name) => ({ [name]: () => secret() })),
  ],
});

const DATABASE: EveryPlace<SecureDatabaseArgs> = {
  vpcId: { refused: [secret()], accepted: [secret("vpc-")] },
  subnetIds: {
    refused: [secret(), [secret(), "subnet-b"], pulumi.secret([CANARY, "subnet-b"])],
    accepted: [[secret("subnet-"), "subnet-b"], pulumi.secret([`subnet-${CANARY}`, "subnet-b"])],
  },
  clients: { refused: [secret(), { cluster: secret() }], accepted: [{ cluster: secret("sg-") }] },
  databaseName: plain,
  username: plain,
  masterPassword: plain,
  engineVersion: plain,
  allowMajorVersionUpgrade: plain,
  instanceClass: plain,
  allocatedStorageGiB: plain,
  maxAllocatedStorageGiB: plain,
  multiAz: plain,
  backupRetentionDays: plain,
  backupWindow: plain,
  maintenanceWindow: plain,
  lifecycle: plain,
  recoveryWindowDays: plain,
  passwordLength: plain,
  passwordSpecialCharacters: plain,
  kmsKeyArn: {
    refused: [secret()],
    accepted: [secret("arn:aws:kms:eu-central-1:123456789012:key/")],
  },
  parameters: {
    refused: [
      secret(),
      { work_mem: secret() },
      { work_mem: { value: secret(), apply: "immediate" } },
      { work_mem: { value: "1", apply: secret() } },
      { "rds.force_ssl": { value: secret(), apply: "immediate" } },
    ],
  },
  restoreFrom: {
    refused: [secret(), { snapshotIdentifier: pulumi.secret([CANARY]) }],
    accepted: [{ snapshotIdentifier: secret() }],
  },
  storageType: plain,
  iops: plain,
  storageThroughputMiBps: plain,
  secretName: plain,
  identifier: plain,
  port: plain,
  performanceInsights: plain,
  logRetentionDays: plain,
  caCertificateIdentifier: plain,
  applyImmediately: plain,
  tags,
  transform: transforms(
    "subnetGroup",
    "securityGroup",
    "parameterGroup",
    "logGroup",
    "instance",
    "secret",
  ),
};

const DRIVER: EveryPlace<CsiSecretsDriverArgs> = {
  region: { refused: [secret()], accepted: [pulumi.secret(`eu-${CANARY}-1`)] },
  mode: plain,
  clusterName: { refused: [secret("-")], accepted: [secret()] },
  rotation: { refused: [secret(), { pollInterval: secret() }] },
  namespace: plain,
  addonNamespace: plain,
  addonVersion: plain,
  imageRegistry: plain,
  imagePullSecret: plain,
  chartRepository: plain,
  providerThrottling: {
    refused: [secret(), { qps: secret(), burst: 1 }, { qps: 1, burst: secret() }],
  },
  useFipsEndpoint: plain,
  podIdentityHttpTimeout: plain,
  tags,
  transform: transforms("values", "release"),
};

/** A secret in one fact of the database. */
const fact = (name: string, value: unknown): unknown => ({ ...LEAST_USER.database, [name]: value });

const USER: EveryPlace<DatabaseUserArgs> = {
  database: {
    refused: [
      secret(),
      fact("host", secret(" ")),
      fact("port", secret()),
      fact("databaseName", pulumi.secret([CANARY])),
      fact("instanceIdentifier", secret(" ")),
      fact("securityGroupId", secret()),
      fact("vpcId", secret()),
      fact("subnetIds", [secret()]),
      fact("masterSecretArn", secret()),
      fact("masterSecretKmsKeyArn", secret()),
      fact("resourceId", pulumi.secret([CANARY])),
    ],
    accepted: [
      fact("host", secret()),
      fact("databaseName", secret()),
      fact("instanceIdentifier", secret()),
      fact("securityGroupId", secret("sg-")),
      fact("vpcId", secret("vpc-")),
      fact("subnetIds", [secret("subnet-")]),
      fact(
        "masterSecretArn",
        pulumi.secret(`arn:aws:secretsmanager:eu-central-1:123456789012:secret:${CANARY}-AbCdEf`),
      ),
      fact("masterSecretKmsKeyArn", secret("arn:aws:kms:eu-central-1:123456789012:key/")),
      fact("resourceId", secret()),
    ],
  },
  userName: plain,
  access: plain,
  readsFrom: { refused: [secret()] },
  ownerRole: plain,
  schema: plain,
  rotation: { refused: [secret(), { every: secret() }, { window: secret() }] },
  minimumAge: plain,
  alarmTopicArn: {
    refused: [secret()],
    accepted: [secret("arn:aws:sns:eu-central-1:123456789012:")],
  },
  logRetentionDays: plain,
  subnetIds: {
    refused: [secret(), [secret()], pulumi.secret([CANARY])],
    accepted: [[secret("subnet-")], pulumi.secret([`subnet-${CANARY}`])],
  },
  vpcId: { refused: [secret()], accepted: [secret("vpc-")] },
  caBundle: { refused: [secret(), `-----BEGIN PRIVATE KEY-----${CANARY}`] },
  kmsKeyArn: {
    refused: [secret()],
    accepted: [secret("arn:aws:kms:eu-central-1:123456789012:key/")],
  },
  secretName: plain,
  tags,
  transform: transforms(
    "secret",
    "logGroup",
    "securityGroup",
    "role",
    "rolePolicy",
    "function",
    "schedule",
    "errorsAlarm",
    "ageAlarm",
  ),
};

const addon = { mode: "addon", clusterName: "prod" } as const;
const ADDON_ARGUMENTS: readonly string[] = [
  "clusterName",
  "addonNamespace",
  "addonVersion",
  "tags",
];

const declareDatabase = (argument: string, value: unknown): pulumi.Resource =>
  new SecureDatabase("orders", { ...LEAST, [argument]: value });

const declareUser = (argument: string, value: unknown): pulumi.Resource =>
  new DatabaseUser("orders", { ...LEAST_USER, [argument]: value });

const declareDriver = (argument: string, value: unknown): pulumi.Resource =>
  new CsiSecretsDriver("secrets", {
    region: "eu-central-1",
    ...(ADDON_ARGUMENTS.includes(argument) ? addon : {}),
    [argument]: value,
  });

const COMPONENTS: readonly [
  name: string,
  places: Readonly<Record<string, Places>>,
  declare: (argument: string, value: unknown) => pulumi.Resource,
][] = [
  ["SecureDatabase", DATABASE, declareDatabase],
  ["CsiSecretsDriver", DRIVER, declareDriver],
  ["DatabaseUser", USER, declareUser],
];

/** What a person may see of a program: its error, or what it registered, exported and logged. */
async function seen(program: () => void): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { registrations, outputs, log } = await evaluate(program);
    return { inputs: registrations.map(({ inputs }) => inputs), outputs, log };
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.match(error.message, /(SecureDatabase|CsiSecretsDriver|DatabaseUser) "/);
    return { error: [error.message, error.stack, JSON.stringify(error)] };
  }
}

for (const [component, places, declare] of COMPONENTS) {
  describe(`A secret in an argument of a ${component}`, () => {
    for (const [argument, { refused = [], accepted = [] }] of Object.entries(places)) {
      refused.forEach((value, index) => {
        it(`is not shown where ${argument} is refused (${index + 1})`, async () => {
          const found = await seen(() => void declare(argument, value));
          assert.deepEqual(Object.keys(found), ["error"]);
          assert.deepEqual(leaks(found, CANARY), []);
        });
      });

      accepted.forEach((value, index) => {
        it(`stays secret on its way from ${argument} (${index + 1})`, async () => {
          const found = await seen(() => void declare(argument, value));
          assert.ok(JSON.stringify(found.inputs).includes(CANARY));
          assert.deepEqual(leaks(found, CANARY), []);
        });
      });
    }
  });
}

describe("Looking for a secret in what a program shows", () => {
  it("finds one that is not secret, in an error and in an input", async () => {
    const wrong = await seen(() => void declareDatabase("vpcId", CANARY));
    assert.deepEqual(leaks(wrong, CANARY), ["/error/0", "/error/1", "/error/2"]);
    const right = await seen(() => void declareDatabase("vpcId", `vpc-${CANARY}`));
    assert.equal(leaks(right, CANARY).length, 1);
  });
});
