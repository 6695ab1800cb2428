import { kmsKeyArnProblem } from "../shared/aws-names";
import {
  boolean,
  type Check,
  type CheckOf,
  func,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  orLate,
  record,
  string,
} from "../shared/checks";
import {
  argumentOf,
  because,
  memberPath,
  type Problem,
  problem,
  type Rule,
} from "../shared/problems";
import { tagsCheck } from "../shared/tags";
import { wholeNumberProblem } from "../shared/whole-number";
import type { SecureDatabaseArgs, SecureDatabaseTransforms } from "./args";
import { instanceClassProblem, maximumStorageProblem, storageSizeProblem } from "./capacity";
import { engineVersionProblem } from "./engine";
import {
  componentNameProblem,
  databaseNameProblem,
  identifierProblem,
  newSecretNameProblem,
  usernameProblem,
} from "./identifiers";
import { parametersCheck } from "./parameters";
import {
  MASTER_PASSWORDS,
  passwordLengthProblem,
  specialCharactersProblem,
} from "./password-policy";
import {
  clientsProblem,
  securityGroupIdProblem,
  subnetIdProblem,
  subnetIdsProblem,
  vpcIdProblem,
} from "./references";
import {
  backupRetentionProblem,
  LIFECYCLES,
  logRetentionProblem,
  lostBackupsProblem,
  lostSecretProblem,
  recoveryWindowProblem,
} from "./retention";
import { performanceProblems, PROVISIONED_IOPS, STORAGE_TYPES } from "./performance";
import { restoredIntoItselfProblem, restoreFromCheck } from "./restore";
import { DEFAULTS } from "./settings";
import { backupWindowProblem, maintenanceWindowProblem, overlapProblem } from "./windows";

/** The checks of what may be known late, for now and for then. */
export const LATE_CHECKS = {
  vpcId: string(vpcIdProblem),
  subnetIds: list(orLate(string(subnetIdProblem)), subnetIdsProblem),
  client: string(securityGroupIdProblem),
  kmsKeyArn: string(kmsKeyArnProblem),
} as const;

const TRANSFORMS: CheckOf<SecureDatabaseTransforms> = {
  subnetGroup: optional(func),
  securityGroup: optional(func),
  parameterGroup: optional(func),
  logGroup: optional(func),
  instance: optional(func),
  secret: optional(func),
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
const authorityProblem = (authority: string): string | undefined =>
  /^rds-ca-[a-z0-9-]+$/.test(authority)
    ? undefined
    : 'must be a certificate authority of RDS, such as "rds-ca-rsa2048-g1"';

const namedGroups = record(orLate(LATE_CHECKS.client), {
  name: identifierProblem,
  names: clientsProblem,
});

const clientsCheck: Check = (path, value, show) => [
  ...namedGroups(path, value, show),
  ...(isRecord(value) ? sharedGroupProblems(path, value) : []),
];

/** Two names of one group would be one rule twice, which EC2 refuses. */
function sharedGroupProblems(
  path: string,
  clients: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const names = new Map<unknown, string>();
  return Object.entries(clients).flatMap(([name, group]) => {
    const first = names.get(group);
    if (first === undefined) names.set(group, name);
    return because(
      memberPath(path, name),
      first && `must not be the group of '${first}' too: each group gets one rule`,
    );
  });
}

const ARGUMENTS: CheckOf<SecureDatabaseArgs> = {
  vpcId: orLate(LATE_CHECKS.vpcId),
  subnetIds: orLate(LATE_CHECKS.subnetIds),
  clients: clientsCheck,
  databaseName: string(databaseNameProblem),
  username: optional(string(usernameProblem)),
  masterPassword: optional(oneOf(...MASTER_PASSWORDS)),
  engineVersion: optional(string(engineVersionProblem)),
  allowMajorVersionUpgrade: optional(boolean),
  instanceClass: optional(string(instanceClassProblem)),
  allocatedStorageGiB: optional(number(storageSizeProblem)),
  maxAllocatedStorageGiB: optional(number(storageSizeProblem)),
  storageType: optional(oneOf(...STORAGE_TYPES)),
  iops: optional(number(wholeNumberProblem(PROVISIONED_IOPS.least, PROVISIONED_IOPS.most))),
  storageThroughputMiBps: optional(number(wholeNumberProblem(125, 4000, "MiB/s"))),
  multiAz: optional(boolean),
  backupRetentionDays: optional(number(backupRetentionProblem)),
  backupWindow: optional(string(backupWindowProblem)),
  maintenanceWindow: optional(string(maintenanceWindowProblem)),
  lifecycle: optional(oneOf(...LIFECYCLES)),
  recoveryWindowDays: optional(number(recoveryWindowProblem)),
  passwordLength: optional(number(passwordLengthProblem)),
  passwordSpecialCharacters: optional(string(specialCharactersProblem)),
  kmsKeyArn: optional(orLate(LATE_CHECKS.kmsKeyArn)),
  parameters: optional(parametersCheck),
  restoreFrom: optional(restoreFromCheck),
  secretName: optional(string(newSecretNameProblem)),
  identifier: optional(string(identifierProblem)),
  port: optional(number(wholeNumberProblem(1150, 65_535))),
  performanceInsights: optional(boolean),
  logRetentionDays: optional(number(logRetentionProblem)),
  caCertificateIdentifier: optional(string(authorityProblem)),
  applyImmediately: optional(boolean),
  tags: optional(tagsCheck),
  transform: optional(object(TRANSFORMS)),
};

/**
 * Everything that is wrong with the name and the arguments of a `SecureDatabase`, as far as it is
 * known: what is an Output fails when it becomes known. Takes values of any type.
 */
export function problemsOf(name: unknown, args: unknown): readonly Problem[] {
  const single = object(ARGUMENTS)(isRecord(args) ? "" : "args", args);
  const wrong = new Set(single.map(argumentOf));
  return [
    ...string(componentNameProblem)("name", name),
    ...single,
    ...(isRecord(args) ? combinedProblems(args, wrong) : []),
  ];
}

const STORAGE = [
  "storageType",
  "allocatedStorageGiB",
  "iops",
  "storageThroughputMiBps",
] as const satisfies readonly (keyof SecureDatabaseArgs)[];

/** Rules between arguments, each of which is right by itself. */
function combinedProblems(
  args: Partial<SecureDatabaseArgs>,
  wrong: ReadonlySet<string>,
): readonly Problem[] {
  const { restoreFrom, username, allocatedStorageGiB, maxAllocatedStorageGiB } = args;
  const {
    lifecycle = DEFAULTS.lifecycle,
    backupWindow = DEFAULTS.backupWindow,
    maintenanceWindow = DEFAULTS.maintenanceWindow,
  } = args;
  const combined = <T>(
    [name, ...others]: readonly [keyof SecureDatabaseArgs, ...(keyof SecureDatabaseArgs)[]],
    value: T | undefined,
    rule: Rule<T>,
  ): readonly Problem[] =>
    value === undefined || [name, ...others].some((each) => wrong.has(each))
      ? []
      : problem(name, value, rule);
  return [
    ...(args.masterPassword === "managed" ? managedProblems(args) : []),
    ...combined(["username"], username, () =>
      restoreFrom === undefined
        ? undefined
        : "must be left out with 'restoreFrom': the user comes with the data",
    ),
    ...combined(
      ["maxAllocatedStorageGiB", "allocatedStorageGiB"],
      maxAllocatedStorageGiB,
      maximumStorageProblem(allocatedStorageGiB ?? DEFAULTS.allocatedStorageGiB),
    ),
    ...(STORAGE.some((name) => wrong.has(name))
      ? []
      : performanceProblems({
          storageType: args.storageType ?? DEFAULTS.storageType,
          allocatedStorageGiB: allocatedStorageGiB ?? DEFAULTS.allocatedStorageGiB,
          iops: args.iops,
          storageThroughputMiBps: args.storageThroughputMiBps,
        })),
    ...combined(
      ["identifier", "restoreFrom"],
      args.identifier,
      restoredIntoItselfProblem(restoreFrom),
    ),
    ...combined(["backupRetentionDays"], args.backupRetentionDays, lostBackupsProblem(lifecycle)),
    ...combined(["recoveryWindowDays"], args.recoveryWindowDays, lostSecretProblem(lifecycle)),
    ...combined(
      ["maintenanceWindow", "backupWindow"],
      maintenanceWindow,
      overlapProblem(backupWindow),
    ),
  ];
}

/** What RDS decides where it keeps the master user's password. */
const MANAGED = [
  ["passwordLength", "makes the password itself"],
  ["passwordSpecialCharacters", "makes the password itself"],
  ["secretName", "names its secret itself"],
  ["recoveryWindowDays", "deletes its secret itself, together with the instance"],
] as const satisfies readonly (readonly [keyof SecureDatabaseArgs, string])[];

function managedProblems(args: Partial<SecureDatabaseArgs>): readonly Problem[] {
  const leaveOut = (path: string, what: string): readonly Problem[] =>
    because(path, `must be left out with 'masterPassword' "managed": RDS ${what}`);
  return [
    ...MANAGED.flatMap(([name, what]) => (args[name] === undefined ? [] : leaveOut(name, what))),
    ...(isRecord(args.transform) && args.transform.secret !== undefined
      ? leaveOut("transform.secret", "makes its secret itself")
      : []),
  ];
}
