import { regionProblem } from "../shared/aws-names";
import { type Check, isRecord, object, optional, orLate, string } from "../shared/checks";
import { nameProblem } from "../shared/kubernetes-names";
import { because, type Problem, shown } from "../shared/problems";
import type { CsiSecretsAppArgs } from "./args";
import { identityCheck } from "./identity/checks";
import { accountProblems } from "./identity/account";
import { RIGHTS_CHECKS, roleProblems } from "./identity/rights";
import { RESTART_CHECKS } from "./restart/checks";
import { SECRET_CHECKS } from "./secrets/checks";
import { ownVariables, restartsOnSchedule, secretProblems } from "./secrets/problems";
import { LONGEST_NAME_WITH_MIGRATION, MIGRATION_CHECKS } from "./workload/migration-checks";
import { NETWORK_POLICY_CHECKS } from "./workload/network-policy";
import {
  CONTAINER_CHECKS,
  containerNameProblems,
  givenContainers,
} from "./workload/container-checks";
import { overlayCheck, overlayProblems } from "./workload/overlay";
import { POD_METADATA_CHECKS } from "./workload/pod-metadata";
import { knownPortProblem } from "./workload/ports";
import { WORKLOAD_CHECKS, workloadProblems } from "./workload/checks";

/** The IAM role is called `NAME-role-` and seven characters, and IAM takes 64 in all. */
export const LONGEST_APP_NAME = 50;

/** What keeps a string from being the name of a `CsiSecretsApp`, or `undefined`. */
export const appNameProblem = (name: string): string | undefined =>
  nameProblem(name, LONGEST_APP_NAME);

export const region = string(regionProblem);

const CHECKS: Readonly<Record<keyof CsiSecretsAppArgs, Check>> = {
  ...SECRET_CHECKS,
  ...WORKLOAD_CHECKS,
  ...RESTART_CHECKS,
  ...POD_METADATA_CHECKS,
  ...RIGHTS_CHECKS,
  ...MIGRATION_CHECKS,
  ...NETWORK_POLICY_CHECKS,
  ...CONTAINER_CHECKS,
  overlay: optional(overlayCheck),
  identity: identityCheck,
  region: optional(orLate(region)),
  failoverRegion: optional(orLate(region)),
};

/**
 * Everything that is wrong with the name and the arguments of a `CsiSecretsApp`, as far as it is
 * known before any Output is.
 */
export const csiSecretsAppProblems = (
  name: string,
  args: CsiSecretsAppArgs,
): readonly Problem[] => [
  ...string(appNameProblem)("name", name),
  ...(isRecord(args)
    ? [
        ...object(CHECKS)("", args),
        ...secretProblems(args),
        ...accountProblems(args),
        ...workloadProblems(args),
        ...restartNameProblems(name, args),
        ...migrationNameProblems(name, args),
        ...roleProblems(args),
        ...containerNameProblems(args),
        ...overlayProblems(args.overlay, {
          app: name,
          variables: ownVariables(args),
          containers: givenContainers(args),
          isPort: (names) => knownPortProblem(args, names),
        }),
      ]
    : because("args", `must be the arguments of the app, as an object; got ${shown(args)}`)),
];

/** A CronJob's name leaves room for what Kubernetes adds for each of its Jobs. */
const LONGEST_CRON_JOB_NAME = 52;

const restartNameProblems = (
  name: string,
  args: Readonly<Record<string, unknown>>,
): readonly Problem[] =>
  typeof name === "string" &&
  restartsOnSchedule(args) &&
  `${name}-restart`.length > LONGEST_CRON_JOB_NAME
    ? because(
        "name",
        `must have ${LONGEST_CRON_JOB_NAME - "-restart".length} characters at most where pods are ` +
          `restarted on a schedule ('restart'); got ${shown(name)}`,
      )
    : [];

const migrationNameProblems = (
  name: string,
  { migrate }: Readonly<Record<string, unknown>>,
): readonly Problem[] =>
  typeof name === "string" && migrate !== undefined && name.length > LONGEST_NAME_WITH_MIGRATION
    ? because(
        "name",
        `must have ${LONGEST_NAME_WITH_MIGRATION} characters at most with 'migrate', whose Job's ` +
          `name must fit into a label; got ${shown(name)}`,
      )
    : [];
