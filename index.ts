import { CsiSecretsApp, CsiSecretsDriver, SecureDatabase } from "./components";
import { plainAppArgs, plainDatabaseArgs } from "./stack/app-args";
import { cluster } from "./stack/cluster";
import { readConfig } from "./stack/config";
import { network } from "./stack/network";

const config = readConfig(__dirname);
const { region, tags } = config;

const networkInfo = network(config.network, { region, tags });
const {
  name: clusterName,
  provider,
  clients,
  oidcProviderArn,
  ...access
} = cluster(config.cluster, {
  region,
  tags,
  network: networkInfo,
  irsa: config.apps.some(({ identity }) => identity === "irsa"),
});

const { mode, ...driverSettings } = config.driver;
const driver =
  mode === "existing"
    ? mode
    : new CsiSecretsDriver(
        "secrets",
        { ...driverSettings, mode, region, tags, ...(mode === "addon" && { clusterName }) },
        { provider },
      );

const deployed = config.apps.map((app) => {
  const database = new SecureDatabase(app.name, {
    ...plainDatabaseArgs(app),
    vpcId: networkInfo.vpcId,
    subnetIds: networkInfo.databaseSubnetIds,
    clients,
    tags,
  });
  const identity =
    oidcProviderArn !== undefined && app.identity === "irsa"
      ? { irsa: { oidcProviderArn } }
      : { podIdentity: { clusterName } };
  const { namespace, serviceName, roleArn } = new CsiSecretsApp(
    app.name,
    {
      ...plainAppArgs(app),
      ...database.secretSource,
      driver,
      identity,
      region,
      caBundle: config.caBundle,
      tags,
    },
    { provider, dependsOn: database },
  );
  const { secretName, secretArn, host } = database;
  return [app.name, { secretName, secretArn, host, namespace, service: serviceName, roleArn }];
});

/** What each app is reached by, by the app's name. */
export const apps = Object.fromEntries(deployed) as Record<string, (typeof deployed)[number][1]>;

/** For `kubectl`; asks the AWS CLI for a token. */
export const { kubeconfig } = access;
