import { checkInputs } from "../../components/csi-secrets-app/inputs";
import { requestedDelivery } from "../../components/csi-secrets-app/requested-delivery";
import { resolveSettings as appSettings } from "../../components/csi-secrets-app/settings";
import { resolveSettings as driverSettings } from "../../components/csi-secrets-driver/settings";
import { resolveSettings as databaseSettings } from "../../components/secure-database/settings";
import { ArgError } from "../../components/shared/arg-error";
import type { CsiSecretsAppArgs, SecureDatabaseArgs } from "../../components";
import { plainAppArgs, plainDatabaseArgs } from "../app-args";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import type { DriverConfig } from "./driver-schema";
import { type Check, everyFault } from "./mend";

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
export function appFaults(key: string, app: AppConfig): readonly ConfigIssue[] {
  const rules: readonly Check<AppConfig>[] = [
    (given) => faultOf(() => databaseSettings("", given.name, databaseArgs(given)), databaseKey),
    (given) => faultOf(() => appSettings(given.name, appArgs(given))),
    (given) => faultOf(() => checkInputs(given.name, appArgs(given))),
    (given) => faultOf(() => requestedDelivery(given.name, appArgs(given))),
  ];
  return rules
    .flatMap((rule) => everyFault("apps", app, rule))
    .map((fault) => ({ ...fault, key: `${key}.${fault.key}` }));
}

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
  const rule: Check<DriverConfig> = ({ mode, ...settings }) =>
    mode === "existing"
      ? undefined
      : faultOf(() => driverSettings("", { ...settings, mode, ...driverPlace(mode) }));
  return everyFault("driver", driver, rule).map((fault) => ({
    ...fault,
    key: `${key}.${fault.key}`,
  }));
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

function faultOf(
  check: () => unknown,
  keyOf: (path: string) => string = (path) => path,
): ConfigIssue | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof ArgError)) throw error;
    return { key: keyOf(error.path), problem: error.problem };
  }
}
