import * as assert from "node:assert/strict";
import { RESOURCES } from "../../../../../preflight/simulation/models";

/** What the provider's schema of each type marks as `ForceNew`, of the inputs that it had missed. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  "aws:kms/key:Key": [
    ...["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  ],
  "aws:eks/cluster:Cluster": [
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    ...["bootstrapSelfManagedAddons", "outpostConfig"],
  ],
  "aws:ec2/subnet:Subnet": [
    ...["ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength"],
    "outpostArn",
  ],
  "aws:ec2/natGateway:NatGateway": ["availabilityMode", "vpcId"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    "dnsOptions.privateDnsPreference",
    "dnsOptions.privateDnsSpecifiedDomains",
  ],
  "aws:rds/instance:Instance": ["backupTarget"],
  "aws:rds/cluster:Cluster": [
    ...["availabilityZones", "clusterIdentifier", "clusterIdentifierPrefix"],
    ...["clusterScalabilityType", "databaseName", "dbSubnetGroupName", "dbSystemId", "engine"],
    ...["engineMode", "kmsKeyId", "masterUsername", "restoreToPointInTime", "s3Import"],
    ...["snapshotIdentifier", "sourceRegion", "storageEncrypted"],
  ],
  "aws:rds/clusterInstance:ClusterInstance": ["clusterIdentifier", "engine", "identifier"],
  "aws:rds/proxy:Proxy": ["engineFamily", "vpcSubnetIds"],
};

/** What the provider changes in place, though it is easily taken for fixed. */
const UPDATED: Readonly<Record<string, readonly string[]>> = {
  "aws:kms/key:Key": ["description", "enableKeyRotation", "policy", "rotationPeriodInDays"],
  "aws:eks/cluster:Cluster": ["accessConfig.authenticationMode", "version", "vpcConfig"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["dnsOptions.dnsRecordIpType", "privateDnsEnabled"],
  "aws:rds/instance:Instance": ["identifier", "instanceClass", "networkType", "password"],
  "aws:rds/cluster:Cluster": ["masterPassword", "engineVersion", "storageType"],
  "aws:rds/clusterInstance:ClusterInstance": ["instanceClass", "publiclyAccessible"],
  "aws:rds/proxy:Proxy": ["name", "auths", "requireTls"],
};

/** Of some inputs, those whose change replaces a resource of a type. */
const replacedBy = (type: string, inputs: readonly string[]): readonly string[] =>
  inputs.filter((path) =>
    RESOURCES[type]?.replaceOn?.some((rule) => path === rule || path.startsWith(`${rule}.`)),
  );

describe("the replacements of the AWS provider", () => {
  for (const [type, inputs] of Object.entries(REPLACED)) {
    it(`are named for ${type}`, () => assert.deepEqual(replacedBy(type, inputs), inputs));
  }

  for (const [type, inputs] of Object.entries(UPDATED)) {
    it(`exclude what is updated in place: ${type}`, () =>
      assert.deepEqual(replacedBy(type, inputs), []));
  }
});
