import { rdsRootsProblem, regionProblem, shown } from "../../components";
import { NEEDS_IMAGE } from "../check-app";
import { type Cidr, overlap, parseCidr } from "../cidr";
import type { AppConfig } from "./app-schema";
import { arnIssues, at, itemsOf } from "./arn-checks";
import { runsKubectl, userRotation } from "./component-issues";
import type { ConfigIssue } from "./config-error";
import { databaseCrossIssues } from "./database-checks";
import { databaseKind } from "./database-kind";
import type { Lenient } from "./lenient";
import type { Sections } from "./schema";

interface Parts {
  /** Of the AWS provider. */
  readonly region: string | undefined;
  /** Without those that cannot be read. */
  readonly sections: Lenient<Sections>;
  /** Keys whose values are wrong by themselves, or cannot be read. */
  readonly wrong: ReadonlySet<string>;
}

type Check = (parts: Parts) => readonly ConfigIssue[];

/** Mistakes that no part shows by itself. Keys are those of the project, without its name. */
export const crossIssues: Check = (parts) => CHECKS.flatMap((check) => check(parts));

const differentApps: Check = ({ sections: { apps = [] } }) => {
  const names = apps.map((app) => app?.name);
  const databases = apps.map((app) =>
    // The secret of a database that exists may be that of several apps.
    databaseKind(app?.database) === "existing" ? undefined : app?.database,
  );
  const users = databases.map((database) => at(database, "user"));
  const secrets = [...databases, ...users].map((holder) => at(holder, "secretName"));
  const instances = databases.map((database) => at(database, "identifier"));
  return [
    ...repeated(names, "name", "the name"),
    ...repeatedSecrets(secrets, apps.length),
    ...repeated(instances, "database.identifier", "the instance"),
  ];
};

/** The secrets of all databases, and behind them those of all users. */
const repeatedSecrets = (secrets: readonly unknown[], apps: number): readonly ConfigIssue[] =>
  repeatedValues(secrets).map(([index, first]) => ({
    key: `apps[${index % apps}].database.${index < apps ? "" : "user."}secretName`,
    problem: `must not be the secret of apps[${first % apps}] too; got ${shown(secrets[index])}`,
  }));

/** A namespace is created once; other apps in it wait for that. */
const ownNamespaces: Check = ({ sections: { apps = [] } }) =>
  apps.flatMap((app, index) => {
    if (app === undefined) return [];
    const namespace = namespaceOf(app);
    const creator = apps.findIndex(
      (other, position) =>
        other?.createNamespace === true &&
        namespaceOf(other) === namespace &&
        // Two apps of one name are a mistake of their own.
        other.name !== app.name &&
        position < index,
    );
    if (creator < 0 || app.createNamespace !== true) return [];
    const problem =
      `is the namespace that apps[${creator}] creates: set 'createNamespace' to false here, and the app ` +
      `waits for it; got ${shown(namespace)}`;
    return [{ key: `apps[${index}].namespace`, problem }];
  });

const namespaceOf = ({ namespace, name }: Lenient<AppConfig>): unknown => namespace ?? name;

const imageOrCheckApp: Check = ({ sections: { apps = [] } }) =>
  apps.flatMap((app, index) =>
    app === undefined || app.image !== undefined
      ? []
      : NEEDS_IMAGE.filter((key) => app[key] !== undefined).map((key) => ({
          key: `apps[${index}].${key}`,
          problem: "needs 'image': without one, the check app runs, which brings its own",
        })),
  );

const separateAddresses: Check = ({ sections: { network, cluster }, wrong }) => {
  if (wrong.has("cluster.create.serviceCidr")) return [];
  const vpc = created(network)?.cidr;
  const services = created(cluster)?.serviceCidr;
  const [vpcBlock, servicesBlock] = [block(vpc), block(services)];
  if (!vpcBlock || !servicesBlock || !overlap(vpcBlock, servicesBlock)) return [];
  return [
    {
      key: "network.create.cidr",
      problem:
        "must not overlap cluster.create.serviceCidr, or pods could not tell a Service from a host " +
        `of the VPC; got ${shown(vpc)} and ${shown(services)}`,
    },
  ];
};

const block = (value: unknown): Cidr | undefined =>
  typeof value === "string" ? parseCidr(value) : undefined;

/** What the section says of a new network or cluster; `undefined` for an existing one. */
const created = <New>(section: { readonly create?: New } | object | undefined): New | undefined =>
  section !== undefined && "create" in section ? section.create : undefined;

const networkOfCluster: Check = ({ sections: { network, cluster } }) => {
  if (network === undefined || cluster === undefined) return [];
  if ("create" in network && "name" in cluster) {
    return [
      {
        key: "network.create",
        problem:
          `cannot hold the existing cluster ${shown(cluster.name)}, which has a network already: ` +
          "give the ids of that one ('vpcId', 'databaseSubnetIds')",
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

const driverOfCluster: Check = ({ sections: { driver, cluster } }) =>
  driver?.mode === "existing" && cluster !== undefined && "create" in cluster
    ? [
        {
          key: "driver.mode",
          problem: 'must be "helm" or "addon" with a new cluster, which has none; got "existing"',
        },
      ]
    : [];

/** Without the driver's rotation a running pod keeps the files of its first mount. */
const driverOfRotation: Check = ({ sections: { driver, apps = [] } }) => {
  if (driver?.rotation !== false) return [];
  const rotating = apps.findIndex(
    (app) =>
      userRotation(app?.database) !== undefined ||
      itemsOf(app?.moreSecrets).some((source) => at(source, "rotation") !== undefined),
  );
  return rotating < 0
    ? []
    : [
        {
          key: "driver.rotation",
          problem:
            `must not be false: a secret of apps[${rotating}] rotates, and the files of a running ` +
            "pod would never change",
        },
      ];
};

const imagesWithoutInternet: Check = ({ sections: { network, driver, apps = [] } }) => {
  if (created(network)?.natGateways !== "none") return [];
  const why = 'is needed with network.create.natGateways "none"';
  const driverIssue = {
    key: "driver.imageRegistry",
    problem: `${why}: the driver's images come from the internet`,
  };
  return [
    ...(driver?.mode === "helm" && driver.imageRegistry === undefined ? [driverIssue] : []),
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
    ...apps.flatMap((app, index) =>
      app === undefined || at(app.restartSchedule, "image") !== undefined || !runsKubectl(app)
        ? []
        : [
            {
              key: `apps[${index}].restartSchedule.image`,
              problem: `${why}: the image of kubectl, which restarts the pods, comes from the internet`,
            },
          ],
    ),
  ];
};

const oneBundle: Check = ({ sections: { caBundle, caBundleFile } }) =>
  caBundle === undefined || caBundleFile === undefined
    ? []
    : [{ key: "caBundleFile", problem: "cannot be combined with 'caBundle': choose one" }];

const bundleOfRegion: Check = ({ region, sections: { caBundle, caBundleFile }, wrong }) => {
  if (region === undefined || regionProblem(region) !== undefined) return [];
  if (wrong.has("caBundleFile")) return [];
  const reason = rdsRootsProblem(region);
  if (reason === undefined || (caBundle ?? caBundleFile) !== undefined) return [];
  return [{ key: "caBundle", problem: `${reason}; got the region "${region}"` }];
};

const CHECKS: readonly Check[] = [
  ({ region, sections }) => arnIssues(region, sections),
  differentApps,
  ownNamespaces,
  imageOrCheckApp,
  separateAddresses,
  networkOfCluster,
  driverOfCluster,
  driverOfRotation,
  ({ sections }) => databaseCrossIssues(sections),
  imagesWithoutInternet,
  oneBundle,
  bundleOfRegion,
];

/** Issues of apps that share what must be different. */
function repeated(values: readonly unknown[], key: string, what: string): readonly ConfigIssue[] {
  return repeatedValues(values).map(([index, first]) => ({
    key: `apps[${index}].${key}`,
    problem: `must not be ${what} of apps[${first}] too; got ${shown(values[index])}`,
  }));
}

/** Positions of values that appear earlier, each with the first one. */
const repeatedValues = (
  values: readonly unknown[],
): readonly (readonly [index: number, first: number])[] =>
  values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return value === undefined || first === index ? [] : [[index, first] as const];
  });
