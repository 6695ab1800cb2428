import { z } from "zod";

const Parameter = z.strictObject({
  value: z.string(),
  apply: z.enum(["immediate", "pending-reboot"]),
});

const Rotation = z.union([
  z.literal(false),
  z.strictObject({ every: z.string().optional(), window: z.string().optional() }),
]);

const USER = {
  name: z.string().optional(),
  ownerRole: z.string().optional(),
  schema: z.string().optional(),
  rotation: Rotation.optional(),
  minimumAge: z.string().optional(),
  alarmTopicArn: z.string().optional(),
  logRetentionDays: z.number().optional(),
  kmsKeyArn: z.string().optional(),
  secretName: z.string().optional(),
};

/** Names and types of what `DatabaseUser` takes. */
const OwnUser = z.strictObject({
  ...USER,
  access: z
    .enum(["owner"])
    .optional()
    .describe("Somebody must own the objects: a user that only reads is another app's, with `of`."),
});

const GuestUser = z.strictObject({
  ...USER,
  access: z
    .enum(["owner", "read"])
    .describe(
      "`read`: reads what the app that has the database owns. `owner`: has objects of its own there.",
    ),
});

const Snapshot = z
  .strictObject({ snapshotIdentifier: z.string() })
  .meta({ title: "From a snapshot" });

const PointInTime = z
  .strictObject({
    pointInTime: z.strictObject({
      time: z.string(),
      sourceInstanceIdentifier: z.string().optional(),
      sourceResourceId: z.string().optional(),
      sourceBackupsArn: z.string().optional(),
    }),
  })
  .meta({ title: "From a point in time" });

/**
 * The database of one app: names and types of what `SecureDatabase` takes. What a value may be, and
 * what it is by default, is the component's to say; so are the descriptions in the documentation.
 */
const OwnDatabase = z
  .strictObject({
    name: z.string(),
    user: OwnUser.optional().meta({
      description:
        "A user of its own for the app, with credentials that rotate. The database's secret is then " +
        "the administrator's alone.",
      whenAbsent: "the app logs in as the master user, with a password that does not rotate",
    }),
    username: z.string().optional(),
    masterPassword: z.enum(["generated", "managed"]).optional(),
    engineVersion: z.string().optional(),
    allowMajorVersionUpgrade: z.boolean().optional(),
    instanceClass: z.string().optional(),
    allocatedStorageGiB: z.number().optional(),
    maxAllocatedStorageGiB: z.number().optional(),
    storageType: z.enum(["gp3", "io1", "io2"]).optional(),
    iops: z.number().optional(),
    storageThroughputMiBps: z.number().optional(),
    multiAz: z.boolean().optional(),
    backupRetentionDays: z.number().optional(),
    backupWindow: z.string().optional(),
    maintenanceWindow: z.string().optional(),
    lifecycle: z.enum(["protected", "disposable"]).optional(),
    recoveryWindowDays: z.number().optional(),
    passwordLength: z.number().optional(),
    passwordSpecialCharacters: z.string().optional(),
    kmsKeyArn: z.string().optional(),
    parameters: z.record(z.string(), Parameter).optional(),
    restoreFrom: z.union([Snapshot, PointInTime]).optional(),
    clients: z
      .record(z.string(), z.string())
      .optional()
      .meta({
        description:
          "Who may connect besides the pods: a name of your own for each client, and the id of the " +
          "security group that it carries, e.g. `{ bastion: sg-0123456789abcdef0 }`. Adding or removing " +
          "one does not touch the others.",
        whenAbsent: "the pods alone",
      }),
    secretName: z.string().optional(),
    identifier: z.string().optional(),
    port: z.number().optional(),
    performanceInsights: z.boolean().optional(),
    logRetentionDays: z.number().optional(),
    caCertificateIdentifier: z.string().optional(),
    applyImmediately: z.boolean().optional(),
  })
  .meta({ title: "A database of its own" });

const GuestDatabase = z
  .strictObject({
    of: z
      .string()
      .describe("Name of the app that has the database, with a `user` of its own in it."),
    user: GuestUser.describe("The user of this app in that database."),
  })
  .meta({ title: "The database of another app" });

export const ExistingDatabase = z
  .strictObject({
    secretName: z
      .string()
      .describe(
        "Name of the secret that holds the connection as a JSON object, or its ARN: `host`, `port`, " +
          "`dbname`, `username` and `password`, as AWS writes it. The database must admit the pods' " +
          "security group, and nothing here changes or deletes it.",
      ),
    secretArn: z.string().optional().meta({
      description: "Full ARN of the secret, which makes the app's IAM policy exact.",
      whenAbsent: "the name with six wildcard characters",
    }),
    failoverKmsKeyArn: z.string().optional().meta({
      description: "ARN of the KMS key that encrypts the secret's replica in `failoverRegion`.",
      whenAbsent: "that of `kmsKeyArn` there, where it is a multi-Region key, else none",
    }),
    kmsKeyArn: z.string().optional().meta({
      description: "ARN of the KMS key that encrypts the secret.",
      whenAbsent: "`aws/secretsmanager`, which needs no right of its own",
    }),
    shape: z
      .record(z.string(), z.enum(["string", "number", "boolean"]))
      .optional()
      .meta({
        description:
          "Keys of the secret's JSON and the type of each value: then a key that does not exist is " +
          "refused, and the pod gets a connection file.",
        whenAbsent: "unknown: nothing is said about the keys",
      }),
  })
  .meta({ title: "A database that exists outside the stack" });

const NoDatabase = z.literal(false).meta({ title: "No database" });

/** The database of one app: of its own, a user in another app's, one from outside, or none. */
export const DatabaseSchema = z
  .union([OwnDatabase, GuestDatabase, ExistingDatabase, NoDatabase])
  .describe(
    "The app's own database, that of another app with a user for this one, one that exists outside " +
      "the stack, or `false` for an app that has `moreSecrets` alone.",
  );

export type DatabaseConfig = z.output<typeof DatabaseSchema>;
export type OwnDatabaseConfig = z.output<typeof OwnDatabase>;
export type ExistingDatabaseConfig = z.output<typeof ExistingDatabase>;
export type UserConfig = z.output<typeof OwnUser> | z.output<typeof GuestUser>;
