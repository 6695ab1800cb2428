import type { Resource } from "@pulumi/pulumi";
import { CsiSecretsApp, CsiSecretsDriver } from "./components";
import { plainAppArgs } from "./stack/app-args";
import { cluster } from "./stack/cluster";
import { readConfig } from "./stack/config";
import { type DatabaseAccess, databases } from "./stack/databases";
import { creatorsFirst, namespaceOf } from "./stack/namespaces";
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
  networkPolicies: config.apps.some(({ networkPolicy }) => networkPolicy !== undefined),
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

const accesses = databases(config.apps, {
  region,
  tags,
  network: networkInfo,
  clients,
  caBundle: config.caBundle,
});

const namespaces = new Map<string, Resource>();
const deployed = creatorsFirst(config.apps).map((app) => {
  const { source, host, resources } = accesses[app.name] as DatabaseAccess;
  const identity =
    oidcProviderArn !== undefined && app.identity === "irsa"
      ? { irsa: { oidcProviderArn } }
      : { podIdentity: { clusterName } };
  const shared = namespaces.get(namespaceOf(app));
  const made = new CsiSecretsApp(
    app.name,
    {
      ...plainAppArgs(app),
      ...source,
      driver,
      identity,
      region,
      caBundle: config.caBundle,
      tags,
    },
    { provider, dependsOn: [...resources, ...(shared === undefined ? [] : [shared])] },
  );
  const { namespace, namespaceResource, serviceName, roleArn } = made;
  if (namespaceResource !== undefined) namespaces.set(namespaceOf(app), namespaceResource);
  const { secretName, secretArn } = source;
  // Whoever made the role gives it these.
  const { assumeRolePolicy, rolePolicy } = made;
  const needed = app.roleArn === undefined ? {} : { assumeRolePolicy, rolePolicy };
  return [
    app.name,
    { secretName, secretArn, host, namespace, service: serviceName, roleArn, ...needed },
  ];
});

/** What each app is reached by, by the app's name. */
export const apps = Object.fromEntries(deployed) as Record<string, (typeof deployed)[number][1]>;

/** For `kubectl`; asks the AWS CLI for a token. */
export const { kubeconfig } = access;
