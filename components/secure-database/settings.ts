import type * as aws from "@pulumi/aws";
import { ArgError } from "../shared/arg-error";
import type { SecureDatabaseArgs } from "./args";
import { checkInstanceClass, storage, type Storage } from "./capacity";
import { engineVersion, type EngineVersion } from "./engine";
import {
  checkClientName,
  checkComponentName,
  checkDatabaseName,
  checkIdentifier,
  checkSecretName,
  checkUsername,
} from "./identifiers";
import { parameterList } from "./parameters";
import { passwordPolicy, type PasswordPolicy } from "./password-policy";
import {
  checkBackupRetention,
  checkLifecycle,
  checkLogRetention,
  checkRecoveryWindow,
} from "./retention";
import { checkWholeNumber } from "./whole-number";
import { checkWindows } from "./windows";

export const DEFAULTS = {
  username: "app_owner",
  engineVersion: "17",
  allowMajorVersionUpgrade: false,
  instanceClass: "db.t4g.micro",
  allocatedStorageGiB: 20,
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

/** The plain arguments with every gap filled and every rule kept. */
export interface DatabaseSettings {
  readonly engine: EngineVersion;
  readonly allowMajorVersionUpgrade: boolean;
  readonly instanceClass: string;
  readonly storage: Storage;
  readonly multiAz: boolean;
  readonly databaseName: string;
  /** Absent when restoring: the user comes with the snapshot. */
  readonly username?: string;
  readonly password: PasswordPolicy;
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

/**
 * Fills and checks the arguments that are plain values. `component` is how errors call the
 * component, `name` the name of this one. Throws `ArgError` on the first mistake.
 */
export function resolveSettings(
  component: string,
  name: string,
  args: SecureDatabaseArgs,
): DatabaseSettings {
  const lifecycle = args.lifecycle ?? DEFAULTS.lifecycle;
  checkLifecycle(component, lifecycle);

  const settings = {
    engine: engineVersion(component, args.engineVersion ?? DEFAULTS.engineVersion),
    allowMajorVersionUpgrade: args.allowMajorVersionUpgrade ?? DEFAULTS.allowMajorVersionUpgrade,
    instanceClass: args.instanceClass ?? DEFAULTS.instanceClass,
    storage: storage(
      component,
      args.allocatedStorageGiB ?? DEFAULTS.allocatedStorageGiB,
      args.maxAllocatedStorageGiB,
    ),
    multiAz: args.multiAz ?? DEFAULTS.multiAz,
    databaseName: args.databaseName,
    username: args.restoreFrom === undefined ? (args.username ?? DEFAULTS.username) : undefined,
    password: passwordPolicy(
      component,
      args.passwordLength ?? DEFAULTS.passwordLength,
      args.passwordSpecialCharacters ?? DEFAULTS.passwordSpecialCharacters,
    ),
    parameters: parameterList(component, args.parameters ?? {}),
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

  checkNames(component, name, args, settings);
  checkInstanceClass(component, settings.instanceClass);
  checkWholeNumber(component, "port", settings.port, { from: 1150, to: 65_535 });
  checkBackupRetention(component, settings.backupRetentionDays, lifecycle);
  checkRecoveryWindow(component, settings.recoveryWindowDays, lifecycle);
  checkLogRetention(component, settings.logRetentionDays);
  checkWindows(component, settings.backupWindow, settings.maintenanceWindow);
  return settings;
}

function checkNames(
  component: string,
  name: string,
  { clients, restoreFrom, username }: SecureDatabaseArgs,
  settings: DatabaseSettings,
): void {
  checkComponentName(component, name);
  checkDatabaseName(component, settings.databaseName);
  if (settings.username !== undefined) checkUsername(component, settings.username);
  if (settings.identifier !== undefined) checkIdentifier(component, settings.identifier);
  if (settings.secretName !== undefined) checkSecretName(component, settings.secretName);
  if (restoreFrom !== undefined && username !== undefined) {
    throw new ArgError(
      component,
      "username",
      `must be left out with 'restoreFrom': the user comes with the snapshot; got "${username}"`,
    );
  }
  const names = Object.keys(clients);
  if (names.length === 0) {
    throw new ArgError(
      component,
      "clients",
      "must name at least one security group, or nobody could connect; got none; " +
        "for pods pass the cluster's: { cluster: securityGroupId }",
    );
  }
  for (const client of names) checkClientName(component, client);
}
