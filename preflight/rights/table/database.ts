import { type Grant, keyOf, linkedRole, passRole, type Row, type Rows } from "./row";

const TAGS = "AddTagsToResource RemoveTagsFromResource";

/** The groups that a database is put in: those of the program by their names, and RDS' own defaults. */
const GROUPS = ["rds:subgrp:{dbSubnetGroupName=default}", "rds:og:*"];
const PARAMETERS = ["rds:pg:{parameterGroupName=default.*}"];

const KEY_USE = "CreateGrant DescribeKey Decrypt GenerateDataKey";

/** RDS makes and rotates the secret of a master user in the caller's name. */
const managedSecret = (keyProperty: string): readonly Grant[] => [
  {
    write: "secretsmanager: CreateSecret RotateSecret TagResource",
    read: "secretsmanager: DescribeSecret",
    on: ["secretsmanager:secret:rds!*"],
    when: "manageMasterUserPassword",
  },
  keyOf(keyProperty, "secretsmanager", KEY_USE),
];

const OWN_INSTANCE: Grant = {
  write: "rds: RebootDBInstance DeleteDBInstance",
  read: "rds: DescribeDBInstances ListTagsForResource",
  on: ["rds:db:{identifier}"],
};

const restores = (actions: string, from: string, property: string): Grant => ({
  write: `rds: ${actions}`,
  on: ["rds:db:{identifier}", ...GROUPS, ...PARAMETERS, `rds:${from}:*`],
  when: property,
});

/** A group of settings or subnets, which RDS knows by its name. */
const group = (kind: string, actions: string, read: string): Row => [
  {
    write: `rds: ${actions} ${TAGS}`,
    read: `rds: ${read} ListTagsForResource`,
    on: [`rds:${kind}:{name}`],
  },
];

export const DATABASE_ROWS: Rows = {
  "aws:rds/instance:Instance": [
    {
      write: `rds: CreateDBInstance ModifyDBInstance ${TAGS}`,
      on: ["rds:db:{identifier}", ...GROUPS, ...PARAMETERS],
    },
    OWN_INSTANCE,
    {
      write: "rds: CreateDBSnapshot AddTagsToResource",
      on: ["rds:db:{identifier}", "rds:snapshot:{finalSnapshotIdentifier}"],
      when: "finalSnapshotIdentifier",
    },
    restores("RestoreDBInstanceFromDBSnapshot", "snapshot", "snapshotIdentifier"),
    restores("RestoreDBInstanceToPointInTime", "auto-backup", "restoreToPointInTime"),
    keyOf("kmsKeyId", "rds", KEY_USE),
    keyOf("performanceInsightsKmsKeyId", "rds", KEY_USE),
    ...managedSecret("masterUserSecretKmsKeyId"),
    passRole("monitoringRoleArn", "monitoring.rds.amazonaws.com"),
    linkedRole("rds.amazonaws.com"),
  ],
  "aws:rds/cluster:Cluster": [
    {
      write: `rds: CreateDBCluster ModifyDBCluster ${TAGS}`,
      on: [
        "rds:cluster:{clusterIdentifier}",
        ...GROUPS,
        "rds:cluster-pg:{dbClusterParameterGroupName=default.*}",
      ],
    },
    {
      read: "rds: DescribeDBClusters ListTagsForResource",
      on: ["rds:cluster:{clusterIdentifier}"],
    },
    {
      write: "rds: DeleteDBCluster",
      on: ["rds:cluster:{clusterIdentifier}", "rds:cluster-snapshot:{finalSnapshotIdentifier}"],
    },
    { read: "rds: DescribeGlobalClusters" },
    {
      write: "rds: CreateDBClusterSnapshot AddTagsToResource",
      on: ["rds:cluster:{clusterIdentifier}", "rds:cluster-snapshot:{finalSnapshotIdentifier}"],
      when: "finalSnapshotIdentifier",
    },
    keyOf("kmsKeyId", "rds", KEY_USE),
    ...managedSecret("masterUserSecretKmsKeyId"),
    linkedRole("rds.amazonaws.com"),
  ],
  "aws:rds/clusterInstance:ClusterInstance": [
    {
      write: `rds: CreateDBInstance ModifyDBInstance ${TAGS}`,
      on: [
        "rds:db:{identifier}",
        "rds:cluster:{clusterIdentifier}",
        ...GROUPS,
        "rds:pg:{dbParameterGroupName=default.*}",
      ],
    },
    OWN_INSTANCE,
    keyOf("performanceInsightsKmsKeyId", "rds", KEY_USE),
    passRole("monitoringRoleArn", "monitoring.rds.amazonaws.com"),
  ],
  "aws:rds/subnetGroup:SubnetGroup": group(
    "subgrp",
    "CreateDBSubnetGroup ModifyDBSubnetGroup DeleteDBSubnetGroup",
    "DescribeDBSubnetGroups",
  ),
  "aws:rds/parameterGroup:ParameterGroup": group(
    "pg",
    "CreateDBParameterGroup ModifyDBParameterGroup ResetDBParameterGroup DeleteDBParameterGroup",
    "DescribeDBParameterGroups DescribeDBParameters",
  ),
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": group(
    "cluster-pg",
    "CreateDBClusterParameterGroup ModifyDBClusterParameterGroup ResetDBClusterParameterGroup " +
      "DeleteDBClusterParameterGroup",
    "DescribeDBClusterParameterGroups DescribeDBClusterParameters",
  ),
  // RDS puts an id of its own into the ARN of a proxy.
  "aws:rds/proxy:Proxy": [
    {
      write: `rds: CreateDBProxy ModifyDBProxy DeleteDBProxy ${TAGS}`,
      read: "rds: DescribeDBProxies ListTagsForResource",
    },
    passRole("roleArn", "rds.amazonaws.com"),
  ],
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": [
    { write: "rds: ModifyDBProxyTargetGroup", read: "rds: DescribeDBProxyTargetGroups" },
  ],
  "aws:rds/proxyTarget:ProxyTarget": [
    {
      write: "rds: RegisterDBProxyTargets DeregisterDBProxyTargets",
      read: "rds: DescribeDBProxyTargets",
    },
  ],
};
