import { rdsRootsProblem, regionProblem } from "../../components";
import { NEEDS_IMAGE } from "../check-app";
import { overlap, parseCidr } from "../cidr";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import type { CheckedParts } from "./schema";

type Check = (parts: CheckedParts) => readonly ConfigIssue[];

/** Mistakes that no part shows by itself. Keys are those of the project, without its name. */
export const crossFaults: Check = (parts) => CHECKS.flatMap((check) => check(parts));

const differentApps: Check = ({ apps, appNames }) => {
  const secrets = apps.map((app) => app?.database.secretName);
  const instances = apps.map((app) => app?.database.identifier);
  return [
    ...repeated(appNames, "name", "the name"),
    ...repeated(secrets, "database.secretName", "the secret"),
    ...repeated(instances, "database.identifier", "the instance"),
  ];
};

/** Nothing would put an app's objects after a namespace that belongs to another app. */
const ownNamespaces: Check = ({ apps }) =>
  apps.flatMap((app, index) => {
    if (app === undefined) return [];
    const namespace = namespaceOf(app);
    const creator = apps.findIndex(
      (other, position) =>
        other?.createNamespace === true &&
        namespaceOf(other) === namespace &&
        // Two apps of one name are a mistake of their own.
        other.name !== app.name &&
        (position < index || !app.createNamespace),
    );
    if (creator < 0) return [];
    const problem =
      `is the namespace that apps[${creator}] creates: create it outside this stack, and set ` +
      `'createNamespace' to false for both; got "${namespace}"`;
    return [{ key: `apps[${index}].namespace`, problem }];
  });

const namespaceOf = ({ namespace, name }: AppConfig): string => namespace ?? name;

const imageOrCheckApp: Check = ({ apps }) =>
  apps.flatMap((app, index) =>
    app === undefined || app.image !== undefined
      ? []
      : NEEDS_IMAGE.filter((key) => app[key] !== undefined).map((key) => ({
          key: `apps[${index}].${key}`,
          problem: "needs 'image': without one, the check app runs, which brings its own",
        })),
  );

const separateAddresses: Check = ({ whole: { network, cluster } }) => {
  if (network === undefined || !("create" in network)) return [];
  if (cluster === undefined || !("create" in cluster)) return [];
  const { cidr } = network.create;
  const { serviceCidr } = cluster.create;
  const [vpc, services] = [parseCidr(cidr), parseCidr(serviceCidr)];
  if (vpc === undefined || services === undefined || !overlap(vpc, services)) return [];
  return [
    {
      key: "network.create.cidr",
      problem:
        `must not overlap cluster.create.serviceCidr, or pods could not tell a Service from a host ` +
        `of the VPC; got "${cidr}" and "${serviceCidr}"`,
    },
  ];
};

const networkOfCluster: Check = ({ whole: { network, cluster } }) => {
  if (network === undefined || cluster === undefined) return [];
  if ("create" in network && "name" in cluster) {
    return [
      {
        key: "network.create",
        problem:
          `cannot hold the existing cluster '${cluster.name}', which has a network already: give ` +
          "the ids of that one ('vpcId', 'databaseSubnetIds')",
      },
    ];
  }
  if ("create" in cluster && "vpcId" in network && network.privateSubnetIds === undefined) {
    return [
      { key: "network.privateSubnetIds", problem: "is missing: a new cluster needs subnets" },
    ];
  }
  return [];
};

const driverOfCluster: Check = ({ whole: { driver, cluster } }) =>
  driver?.mode === "existing" && cluster !== undefined && "create" in cluster
    ? [
        {
          key: "driver.mode",
          problem: "must be 'helm' or 'addon' with a new cluster, which has none; got 'existing'",
        },
      ]
    : [];

const imagesWithoutInternet: Check = ({ whole: { network, driver }, apps }) => {
  if (network === undefined || !("create" in network)) return [];
  if (network.create.natGateways !== "none") return [];
  const why = "is needed with network.create.natGateways 'none'";
  const driverFault = {
    key: "driver.imageRegistry",
    problem: `${why}: the driver's images come from the internet`,
  };
  return [
    ...(driver?.mode === "helm" && driver.imageRegistry === undefined ? [driverFault] : []),
    ...apps.flatMap((app, index) =>
      app === undefined || app.image !== undefined
        ? []
        : [
            {
              key: `apps[${index}].image`,
              problem: `${why}: the check app's image comes from the internet`,
            },
          ],
    ),
  ];
};

const oneBundle: Check = ({ whole: { caBundle, caBundleFile } }) =>
  caBundle === undefined || caBundleFile === undefined
    ? []
    : [{ key: "caBundleFile", problem: "cannot stand beside 'caBundle': choose one" }];

const bundleOfRegion: Check = ({ region, whole: { caBundle, caBundleFile } }) => {
  if (region === undefined || regionProblem(region) !== undefined) return [];
  const reason = rdsRootsProblem(region);
  if (reason === undefined || (caBundle ?? caBundleFile) !== undefined) return [];
  return [{ key: "caBundle", problem: `${reason}; got the region "${region}"` }];
};

const CHECKS: readonly Check[] = [
  differentApps,
  ownNamespaces,
  imageOrCheckApp,
  separateAddresses,
  networkOfCluster,
  driverOfCluster,
  imagesWithoutInternet,
  oneBundle,
  bundleOfRegion,
];

/** Faults of apps that share what must be different. */
function repeated(
  values: readonly (string | undefined)[],
  key: string,
  what: string,
): readonly ConfigIssue[] {
  return repeatedValues(values).map(([index, first]) => ({
    key: `apps[${index}].${key}`,
    problem: `must not be ${what} of apps[${first}] too; got "${values[index]}"`,
  }));
}

/** Positions of values that stand there earlier already, each with its first one. */
const repeatedValues = (
  values: readonly (string | undefined)[],
): readonly (readonly [index: number, first: number])[] =>
  values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return value === undefined || first === index ? [] : [[index, first] as const];
  });
