import { checkInputs } from "../../components/csi-secrets-app/inputs";
import { requestedDelivery } from "../../components/csi-secrets-app/requested-delivery";
import { resolveSettings as appSettings } from "../../components/csi-secrets-app/settings";
import { resolveSettings as driverSettings } from "../../components/csi-secrets-driver/settings";
import { resolveSettings as databaseSettings } from "../../components/secure-database/settings";
import { ArgError } from "../../components/shared/arg-error";
import type { CsiSecretsAppArgs } from "../../components";
import { plainAppArgs, plainDatabaseArgs } from "../app-args";
import type { AppConfig } from "./app-schema";
import type { Fault } from "./config-error";
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
export function appFaults(key: string, app: AppConfig): readonly Fault[] {
  const database = {
    ...plainDatabaseArgs(app),
    vpcId: STAND_IN.vpcId,
    subnetIds: [...STAND_IN.subnetIds],
    clients: STAND_IN.clients,
  };
  const args: CsiSecretsAppArgs = {
    ...plainAppArgs(app),
    secretName: STAND_IN.secretName,
    identity:
      app.identity === "irsa"
        ? { irsa: { oidcProviderArn: STAND_IN.oidcProviderArn } }
        : { podIdentity: { clusterName: STAND_IN.clusterName } },
  };
  const { name } = app;
  return [
    ...problemOf(() => databaseSettings("", name, database), databaseKey(key)),
    ...problemOf(() => appSettings(name, args), `${key}.`),
    ...problemOf(() => checkInputs(name, args), `${key}.`),
    ...problemOf(() => requestedDelivery(name, args), `${key}.`),
  ];
}

/** Applies the rules of `CsiSecretsDriver`. */
export function driverFaults(key: string, driver: DriverConfig): readonly Fault[] {
  const { mode, ...settings } = driver;
  if (mode === "existing") {
    return Object.keys(settings).map((name) => ({
      key: `${key}.${name}`,
      problem: "is for a driver that this stack installs; leave it out with mode 'existing'",
    }));
  }
  const clusterName = mode === "addon" ? STAND_IN.clusterName : undefined;
  const args = { ...settings, mode, clusterName, region: STAND_IN.region };
  return problemOf(() => driverSettings("", args), `${key}.`);
}

/** Where the config has what the component calls by `path`. */
const databaseKey = (key: string) => (path: string) => {
  if (path === "name") return `${key}.name`;
  return path === "databaseName" ? `${key}.database.name` : `${key}.database.${path}`;
};

function problemOf(
  check: () => unknown,
  place: string | ((path: string) => string),
): readonly Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ArgError)) throw error;
    const { path, problem } = error;
    return [{ key: typeof place === "string" ? `${place}${path}` : place(path), problem }];
  }
}
