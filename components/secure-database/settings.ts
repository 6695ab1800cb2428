import type * as aws from "@pulumi/aws";
import type { SecureDatabaseArgs } from "./args";
import { storage, type Storage } from "./capacity";
import type { Performance } from "./performance";
import { engineVersion, type EngineVersion } from "./engine";
import { parameterList } from "./parameters";
import { passwordPolicy, type PasswordPolicy } from "./password-policy";

/** What an argument is when it is left out; some depend on the lifecycle. */
export const DEFAULTS = {
  username: "app_owner",
  masterPassword: "generated",
  engineVersion: "17",
  allowMajorVersionUpgrade: false,
  instanceClass: "db.t4g.micro",
  allocatedStorageGiB: 20,
  storageType: "gp3",
  multiAz: false,
  backupRetentionDays: 7,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:03:30-sun:04:30",
  lifecycle: "protected",
  recoveryWindowDays: { protected: 30, disposable: 0 },
  applyImmediately: { protected: false, disposable: true },
  passwordLength: 32,
  passwordSpecialCharacters: "",
  port: 5432,
  performanceInsights: true,
  logRetentionDays: 30,
  caCertificateIdentifier: "rds-ca-rsa2048-g1",
} as const;

/** The plain arguments with every gap filled. */
export interface DatabaseSettings {
  readonly engine: EngineVersion;
  readonly allowMajorVersionUpgrade: boolean;
  readonly instanceClass: string;
  readonly storage: Storage & Performance;
  readonly multiAz: boolean;
  readonly databaseName: string;
  /** Absent when restoring: the user comes with the snapshot. */
  readonly username?: string;
  /** Absent where RDS makes the password and keeps it. */
  readonly password?: PasswordPolicy;
  readonly parameters: aws.types.input.rds.ParameterGroupParameter[];
  readonly backupRetentionDays: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  readonly isProtected: boolean;
  readonly recoveryWindowDays: number;
  readonly secretName?: string;
  readonly identifier?: string;
  readonly port: number;
  readonly performanceInsights: boolean;
  readonly logRetentionDays: number;
  readonly caCertificateIdentifier: string;
  readonly applyImmediately: boolean;
}

/** Fills the gaps of arguments that have no problem. */
export function resolveSettings(args: SecureDatabaseArgs): DatabaseSettings {
  const lifecycle = args.lifecycle ?? DEFAULTS.lifecycle;
  return {
    engine: engineVersion(args.engineVersion ?? DEFAULTS.engineVersion),
    allowMajorVersionUpgrade: args.allowMajorVersionUpgrade ?? DEFAULTS.allowMajorVersionUpgrade,
    instanceClass: args.instanceClass ?? DEFAULTS.instanceClass,
    storage: {
      ...storage(
        args.allocatedStorageGiB ?? DEFAULTS.allocatedStorageGiB,
        args.maxAllocatedStorageGiB,
      ),
      storageType: args.storageType ?? DEFAULTS.storageType,
      iops: args.iops,
      throughputMiBps: args.storageThroughputMiBps,
    },
    multiAz: args.multiAz ?? DEFAULTS.multiAz,
    databaseName: args.databaseName,
    username: args.restoreFrom === undefined ? (args.username ?? DEFAULTS.username) : undefined,
    password:
      args.masterPassword === "managed"
        ? undefined
        : passwordPolicy(
            args.passwordLength ?? DEFAULTS.passwordLength,
            args.passwordSpecialCharacters ?? DEFAULTS.passwordSpecialCharacters,
          ),
    parameters: parameterList(args.parameters ?? {}),
    backupRetentionDays: args.backupRetentionDays ?? DEFAULTS.backupRetentionDays,
    backupWindow: args.backupWindow ?? DEFAULTS.backupWindow,
    maintenanceWindow: args.maintenanceWindow ?? DEFAULTS.maintenanceWindow,
    isProtected: lifecycle === "protected",
    recoveryWindowDays: args.recoveryWindowDays ?? DEFAULTS.recoveryWindowDays[lifecycle],
    secretName: args.secretName,
    identifier: args.identifier,
    port: args.port ?? DEFAULTS.port,
    performanceInsights: args.performanceInsights ?? DEFAULTS.performanceInsights,
    logRetentionDays: args.logRetentionDays ?? DEFAULTS.logRetentionDays,
    caCertificateIdentifier: args.caCertificateIdentifier ?? DEFAULTS.caCertificateIdentifier,
    applyImmediately: args.applyImmediately ?? DEFAULTS.applyImmediately[lifecycle],
  };
}
