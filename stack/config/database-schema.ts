import { z } from "zod";

const Parameter = z.strictObject({
  value: z.string(),
  apply: z.enum(["immediate", "pending-reboot"]),
});

/**
 * The database of one app: names and types of what `SecureDatabase` takes. What a value may be, and
 * what it is by default, is the component's to say; so are the descriptions in the documentation.
 */
export const DatabaseSchema = z
  .strictObject({
    name: z.string(),
    username: z.string().optional(),
    engineVersion: z.string().optional(),
    allowMajorVersionUpgrade: z.boolean().optional(),
    instanceClass: z.string().optional(),
    allocatedStorageGiB: z.number().optional(),
    maxAllocatedStorageGiB: z.number().optional(),
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
    restoreFrom: z.strictObject({ snapshotIdentifier: z.string() }).optional(),
    secretName: z.string().optional(),
    identifier: z.string().optional(),
    port: z.number().optional(),
    performanceInsights: z.boolean().optional(),
    logRetentionDays: z.number().optional(),
    caCertificateIdentifier: z.string().optional(),
    applyImmediately: z.boolean().optional(),
  })
  .describe("The app's own database.");
