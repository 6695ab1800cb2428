import * as pulumi from "@pulumi/pulumi";
import { durationProblem, positiveSeconds } from "../csi-secrets-driver/duration";
import { newSecretNameProblem } from "../secure-database/identifiers";
import {
  securityGroupIdProblem,
  subnetIdProblem,
  vpcIdProblem,
} from "../secure-database/references";
import { logRetentionProblem } from "../secure-database/retention";
import { kmsKeyArnProblem, secretArnProblem, topicArnProblem } from "../shared/aws-names";
import { caBundle } from "../shared/ca-bundle";
import {
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
  string,
} from "../shared/checks";
import { argumentOf, because, type Problem, problem, type Rule } from "../shared/problems";
import {
  everyProblem,
  longWindowProblem,
  shortestGapHours,
  windowProblem,
} from "../shared/rotation-schedule";
import { tagsCheck } from "../shared/tags";
import { wholeNumberProblem } from "../shared/whole-number";
import type {
  DatabaseUserArgs,
  DatabaseUserTransforms,
  RotationPeriod,
  UserDatabase,
} from "./args";
import {
  componentNameProblem,
  defaultUserName,
  ownRoleProblem,
  roleNameProblem,
  userNameProblem,
} from "./role-names";
import { DEFAULTS, rotationSettings, type RotationSettings } from "./settings";

const subnetsProblem: Rule<readonly unknown[]> = (ids) =>
  ids.length > 0 ? undefined : "must hold at least one subnet; two survive the loss of a zone";

const given =
  (what: string): Rule<string> =>
  (value) =>
    /^\S+$/.test(value) ? undefined : `must be ${what}`;

/** The checks of what may be known late, for now and for then. */
export const LATE_CHECKS = {
  host: string(given("the DNS name of the database, without spaces")),
  port: number(wholeNumberProblem(1, 65_535)),
  databaseName: string((value) =>
    value === "" ? "must be the name of a database on the instance" : undefined,
  ),
  instanceIdentifier: string(given("the identifier of an RDS instance")),
  securityGroupId: string(securityGroupIdProblem),
  vpcId: string(vpcIdProblem),
  subnetIds: list(orLate(string(subnetIdProblem)), subnetsProblem),
  masterSecretArn: string(secretArnProblem),
  kmsKeyArn: string(kmsKeyArnProblem),
  resourceId: string(),
  alarmTopicArn: string(topicArnProblem),
  readsFrom: string(roleNameProblem),
} as const;

const DATABASE: CheckOf<UserDatabase> = {
  host: orLate(LATE_CHECKS.host),
  port: orLate(LATE_CHECKS.port),
  databaseName: orLate(LATE_CHECKS.databaseName),
  instanceIdentifier: orLate(LATE_CHECKS.instanceIdentifier),
  securityGroupId: orLate(LATE_CHECKS.securityGroupId),
  vpcId: orLate(LATE_CHECKS.vpcId),
  subnetIds: orLate(LATE_CHECKS.subnetIds),
  masterSecretArn: orLate(LATE_CHECKS.masterSecretArn),
  masterSecretKmsKeyArn: optional(orLate(LATE_CHECKS.kmsKeyArn)),
  resourceId: optional(orLate(LATE_CHECKS.resourceId)),
};

/** Without what marks a resource as one. */
const factsOf = (database: object): object =>
  Object.fromEntries(Object.entries(database).filter(([name]) => name in DATABASE));

const database: Check = (path, value, show) => {
  if (!pulumi.Resource.isInstance(value)) return object(DATABASE)(path, value, show);
  return "masterSecretArn" in value
    ? object(DATABASE)(path, factsOf(value), show)
    : because(path, "must be a SecureDatabase or the facts of a database; got another resource");
};

const ROTATION: CheckOf<RotationPeriod> = {
  every: optional(string(everyProblem)),
  window: optional(string(windowProblem)),
};

const rotation: Check = (path, value, show) =>
  value === false ? [] : object(ROTATION)(path, value, show);

const minimumAgeProblem: Rule<string> = (duration) =>
  durationProblem(duration) ??
  (Number.isInteger(positiveSeconds(duration)) ? undefined : "must be a number of whole seconds");

const transform = optional(func);
const TRANSFORMS: CheckOf<DatabaseUserTransforms> = {
  secret: transform,
  logGroup: transform,
  securityGroup: transform,
  role: transform,
  rolePolicy: transform,
  function: transform,
  schedule: transform,
  errorsAlarm: transform,
  ageAlarm: transform,
};

const ARGUMENTS: CheckOf<DatabaseUserArgs> = {
  database,
  userName: optional(string(userNameProblem)),
  access: optional(oneOf("owner", "read")),
  readsFrom: optional(orLate(LATE_CHECKS.readsFrom)),
  ownerRole: optional(string(roleNameProblem)),
  schema: optional(string(roleNameProblem)),
  rotation: optional(rotation),
  minimumAge: optional(string(minimumAgeProblem)),
  alarmTopicArn: optional(orLate(LATE_CHECKS.alarmTopicArn)),
  logRetentionDays: optional(number(logRetentionProblem)),
  subnetIds: optional(orLate(LATE_CHECKS.subnetIds)),
  vpcId: optional(orLate(LATE_CHECKS.vpcId)),
  caBundle: optional(orLate(caBundle)),
  kmsKeyArn: optional(orLate(LATE_CHECKS.kmsKeyArn)),
  secretName: optional(string(newSecretNameProblem)),
  tags: optional(tagsCheck),
  transform: optional(object(TRANSFORMS)),
};

/**
 * Everything that is wrong with the name and the arguments of a `DatabaseUser`, as far as it is
 * known: what is an Output fails when it becomes known. Takes values of any type.
 */
export function databaseUserProblems(name: unknown, args: unknown): readonly Problem[] {
  const single = object(ARGUMENTS)(isRecord(args) ? "" : "args", args);
  const named = string(componentNameProblem)("name", name);
  const wrong = new Set([...named, ...single].map(argumentOf));
  return [...named, ...single, ...(isRecord(args) ? combinedProblems(name, args, wrong) : [])];
}

/** Rules between arguments, each of which is right by itself. */
function combinedProblems(
  name: unknown,
  args: Partial<DatabaseUserArgs>,
  wrong: ReadonlySet<string>,
): readonly Problem[] {
  const right = (...names: readonly (keyof DatabaseUserArgs | "name")[]): boolean =>
    !names.some((each) => wrong.has(each));
  const settings = right("rotation") ? rotationSettings(args.rotation) : undefined;
  return [
    ...(typeof name === "string" && right("name", "userName") ? userProblems(name, args) : []),
    ...(right("access", "readsFrom") ? accessProblems(args) : []),
    ...(args.rotation === false ? uselessProblems(args) : []),
    ...(settings === undefined ? [] : timeProblems(settings, args, right("minimumAge"))),
  ];
}

function userProblems(
  name: string,
  { userName, ownerRole }: Partial<DatabaseUserArgs>,
): readonly Problem[] {
  const user = userName ?? defaultUserName(name);
  const reason = userNameProblem(user);
  if (reason !== undefined) {
    return because("userName", `${reason}; the component's name gives "${user}", so give another`);
  }
  return problem("ownerRole", ownerRole, ownRoleProblem(user));
}

function accessProblems({
  access = DEFAULTS.access,
  readsFrom,
  ownerRole,
}: Partial<DatabaseUserArgs>): readonly Problem[] {
  if (access === "owner") {
    return because(
      "readsFrom",
      readsFrom === undefined
        ? undefined
        : "is for a user that only reads: set 'access' to \"read\", or leave it out",
    );
  }
  if (readsFrom === undefined) {
    return because(
      "readsFrom",
      "is needed with 'access' \"read\": the owner role whose objects are read, for instance " +
        "'ownerRole' of the DatabaseUser that owns them",
    );
  }
  return because(
    "ownerRole",
    readsFrom === ownerRole
      ? "must not be the role in 'readsFrom': its members would own the objects, not only read them"
      : undefined,
  );
}

/** What says something about rotations alone. */
const uselessProblems = (args: Partial<DatabaseUserArgs>): readonly Problem[] =>
  (["minimumAge", "alarmTopicArn"] as const)
    .filter((name) => args[name] !== undefined)
    .flatMap((name) => because(name, "is of no use with 'rotation' false: leave it out"));

function timeProblems(
  { every, schedule, windowHours }: RotationSettings,
  { minimumAge = DEFAULTS.minimumAge }: Partial<DatabaseUserArgs>,
  isAgeRight: boolean,
): readonly Problem[] {
  const wide = problem("rotation.window", `${windowHours}h`, longWindowProblem(schedule));
  if (wide.length > 0 || !isAgeRight) return wide;
  const hours = shortestGapHours(schedule, windowHours);
  return (positiveSeconds(minimumAge) ?? 0) <= hours * 3600
    ? []
    : because(
        "minimumAge",
        `must be at most the ${hours} hours that can lie between two rotations ` +
          `(every ${every}, within ${windowHours}h), or the next one is refused; got "${minimumAge}"; ` +
          "rotate less often, or in a shorter window",
      );
}
