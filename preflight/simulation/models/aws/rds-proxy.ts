import { arn, AWS_SCHEMAS, exactlyOne, holds, names } from "./common";
import { hostOf, IDENTIFIER } from "./rds-values";
import { ARN } from "./values";
import { type CitedModel, text } from "../model";
import { between, oneOf, type ValueRule } from "../value-rules";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html */
const twoSubnets: ValueRule = (value) =>
  Array.isArray(value) && value.length >= 2 ? undefined : "must have 2 items or more";

/** A proxy of RDS, which holds connections to a database open. */
export const proxy: CitedModel = {
  autoName: { property: "name", maxLength: 63 },
  required: ["engineFamily", "roleArn", "vpcSubnetIds"],
  replaceOn: [
    ...["endpointNetworkType", "engineFamily", "targetConnectionNetworkType", "vpcSubnetIds"],
  ],
  values: {
    name: IDENTIFIER,
    engineFamily: oneOf("MYSQL", "POSTGRESQL", "SQLSERVER"),
    roleArn: ARN,
    vpcSubnetIds: twoSubnets,
    idleClientTimeout: between(1, 28_800),
    defaultAuthScheme: oneOf("NONE", "IAM_AUTH"),
    endpointNetworkType: oneOf("IPV4", "IPV6", "DUAL"),
    targetConnectionNetworkType: oneOf("IPV4", "IPV6"),
    "auths[].authScheme": oneOf("SECRETS"),
    "auths[].iamAuth": oneOf("DISABLED", "REQUIRED", "ENABLED"),
    "auths[].secretArn": ARN,
    "auths[].clientPasswordAuthType": oneOf(
      ...["MYSQL_NATIVE_PASSWORD", "MYSQL_CACHING_SHA2_PASSWORD", "POSTGRES_SCRAM_SHA_256"],
      ...["POSTGRES_MD5", "SQL_SERVER_AUTHENTICATION"],
    ),
  },
  references: {
    roleArn: names("role"),
    "vpcSubnetIds[]": names("subnet"),
    "vpcSecurityGroupIds[]": holds("securityGroup"),
    "auths[].secretArn": names("secret"),
  },
  computed: (request) => {
    const name = text(request.inputs.name);
    return {
      id: name,
      arn: arn(request, "rds", `db-proxy:${request.identifier("prx")}`),
      endpoint: hostOf(request, name, "proxy-"),
    };
  },
  source: `${AWS_SCHEMAS}/rds/proxy.go`,
};

/** The one target group that a proxy has. */
export const proxyDefaultTargetGroup: CitedModel = {
  required: ["dbProxyName"],
  replaceOn: ["dbProxyName"],
  values: {
    "connectionPoolConfig.connectionBorrowTimeout": between(0, 3600),
    "connectionPoolConfig.maxConnectionsPercent": between(1, 100),
    "connectionPoolConfig.maxIdleConnectionsPercent": between(0, 100),
    "connectionPoolConfig.sessionPinningFilters[]": oneOf("EXCLUDE_VARIABLE_SETS"),
  },
  references: { dbProxyName: names("proxy") },
  computed: (request) => ({
    id: request.inputs.dbProxyName,
    name: "default",
    arn: arn(request, "rds", `target-group:${request.identifier("prx-tg")}`),
  }),
  source: `${AWS_SCHEMAS}/rds/proxy_default_target_group.go`,
};

/** The database behind a proxy. */
export const proxyTarget: CitedModel = {
  required: ["dbProxyName", "targetGroupName"],
  replaceOn: ["dbProxyName", "targetGroupName", "dbClusterIdentifier", "dbInstanceIdentifier"],
  references: {
    dbProxyName: names("proxy"),
    dbClusterIdentifier: names("databaseCluster"),
    dbInstanceIdentifier: names("instance"),
  },
  check: (inputs) => exactlyOne(inputs, "dbClusterIdentifier", "dbInstanceIdentifier"),
  computed: ({ inputs }) => {
    const { dbClusterIdentifier, dbInstanceIdentifier } = inputs;
    const type = dbClusterIdentifier === undefined ? "RDS_INSTANCE" : "TRACKED_CLUSTER";
    const rdsResourceId = text(dbClusterIdentifier ?? dbInstanceIdentifier);
    const group = [inputs.dbProxyName, inputs.targetGroupName].map((part) => text(part));
    return { id: [...group, type, rdsResourceId].join("/"), type, rdsResourceId };
  },
  source: `${AWS_SCHEMAS}/rds/proxy_target.go`,
};
