import { NEEDS_IMAGE } from "../check-app";
import { overlap, parseCidr } from "../cidr";
import type { Fault } from "./config-error";
import type { CheckedParts } from "./schema";

type Check = (parts: CheckedParts) => readonly Fault[];

/** Mistakes that no part shows by itself. Keys are those of the project, without its name. */
export const crossFaults: Check = (parts) => CHECKS.flatMap((check) => check(parts));

const differentApps: Check = ({ apps, appNames }) => {
  const namespaces = apps.map((app) =>
    app?.createNamespace === true ? (app.namespace ?? app.name) : undefined,
  );
  const secrets = apps.map((app) => app?.database.secretName);
  const instances = apps.map((app) => app?.database.identifier);
  const isSame = (first: number, what: string): string =>
    `must not be ${what} of apps[${first}] too`;
  return [
    ...repeated(appNames, "name", (first) => isSame(first, "the name")),
    ...repeated(secrets, "database.secretName", (first) => isSame(first, "the secret")),
    ...repeated(instances, "database.identifier", (first) => isSame(first, "the instance")),
    ...repeated(
      // Apps of one name have one namespace as well; that is said already.
      namespaces.map((namespace, index) =>
        appNames.indexOf(appNames[index]) === index ? namespace : undefined,
      ),
      "createNamespace",
      (first) => `must be false, because apps[${first}] creates the namespace already`,
    ),
  ];
};

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

const sensibleCluster: Check = ({ whole: { cluster } }) => {
  if (cluster === undefined || !("create" in cluster)) return [];
  const { nodes, access } = cluster.create;
  const faults = repeatedValues(access.map(({ principalArn }) => principalArn)).map(
    ([index, first]) => ({
      key: `cluster.create.access[${index}].principalArn`,
      problem: `is the same as cluster.create.access[${first}].principalArn`,
    }),
  );
  if (nodes.max >= nodes.min) return faults;
  const problem = `must be at least 'min' (${nodes.min}); got ${nodes.max}`;
  return [...faults, { key: "cluster.create.nodes.max", problem }];
};

const oneBundle: Check = ({ whole: { caBundle, caBundleFile } }) =>
  caBundle === undefined || caBundleFile === undefined
    ? []
    : [{ key: "caBundleFile", problem: "cannot stand beside 'caBundle': choose one" }];

const CHECKS: readonly Check[] = [
  differentApps,
  imageOrCheckApp,
  separateAddresses,
  networkOfCluster,
  driverOfCluster,
  imagesWithoutInternet,
  sensibleCluster,
  oneBundle,
];

/** Faults of apps that share what must be different. */
function repeated(
  values: readonly (string | undefined)[],
  key: string,
  problem: (first: number) => string,
): readonly Fault[] {
  return repeatedValues(values).map(([index, first]) => ({
    key: `apps[${index}].${key}`,
    problem: `${problem(first)}; got "${values[index]}"`,
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
