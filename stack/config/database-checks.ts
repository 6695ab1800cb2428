import { DATABASE_DEFAULTS, isRecord, memberPath, shown, userRoles } from "../../components";
import type { AppConfig } from "./app-schema";
import type { ConfigIssue } from "./config-error";
import { type DatabaseKind, databaseKind } from "./database-kind";
import type { Lenient } from "./lenient";
import type { Sections } from "./schema";

/** Mistakes between apps that share a database, and between users and what is around them. */
export const databaseCrossIssues = (sections: Lenient<Sections>): readonly ConfigIssue[] => {
  const apps = (sections.apps ?? []).map(appWithDatabase);
  return [
    ...apps.flatMap((app) => (app.of === undefined ? [] : ownerIssues(app, apps))),
    ...roleIssues(apps),
    ...apps.flatMap(managedIssues),
    ...networkIssues(sections.network, apps),
    ...clientIssues(sections.cluster, apps),
    ...(sections.apps ?? []).flatMap(failoverIssues),
    ...(sections.apps ?? []).flatMap(secretsIssues),
  ];
};

interface App {
  readonly key: string;
  readonly name: unknown;
  readonly kind: DatabaseKind | undefined;
  /** `undefined` where it cannot be read. */
  readonly database: Readonly<Record<string, unknown>> | undefined;
  readonly of: unknown;
  readonly user: Readonly<Record<string, unknown>> | undefined;
}

function appWithDatabase(app: Lenient<AppConfig> | undefined, index: number): App {
  const database: unknown = app?.database;
  const given = isRecord(database) ? database : undefined;
  const user = given?.user;
  return {
    key: `apps[${index}]`,
    name: app?.name,
    kind: databaseKind(database),
    database: given,
    of: given?.of,
    user: isRecord(user) ? user : undefined,
  };
}

/** What is wrong with the app whose database another one uses. */
function ownerIssues({ key, name, of }: App, apps: readonly App[]): readonly ConfigIssue[] {
  const problem =
    of === name
      ? "must not be the app itself: give it a database of its own, or name another app's"
      : ownerProblem(
          apps.find((app) => app.name === of),
          apps,
        );
  return problem === undefined
    ? []
    : [{ key: `${key}.database.of`, problem: `${problem}; got ${shown(of)}` }];
}

function ownerProblem(owner: App | undefined, apps: readonly App[]): string | undefined {
  if (owner === undefined) {
    const owners = apps.filter(({ kind }) => kind === "own").map(({ name }) => shown(name));
    return `must be an app of this stack with a database: ${owners.join(" or ") || "there is none"}`;
  }
  if (owner.of !== undefined) {
    return `must be the app that has the database; that one uses the database of ${shown(owner.of)}`;
  }
  if (owner.kind === "existing" || owner.kind === "none") {
    return "must be an app whose database this stack makes, so that it can make users in it";
  }
  return owner.database !== undefined && owner.database.user === undefined
    ? "must be an app with a 'user' of its own: without one it is the master user, and could " +
        "do anything to this one's"
    : undefined;
}

/** Roles are one name space for each instance: whoever shares one is the other. */
function roleIssues(apps: readonly App[]): readonly ConfigIssue[] {
  const takenIn = new Map<App | undefined, Map<string, string>>();
  return apps.flatMap((app) => {
    const home = homeOf(app, apps);
    const taken = takenIn.get(home) ?? new Map<string, string>();
    takenIn.set(home, taken);
    const master = home?.database?.username ?? DATABASE_DEFAULTS.username;
    const roles = rolesOf(app);
    const issues = roles.flatMap(([argument, role]) => {
      const other = taken.get(role);
      if (role !== master && other === undefined) return [];
      const what =
        role === master ? "the master user" : `a role of ${other} too, in the same database`;
      return [
        {
          key: `${app.key}.database.user.${argument}`,
          problem: `must not be ${what}; got ${shown(role)}`,
        },
      ];
    });
    for (const [, role] of roles) taken.set(role, app.key);
    return issues;
  });
}

/** The app whose database this one uses. */
const homeOf = (app: App, apps: readonly App[]): App | undefined =>
  app.of === undefined ? app : apps.find(({ name }) => name === app.of);

/** The roles of an app's user, each with the key that decides it. */
function rolesOf({ name, user }: App): readonly (readonly [key: string, role: string])[] {
  if (user === undefined || typeof name !== "string") return [];
  const { userNames, ownerRole } = userRoles(name, {
    userName: stringOr(user.name),
    ownerRole: stringOr(user.ownerRole),
    access: user.access === "read" ? "read" : "owner",
  });
  return [...userNames.map((role) => ["name", role] as const), ["ownerRole", ownerRole] as const];
}

const stringOr = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** The secret that RDS keeps names no host, and is the administrator's. */
const managedIssues = ({ key, database }: App): readonly ConfigIssue[] =>
  database?.masterPassword === "managed" && database.user === undefined
    ? [
        {
          key: `${key}.database.masterPassword`,
          problem:
            "needs a 'user' with \"managed\": the secret that RDS keeps is the administrator's, and " +
            "does not say where the database is",
        },
      ]
    : [];

/** Each client becomes a rule of its own, by its name; those of the cluster are in every database. */
function clientIssues(
  cluster: Lenient<Sections>["cluster"],
  apps: readonly App[],
): readonly ConfigIssue[] {
  const given: unknown = cluster;
  const ids = isRecord(given) ? given.clientSecurityGroupIds : undefined;
  const groups = Array.isArray(ids) ? (ids as unknown[]) : [];
  return apps.flatMap(({ key, database }) =>
    Object.entries(isRecord(database?.clients) ? database.clients : {}).flatMap(
      ([client, group]) => {
        const problem =
          client === "cluster" && groups.length === 0
            ? "must have another name: 'cluster' are the pods, which may connect in any case"
            : groups.includes(group)
              ? "must not be a group of 'cluster.clientSecurityGroupIds' too: those may connect in " +
                `any case; got ${shown(group)}`
              : undefined;
        return problem === undefined
          ? []
          : [{ key: memberPath(`${key}.database.clients`, client), problem }];
      },
    ),
  );
}

/** Keys of an app that say what it gets of its database's secret. */
const OF_DATABASE_SECRET = ["env", "files", "whole", "databaseUrl", "connectionFile"] as const;

/** An app without a database has other secrets, and an image that reads them. */
function secretsIssues(app: Lenient<AppConfig> | undefined, index: number): readonly ConfigIssue[] {
  if (app === undefined || databaseKind(app.database) !== "none") return [];
  const key = `apps[${index}]`;
  const { moreSecrets } = app;
  const without = "with 'database' false";
  return [
    ...(moreSecrets === undefined || (Array.isArray(moreSecrets) && moreSecrets.length === 0)
      ? [
          {
            key: `${key}.moreSecrets`,
            problem: `must name at least one secret ${without}: an app without any needs none of this`,
          },
        ]
      : []),
    ...(app.image === undefined
      ? [
          {
            key: `${key}.image`,
            problem: `is missing: ${without} there is nothing for the check app to connect to`,
          },
        ]
      : []),
    ...OF_DATABASE_SECRET.filter((name) => app[name] !== undefined).map((name) => ({
      key: `${key}.${name}`,
      problem: `is about the database's secret, and there is none ${without}; put it under 'moreSecrets[0]'`,
    })),
  ];
}

/** The secrets that this stack makes are in one region. */
const failoverIssues = (
  app: Lenient<AppConfig> | undefined,
  index: number,
): readonly ConfigIssue[] =>
  app?.failoverRegion !== undefined && ["own", "guest"].includes(databaseKind(app.database) ?? "")
    ? [
        {
          key: `apps[${index}].failoverRegion`,
          problem:
            "cannot be combined with a database of this stack, whose secret is in one region: every mount " +
            "would fail; leave it out, or name a replicated secret ('database.secretName')",
        },
      ]
    : [];

/** A function must reach Secrets Manager during the deployment. */
function networkIssues(
  network: Lenient<Sections>["network"],
  apps: readonly App[],
): readonly ConfigIssue[] {
  const user = apps.find((app) => app.database?.user !== undefined);
  if (user === undefined || network === undefined || !("vpcId" in network)) return [];
  const { privateSubnetIds, secretsManagerEndpointId } = network;
  return (privateSubnetIds ?? secretsManagerEndpointId) !== undefined
    ? []
    : [
        {
          key: "network.secretsManagerEndpointId",
          problem:
            `is needed for ${user.key}.database.user: its function must reach Secrets Manager; give ` +
            "the VPC's interface endpoint for it, or 'privateSubnetIds' with a way out",
        },
      ];
}
