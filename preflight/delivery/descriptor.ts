/** A value of a secret's JSON that gets a file of its own. */
export interface JmesPathEntry {
  readonly path: string;
  readonly objectAlias: string;
  /** Four octal digits; empty: the permission of the entry around it. */
  readonly filePermission: string;
}

/** The secret to read in the failover region, where it differs. */
export interface FailoverObject {
  readonly objectName: string;
  readonly objectVersion: string;
  readonly objectVersionLabel: string;
}

/**
 * One entry of `objects` in a SecretProviderClass. Every text is empty where nothing was given.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_descriptor.go
 */
export interface Descriptor {
  readonly objectName: string;
  readonly objectAlias: string;
  readonly objectVersion: string;
  readonly objectVersionLabel: string;
  readonly objectType: string;
  readonly filePermission: string;
  readonly jmesPath: readonly JmesPathEntry[];
  readonly failoverObject: FailoverObject;
}

/** The two services a secret can come from. */
export type SecretType = "secretsmanager" | "ssmparameter";

/** The service of an entry, from its `objectType` or its ARN. The entry is a valid one. */
export function secretType({ objectType, objectName }: Descriptor): SecretType {
  const service = objectType || (objectName.split(":")[2] ?? "");
  return service === "secretsmanager" ? "secretsmanager" : "ssmparameter";
}

/** Name of the secret to ask for in a region; the failover object has its own, if it says so. */
export function nameInRegion(descriptor: Descriptor, failover: boolean): string {
  return (failover && descriptor.failoverObject.objectName) || descriptor.objectName;
}

export function versionInRegion(descriptor: Descriptor, failover: boolean): string {
  return (failover && descriptor.failoverObject.objectVersion) || descriptor.objectVersion;
}

export function labelInRegion(descriptor: Descriptor, failover: boolean): string {
  return (
    (failover && descriptor.failoverObject.objectVersionLabel) || descriptor.objectVersionLabel
  );
}
