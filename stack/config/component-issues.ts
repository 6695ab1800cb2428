import {
  CONNECTION_SHAPE,
  csiSecretsAppProblems,
  csiSecretsDriverProblems,
  databaseUserProblems,
  isRecord,
  type Problem,
  secureDatabaseProblems,
} from "../../components";
import { databaseKey, plainAppArgs, plainDatabaseArgs, plainUserArgs, userKey } from "../app-args";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import type { OwnDatabaseConfig } from "./database-schema";
import type { DriverConfig } from "./driver-schema";
import type { Lenient } from "./lenient";

/** In place of what is known only once other resources exist, and checked then. */
const LATE = new Promise<never>(() => undefined);

const LATE_DATABASE = {
  host: LATE,
  port: LATE,
  databaseName: LATE,
  instanceIdentifier: LATE,
  securityGroupId: LATE,
  vpcId: LATE,
  subnetIds: LATE,
  masterSecretArn: LATE,
};

/** The rules of `CsiSecretsApp` applied to one app, each mistake under the key it was made in. */
export function appIssues(key: string, given: Lenient<AppConfig>): readonly ConfigIssue[] {
  const app = anyTypes(given);
  const problems = csiSecretsAppProblems(app.name, {
    ...plainAppArgs(app),
    secretName: LATE,
    shape: CONNECTION_SHAPE,
    identity: { podIdentity: { clusterName: LATE } },
  });
  // A namespace that is not given has the app's name, and its mistakes.
  const isNameAgain = ({ path }: Problem): boolean =>
    path === "namespace" &&
    given.namespace === undefined &&
    problems.some((other) => other.path === "name");
  return issuesOf(
    problems.filter((problem) => !isNameAgain(problem)),
    (path) => `${key}.${path}`,
  );
}

/** The rules of `SecureDatabase` applied to an app's own database. */
export function databaseIssues(key: string, given: Lenient<AppConfig>): readonly ConfigIssue[] {
  const { database } = given;
  if (database === undefined || "of" in database) return [];
  const args = {
    ...plainDatabaseArgs(database as OwnDatabaseConfig),
    vpcId: LATE,
    subnetIds: LATE,
    clients: { all: LATE },
  };
  // The schema says what is missing.
  const problems = secureDatabaseProblems(given.name, args).filter(
    ({ path }) => path !== "databaseName" || "name" in database,
  );
  return issuesOf(problems, (path) =>
    path === "name" ? `${key}.name` : `${key}.database.${databaseKey(path)}`,
  );
}

/** The rules of `DatabaseUser` applied to an app's user. */
export function userIssues(key: string, given: Lenient<AppConfig>): readonly ConfigIssue[] {
  const user: unknown = given.database?.user;
  if (!isRecord(user)) return [];
  const reads = user.access === "read";
  const args = {
    ...plainUserArgs(user),
    database: LATE_DATABASE,
    ...(reads && { readsFrom: LATE }),
  };
  return issuesOf(databaseUserProblems(given.name, args), (path) =>
    path === "name" ? `${key}.name` : `${key}.database.user.${userKey(path)}`,
  );
}

/** The components check values of any type, whatever theirs are called. */
const anyTypes = (app: Lenient<AppConfig>): AppConfig => app as AppConfig;

/** The rules of `CsiSecretsDriver`. */
export function driverIssues(driver: Lenient<DriverConfig>): readonly ConfigIssue[] {
  const { mode } = driver;
  if (mode === "existing") {
    return Object.keys(driver)
      .filter((name) => name !== "mode")
      .map((name) => ({
        key: `driver.${name}`,
        problem: "is for a driver that this stack installs; leave it out with 'mode' \"existing\"",
      }));
  }
  const args = { ...driver, region: LATE, ...(mode === "addon" && { clusterName: LATE }) };
  return issuesOf(csiSecretsDriverProblems("driver", args), (path) => `driver.${path}`);
}

const issuesOf = (
  problems: readonly Problem[],
  keyOf: (path: string) => string,
): readonly ConfigIssue[] =>
  problems.map(({ path, reason }) => ({ key: keyOf(path), problem: reason }));
