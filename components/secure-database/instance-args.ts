import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ENGINE } from "./engine";
import { LOG_EXPORTS } from "./identifiers";
import type { Restored } from "./restore";
import type { DatabaseSettings } from "./settings";

/** What the storage is encrypted with and made from. */
interface Origin {
  readonly kmsKeyArn?: pulumi.Input<string>;
  readonly restored?: Restored;
}

/** What the instance is attached to, and called. */
export interface InstanceLinks {
  readonly identifier: pulumi.Input<string>;
  readonly finalSnapshotIdentifier: pulumi.Input<string>;
  readonly dbSubnetGroupName: pulumi.Input<string>;
  readonly parameterGroupName: pulumi.Input<string>;
  readonly vpcSecurityGroupIds: pulumi.Input<string>[];
}

type Made = Pick<DatabaseSettings, "databaseName" | "username">;

/**
 * What the instance is made from: every input whose change makes RDS replace it.
 *
 * A restored instance has its user, database and storage key from what it is made from. Sending
 * others would not change them, and would make every later run want to replace the instance.
 */
export const replacementInputs = (made: Made, origin: Origin): Partial<aws.rds.InstanceArgs> =>
  origin.restored?.inputs ?? emptyDatabase(made, origin);

/**
 * The same as what keeps the random suffix of the instance's name, so that a replacement never meets
 * a name that is taken.
 */
export const suffixKeepers = (made: Made, origin: Origin): Record<string, pulumi.Input<string>> =>
  origin.restored?.keepers ?? emptyDatabase(made, origin);

const emptyDatabase = ({ databaseName, username }: Made, { kmsKeyArn }: Origin) => ({
  dbName: databaseName,
  ...(username === undefined ? {} : { username }),
  ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
});

/** The arguments of the RDS instance, all but its password and tags. */
export function instanceArgs(
  settings: DatabaseSettings,
  origin: Origin,
  links: InstanceLinks,
): aws.rds.InstanceArgs {
  return {
    ...replacementInputs(settings, origin),
    ...links,
    engine: ENGINE,
    engineVersion: settings.engine.version,
    autoMinorVersionUpgrade: settings.engine.autoMinorVersionUpgrade,
    allowMajorVersionUpgrade: settings.allowMajorVersionUpgrade,
    instanceClass: settings.instanceClass,
    multiAz: settings.multiAz,

    ...storageArgs(settings.storage),

    publiclyAccessible: false,
    port: settings.port,
    caCertIdentifier: settings.caCertificateIdentifier,

    backupRetentionPeriod: settings.backupRetentionDays,
    backupWindow: settings.backupWindow,
    maintenanceWindow: settings.maintenanceWindow,
    applyImmediately: settings.applyImmediately,
    copyTagsToSnapshot: true,
    deletionProtection: settings.isProtected,
    // Named in any case, because RDS refuses to delete where a snapshot is wanted and has no name.
    skipFinalSnapshot: !settings.isProtected,

    enabledCloudwatchLogsExports: [...LOG_EXPORTS],
    ...performanceInsights(settings, origin),
  };
}

const storageArgs = ({
  storageType,
  allocatedGiB,
  maximumGiB,
  iops,
  throughputMiBps,
}: DatabaseSettings["storage"]): Partial<aws.rds.InstanceArgs> => ({
  storageType,
  storageEncrypted: true,
  allocatedStorage: allocatedGiB,
  maxAllocatedStorage: maximumGiB,
  ...(iops !== undefined && { iops }),
  ...(throughputMiBps !== undefined && { storageThroughput: throughputMiBps }),
});

function performanceInsights(
  settings: DatabaseSettings,
  { kmsKeyArn }: Origin,
): Partial<aws.rds.InstanceArgs> {
  if (!settings.performanceInsights) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    // Seven days cost nothing.
    performanceInsightsRetentionPeriod: 7,
    performanceInsightsKmsKeyId: kmsKeyArn,
  };
}
