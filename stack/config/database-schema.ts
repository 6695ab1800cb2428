import { z } from "zod";
import { DATABASE_DEFAULTS as DEFAULTS, SUPPORTED_MAJORS } from "../../components";
import { kmsKeyArn } from "./values";

const Parameter = z.strictObject({
  value: z.string().describe("As RDS writes it: text in quotes, in the parameter's own unit."),
  apply: z
    .enum(["immediate", "pending-reboot"])
    .describe("`immediate` for dynamic parameters only; a static one waits for the next restart."),
});

/**
 * The database of one app. Which values are allowed is decided by `SecureDatabase`: the schema knows
 * names and types only, and the component's own checks run on what it lets through.
 */
export const DatabaseSchema = z
  .strictObject({
    name: z
      .string()
      .describe(
        "Name of the database: lower-case letters, digits and underscores. Changing it replaces the " +
          "instance and its data.",
      ),
    username: z
      .string()
      .optional()
      .meta({
        description:
          "The master user, who owns the database. Changing it replaces the instance and its data. " +
          "Leave it out with `restoreFrom`.",
        whenAbsent: `\`${DEFAULTS.username}\``,
      }),
    engineVersion: z
      .string()
      .default(DEFAULTS.engineVersion)
      .describe(
        `PostgreSQL major version in quotes (${SUPPORTED_MAJORS.join(", ")}), which then follows minor ` +
          'upgrades, or a full one ("17.4"), which stays. A higher major version needs ' +
          "`allowMajorVersionUpgrade` and means minutes without the database.",
      ),
    allowMajorVersionUpgrade: z
      .boolean()
      .default(DEFAULTS.allowMajorVersionUpgrade)
      .describe("Lets a new `engineVersion` cross to another major version."),
    instanceClass: z
      .string()
      .default(DEFAULTS.instanceClass)
      .describe("Size of the instance. Changing it restarts the database."),
    allocatedStorageGiB: z
      .number()
      .default(DEFAULTS.allocatedStorageGiB)
      .describe("Storage to start with, in GiB, 20 to 65,536. It can grow and never shrink."),
    maxAllocatedStorageGiB: z
      .number()
      .optional()
      .meta({
        description:
          "How far RDS may grow the storage by itself, in GiB; as much as `allocatedStorageGiB` for " +
          "no growth.",
        whenAbsent: "100, or twice `allocatedStorageGiB` where that is more",
      }),
    multiAz: z
      .boolean()
      .default(DEFAULTS.multiAz)
      .describe("Keeps a standby in a second availability zone, at about twice the price."),
    backupRetentionDays: z
      .number()
      .default(DEFAULTS.backupRetentionDays)
      .describe("Days of point-in-time recovery, 0 to 35; 0 only when `disposable`."),
    backupWindow: z
      .string()
      .default(DEFAULTS.backupWindow)
      .describe("`hh:mm-hh:mm` in UTC, half an hour at least, apart from `maintenanceWindow`."),
    maintenanceWindow: z
      .string()
      .default(DEFAULTS.maintenanceWindow)
      .describe("`ddd:hh:mm-ddd:hh:mm` in UTC, half an hour at least."),
    lifecycle: z
      .enum(["protected", "disposable"])
      .default(DEFAULTS.lifecycle)
      .describe(
        "`protected`: deletion protection, Pulumi's `protect`, a final snapshot, a recovery window " +
          "for the secret. `disposable`: none of these. To delete a protected database set " +
          "`disposable`, `pulumi up`, then `pulumi destroy`.",
      ),
    recoveryWindowDays: z
      .number()
      .optional()
      .meta({
        description:
          "Days for which a deleted secret can be brought back, 7 to 30, or 0 to delete it at once; " +
          "its name stays taken that long.",
        whenAbsent: "30 when `protected`, 0 when `disposable`",
      }),
    passwordLength: z
      .number()
      .default(DEFAULTS.passwordLength)
      .describe("Characters of the password, 16 to 128. Changing it makes a new password."),
    passwordSpecialCharacters: z
      .string()
      .default(DEFAULTS.passwordSpecialCharacters)
      .describe("Punctuation besides letters and digits: any of `-._~`. Makes a new password too."),
    kmsKeyArn: kmsKeyArn()
      .optional()
      .meta({
        description:
          "ARN of a KMS key for storage, Performance Insights and secret. Changing it replaces the " +
          "instance and its data.",
        whenAbsent: "the AWS managed keys",
      }),
    parameters: z.record(z.string(), Parameter).optional().meta({
      description: "Further parameters of PostgreSQL, by name. `rds.force_ssl` is always 1.",
      whenAbsent: "RDS's defaults",
    }),
    restoreFrom: z
      .strictObject({
        snapshotIdentifier: z
          .string()
          .describe("Identifier of the snapshot, or its ARN where it is shared."),
      })
      .optional()
      .meta({
        description:
          "Makes the database from a snapshot. Adding, changing or removing it later replaces the " +
          "instance and its data.",
        whenAbsent: "an empty database",
      }),
    secretName: z
      .string()
      .optional()
      .meta({
        description:
          "Fixed name of the secret; not ending in a hyphen and six characters. Changing it makes a " +
          "new secret.",
        whenAbsent: "the app's name, `-connection-` and a suffix",
      }),
    identifier: z.string().optional().meta({
      description: "Fixed identifier of the RDS instance. Changing it changes the host name.",
      whenAbsent: "the app's name and a random suffix",
    }),
    port: z
      .number()
      .default(DEFAULTS.port)
      .describe("Port, 1150 to 65,535. Changing it restarts the database."),
    performanceInsights: z
      .boolean()
      .default(DEFAULTS.performanceInsights)
      .describe("Collects Performance Insights for seven days, which is free."),
    logRetentionDays: z
      .number()
      .default(DEFAULTS.logRetentionDays)
      .describe(
        "Days for which CloudWatch keeps PostgreSQL's logs: a value that CloudWatch knows.",
      ),
    caCertificateIdentifier: z
      .string()
      .default(DEFAULTS.caCertificateIdentifier)
      .describe("Certificate authority of the server's certificate; clients need its root first."),
    applyImmediately: z.boolean().optional().meta({
      description: "Applies changes at once, restarts included, not in the maintenance window.",
      whenAbsent: "`false` when `protected`, `true` when `disposable`",
    }),
  })
  .describe("The app's own database.");

export type DatabaseConfig = z.output<typeof DatabaseSchema>;
