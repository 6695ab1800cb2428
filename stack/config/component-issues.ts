import {
  CONNECTION_SHAPE,
  type CsiSecretsAppArgs,
  csiSecretsAppProblems,
  csiSecretsDriverProblems,
  databaseUserProblems,
  isRecord,
  type Problem,
  restartsOnSchedule,
  rotationPeriod,
  secureDatabaseProblems,
} from "../../components";
import { databaseKey, plainAppArgs, plainDatabaseArgs, plainUserArgs, userKey } from "../app-args";
import { existingSource, firstOfMore, keyWithoutDatabase } from "../secret-sources";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import { databaseKind, isOfOutside } from "./database-kind";
import type { ExistingDatabaseConfig, OwnDatabaseConfig } from "./database-schema";
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
  const problems = csiSecretsAppProblems(app.name, appArgs(app));
  // A namespace that is not given has the app's name, and its mistakes.
  const isNameAgain = ({ path }: Problem): boolean =>
    path === "namespace" &&
    given.namespace === undefined &&
    problems.some((other) => other.path === "name");
  // Those of the user's schedule stand where it is given.
  const isUsers = ({ path }: Problem): boolean => path.startsWith("rotation");
  const keyOf = argumentKey(app);
  return problems
    .filter((problem) => !isNameAgain(problem) && !isUsers(problem))
    .map(({ path, reason }) => ({
      key: `${key}.${keyOf(path)}`,
      problem: reason.replace(/'([^']*)'/g, (_, quoted: string) => `'${keyOf(quoted)}'`),
    }));
}

/** Arguments that say where the app's secrets are, as far as they are known before anything is made. */
function secretsOf(app: AppConfig): Pick<CsiSecretsAppArgs, "secretName"> {
  const { database, moreSecrets } = app;
  const made = { secretName: LATE, shape: CONNECTION_SHAPE };
  switch (databaseKind(database)) {
    case "existing":
      return existingSource(database as ExistingDatabaseConfig, app);
    case "none":
      return firstOfMore(Array.isArray(moreSecrets) ? moreSecrets : []) ?? { secretName: LATE };
    default:
      return made;
  }
}

/** What an app calls the argument that `CsiSecretsApp` calls by a path. */
const argumentKey =
  ({ database }: AppConfig) =>
  (path: string): string => {
    const kind = databaseKind(database);
    if (kind === "none") return keyWithoutDatabase(path);
    return kind === "existing" && isOfOutside(path) ? `database.${path}` : path;
  };

/** Whether `kubectl` in the cluster restarts an app's pods. */
export const runsKubectl = (app: Lenient<AppConfig>): boolean =>
  restartsOnSchedule({ ...appArgs(anyTypes(app)) });

const appArgs = (app: AppConfig): CsiSecretsAppArgs => ({
  ...plainAppArgs(app),
  ...secretsOf(app),
  rotation: userRotation(app.database),
  identity: { podIdentity: { clusterName: LATE } },
});

/** When the credentials of an app's user change; `undefined` for never. */
export function userRotation(database: unknown): CsiSecretsAppArgs["rotation"] {
  const user = isRecord(database) ? database.user : undefined;
  if (!isRecord(user)) return undefined;
  const { rotation } = user;
  // What is neither false nor an object is a mistake of its own, and says no more than nothing.
  const given = rotation === false || isRecord(rotation) ? rotation : undefined;
  return rotationPeriod(given);
}

/** The rules of `SecureDatabase` applied to an app's own database. */
export function databaseIssues(key: string, given: Lenient<AppConfig>): readonly ConfigIssue[] {
  const { database } = anyTypes(given);
  if (databaseKind(database) !== "own") return [];
  const own = database as OwnDatabaseConfig;
  const { clients, ...config } = own;
  const args = {
    ...plainDatabaseArgs(config),
    vpcId: LATE,
    subnetIds: LATE,
    clients: { all: LATE, ...(isRecord(clients) && clients) },
  };
  // The schema says what is missing.
  const problems = secureDatabaseProblems(given.name, args).filter(
    ({ path }) => path !== "databaseName" || "name" in own,
  );
  return issuesOf(problems, (path) =>
    path === "name" ? `${key}.name` : `${key}.database.${databaseKey(path)}`,
  );
}

/** The rules of `DatabaseUser` applied to an app's user. */
export function userIssues(key: string, given: Lenient<AppConfig>): readonly ConfigIssue[] {
  const { database } = given;
  const user = isRecord(database) ? database.user : undefined;
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
