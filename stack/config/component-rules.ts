import {
  type CsiSecretsAppArgs,
  csiSecretsAppProblems,
  csiSecretsDriverProblems,
  type Problem,
  type SecureDatabaseArgs,
  secureDatabaseProblems,
} from "../../components";
import { plainAppArgs, plainDatabaseArgs } from "../app-args";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import type { DriverConfig } from "./driver-schema";

/** Values that are known only once the resources around exist. They pass every check. */
const STAND_IN = {
  vpcId: "vpc-",
  subnetIds: ["subnet-1", "subnet-2"],
  clients: { cluster: "sg-" },
  secretName: "stand-in",
  clusterName: "stand-in",
  region: "us-east-1",
  oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0",
} as const;

/** Applies the components' own rules to one app, each mistake under the key it was made in. */
export const appFaults = (key: string, app: AppConfig): readonly ConfigIssue[] =>
  [
    ...issuesOf(secureDatabaseProblems(app.name, databaseArgs(app)), databaseKey),
    ...issuesOf(csiSecretsAppProblems(app.name, appArgs(app)), (path) => path),
  ].map((issue) => ({ ...issue, key: `${key}.${issue.key}` }));

const databaseArgs = (app: AppConfig): SecureDatabaseArgs => ({
  ...plainDatabaseArgs(app),
  vpcId: STAND_IN.vpcId,
  subnetIds: [...STAND_IN.subnetIds],
  clients: STAND_IN.clients,
});

const appArgs = (app: AppConfig): CsiSecretsAppArgs => ({
  ...plainAppArgs(app),
  secretName: STAND_IN.secretName,
  identity:
    app.identity === "irsa"
      ? { irsa: { oidcProviderArn: STAND_IN.oidcProviderArn } }
      : { podIdentity: { clusterName: STAND_IN.clusterName } },
});

/** Applies the rules of `CsiSecretsDriver`. */
export function driverFaults(key: string, driver: DriverConfig): readonly ConfigIssue[] {
  if (driver.mode === "existing") {
    return Object.keys(driver)
      .filter((name) => name !== "mode")
      .map((name) => ({
        key: `${key}.${name}`,
        problem: "is for a driver that this stack installs; leave it out with mode 'existing'",
      }));
  }
  const { mode, ...settings } = driver;
  const args = { ...settings, mode, ...driverPlace(mode) };
  return issuesOf(csiSecretsDriverProblems("", args), (path) => `${key}.${path}`);
}

const driverPlace = (mode: "helm" | "addon") => ({
  region: STAND_IN.region,
  ...(mode === "addon" && { clusterName: STAND_IN.clusterName }),
});

/** Where the config of an app has what `SecureDatabase` calls by `path`. */
function databaseKey(path: string): string {
  if (path === "name") return "name";
  return path === "databaseName" ? "database.name" : `database.${path}`;
}

const issuesOf = (
  problems: readonly Problem[],
  keyOf: (path: string) => string,
): readonly ConfigIssue[] =>
  problems.map(({ path, reason }) => ({ key: keyOf(path), problem: reason }));
