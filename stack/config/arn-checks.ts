import {
  isRecord,
  kmsKeyArnProblem,
  memberPath,
  partitionOfArnProblem,
  regionOfArnProblem,
  regionProblem,
  shown,
} from "../../components";
import type { ConfigIssue } from "./config-error";
import type { Lenient } from "./lenient";
import type { Sections } from "./schema";

/** ARNs of another region or partition than the AWS provider's, where that cannot work. */
export const arnIssues = (
  region: string | undefined,
  sections: Lenient<Sections>,
): readonly ConfigIssue[] =>
  region === undefined || regionProblem(region) !== undefined
    ? []
    : [...keyIssues(region, sections), ...foreignIssues(region, sections)];

/** A key encrypts in its own region alone. */
function keyIssues(
  region: string,
  { cluster, apps = [] }: Lenient<Sections>,
): readonly ConfigIssue[] {
  const encryptionKey = at(at(cluster, "create"), "encryptionKeyArn");
  const keys = [
    { key: "cluster.create.encryptionKeyArn", arn: encryptionKey, of: "the cluster" },
    ...apps.flatMap((app, index) => [
      {
        key: `apps[${index}].database.kmsKeyArn`,
        arn: at(app?.database, "kmsKeyArn"),
        of: "the database",
      },
      {
        key: `apps[${index}].database.user.kmsKeyArn`,
        arn: at(at(app?.database, "user"), "kmsKeyArn"),
        of: "the user's secret",
      },
    ]),
    ...apps.flatMap((app, index) =>
      itemsOf(app?.moreSecrets).map((source, position) => ({
        key: `apps[${index}].moreSecrets[${position}].kmsKeyArn`,
        arn: at(source, "kmsKeyArn"),
        of: "the secret",
      })),
    ),
  ];
  return keys.flatMap(({ key, arn, of }) => {
    if (typeof arn !== "string" || kmsKeyArnProblem(arn) !== undefined) return [];
    const reason = regionOfArnProblem(region, of)(arn);
    return reason === undefined ? [] : [{ key, problem: `${reason}; got ${shown(arn)}` }];
  });
}

/** What IAM, an alarm and a cluster take from elsewhere: of one partition, and where it says so, of the region. */
function foreignIssues(
  region: string,
  { cluster, apps = [] }: Lenient<Sections>,
): readonly ConfigIssue[] {
  const ofPartition = partitionOfArnProblem(region);
  const ofApps = (
    key: string,
    arnOf: (app: unknown) => unknown,
    rule: (arn: string) => string | undefined,
  ) => apps.map((app, index) => ({ key: `apps[${index}].${key}`, arn: arnOf(app), rule }));
  const principals = itemsOf(at(at(cluster, "create"), "access")).map((entry, index) => ({
    key: `cluster.create.access[${index}].principalArn`,
    arn: at(entry, "principalArn"),
    rule: ofPartition,
  }));
  const policies = apps.flatMap((app, index) =>
    Object.entries(isRecord(app?.policyArns) ? app.policyArns : {}).map(([name, arn]) => ({
      key: memberPath(`apps[${index}].policyArns`, name),
      ...{ arn, rule: ofPartition },
    })),
  );
  const ofSecrets = regionOfArnProblem(region, "the app's secrets");
  const secrets = apps.flatMap((app, index) =>
    [
      { at: "database", source: app?.database },
      ...itemsOf(app?.moreSecrets).map((source, position) => ({
        at: `moreSecrets[${position}]`,
        source,
      })),
    ].flatMap(({ at: holder, source }) =>
      ["secretName", "secretArn"].map((name) => ({
        key: `apps[${index}].${holder}.${name}`,
        ...{ arn: at(source, name), rule: ofSecrets },
      })),
    ),
  );
  const issuer = { key: "cluster.oidcProviderArn", arn: at(cluster, "oidcProviderArn") };
  const given = [
    ...principals,
    { ...issuer, rule: ofPartition },
    { ...issuer, rule: issuerRegionProblem(region) },
    ...secrets,
    ...policies,
    ...ofApps("permissionsBoundary", (app) => at(app, "permissionsBoundary"), ofPartition),
    ...ofApps(
      "database.user.alarmTopicArn",
      (app) => at(at(at(app, "database"), "user"), "alarmTopicArn"),
      regionOfArnProblem(region, "the alarms"),
    ),
  ];
  return given.flatMap(({ key, arn, rule }) => {
    // What is no ARN is a mistake of its own.
    if (typeof arn !== "string" || !/^arn:[\w-]+:(?:iam::|sns:|secretsmanager:)/.test(arn))
      return [];
    const reason = rule(arn);
    return reason === undefined ? [] : [{ key, problem: `${reason}; got ${shown(arn)}` }];
  });
}

/** EKS names the region in the issuer of a cluster; another issuer says nothing. */
const issuerRegionProblem =
  (region: string) =>
  (arn: string): string | undefined => {
    const given = /oidc\.eks\.([a-z0-9-]+)\./.exec(arn)?.[1];
    return given === undefined || given === region
      ? undefined
      : `must be the issuer of a cluster in ${region}, the region of the stack; it is of one in ${given}`;
  };

/** A member of something that may be anything. */
export const at = (value: unknown, name: string): unknown =>
  isRecord(value) ? value[name] : undefined;

export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
