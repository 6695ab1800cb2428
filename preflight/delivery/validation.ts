import { parseArn } from "./arn";
import { type Descriptor, type JmesPathEntry, type SecretType, secretType } from "./descriptor";
import { INVALID_TRANSLATION, mountedFileName, parsePathTranslation } from "./file-names";
import { parseObjects } from "./objects";

/** What the provider makes of `objects`: the entries of each service in order, or its refusal. */
export type ValidatedObjects =
  | {
      readonly ok: true;
      readonly translation: string;
      readonly descriptors: readonly Descriptor[];
    }
  | { readonly ok: false; readonly error: string };

export interface ObjectsRequest {
  /** The parameter `objects`. */
  readonly objects: string;
  /** The parameter `pathTranslation`. @default "" */
  readonly pathTranslation?: string;
  /** The primary region and, if there is one, the failover region. */
  readonly regions: readonly string[];
}

/**
 * Reads and validates `objects` as the provider does before it calls AWS.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_descriptor.go
 */
export function validateObjects(request: ObjectsRequest): ValidatedObjects {
  const translation = parsePathTranslation(request.pathTranslation ?? "");
  if (translation === undefined) return { ok: false, error: INVALID_TRANSLATION };
  const parsed = parseObjects(request.objects);
  if (!parsed.ok) {
    return { ok: false, error: `Failed to load SecretProviderClass: ${parsed.error}` };
  }
  return validateDescriptors(parsed.descriptors, translation, request.regions);
}

/** The same of entries that are read already. */
export function validateDescriptors(
  entries: readonly (Descriptor | null)[],
  translation: string,
  regions: readonly string[],
): ValidatedObjects {
  const descriptors: Descriptor[] = [];
  const duplicates = new DuplicateCheck();
  for (const descriptor of entries) {
    if (descriptor === null) {
      return { ok: false, error: "Empty descriptor entry in SecretProviderClass" };
    }
    const error = descriptorError(descriptor, translation, regions) ?? duplicates.add(descriptor);
    if (error !== undefined) return { ok: false, error };
    descriptors.push(descriptor);
  }
  return { ok: true, translation, descriptors };
}

/** The entries of one service, in the order in which they are fetched. */
export const descriptorsOf = (
  descriptors: readonly Descriptor[],
  type: SecretType,
): readonly Descriptor[] => descriptors.filter((descriptor) => secretType(descriptor) === type);

type Refusal = string | undefined;

function descriptorError(
  descriptor: Descriptor,
  translation: string,
  [region = "", failoverRegion]: readonly string[],
): Refusal {
  const { objectName, objectType, objectVersion, objectVersionLabel } = descriptor;
  if (objectName === "") return "Object name must be specified";
  return (
    nameError(objectName, objectType, region) ??
    (isParameter(descriptor) && objectVersion !== "" && objectVersionLabel !== ""
      ? `ssm parameters can not specify both objectVersion and objectVersionLabel: ${objectName}`
      : undefined) ??
    (/\/\.\.\/|^\.\.\/|\/\.\.$/.test(mountedFileName(descriptor, translation))
      ? `path can not contain ../: ${objectName}`
      : undefined) ??
    permissionError(descriptor.filePermission) ??
    firstError(descriptor.jmesPath, jmesPathError) ??
    failoverError(descriptor, failoverRegion)
  );
}

function nameError(name: string, objectType: string, region: string): Refusal {
  const isArn = name.startsWith("arn:");
  const arn = isArn ? parseArn(name) : undefined;
  if (isArn && arn === undefined) return `Invalid ARN format in object name: ${name}`;
  if (arn !== undefined && arn.region !== region) {
    return `ARN region must match region ${region}: ${name}`;
  }
  if (objectType === "") {
    if (arn === undefined) return `Must use objectType when a full ARN is not specified: ${name}`;
    return serviceType(arn.service) === undefined
      ? `Invalid service in ARN: ${arn.service}`
      : undefined;
  }
  if (serviceType(objectType) === undefined || objectType === "ssm") {
    return `Invalid objectType: ${objectType}`;
  }
  // A service that the provider does not know counts as the Parameter Store here.
  if (arn !== undefined && (serviceType(arn.service) ?? "ssmparameter") !== objectType) {
    return `objectType does not match ARN: ${name}`;
  }
  return undefined;
}

function serviceType(service: string): SecretType | undefined {
  if (service === "secretsmanager") return "secretsmanager";
  return service === "ssm" || service === "ssmparameter" ? "ssmparameter" : undefined;
}

const isParameter = (descriptor: Descriptor): boolean => secretType(descriptor) === "ssmparameter";

/** Whether a `filePermission` is one: nothing, or four octal digits. */
const permissionError = (permission: string): Refusal =>
  permission === "" || /^[0-7]{4}$/.test(permission)
    ? undefined
    : `Invalid File Permission: ${permission}`;

function jmesPathError({ path, objectAlias, filePermission }: JmesPathEntry): Refusal {
  if (path === "") return "Path must be specified for JMES object";
  if (objectAlias === "") return "Object alias must be specified for JMES object";
  return permissionError(filePermission);
}

/** A failover object without a name is ignored, whatever else it says. */
function failoverError(descriptor: Descriptor, failoverRegion: string | undefined): Refusal {
  const { objectName, objectAlias, objectType, failoverObject } = descriptor;
  if (failoverObject.objectName === "") return undefined;
  if (objectAlias === "") {
    return `object alias must be specified for objects with failover entries: ${objectName}`;
  }
  if (failoverRegion === undefined) {
    return `failover object allowed only when failover region is defined: ${objectName}`;
  }
  const invalidName = nameError(failoverObject.objectName, objectType, failoverRegion);
  if (invalidName !== undefined) return invalidName;
  const { objectVersion, objectVersionLabel } = failoverObject;
  if (isParameter(descriptor) && objectVersion !== "" && objectVersionLabel !== "") {
    return `ssm parameters can not specify both objectVersion and objectVersionLabel: ${objectName}`;
  }
  return objectVersion === descriptor.objectVersion
    ? undefined
    : `object versions must match between primary and failover regions: ${objectName}`;
}

function firstError<T>(items: readonly T[], errorOf: (item: T) => Refusal): Refusal {
  for (const item of items) {
    const error = errorOf(item);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Names and aliases seen so far. Of several entries with one name only the last is compared. */
class DuplicateCheck {
  private readonly names = new Map<string, Descriptor>();
  private readonly aliases = new Set<string>();

  add(descriptor: Descriptor): Refusal {
    const { objectName, objectAlias, jmesPath } = descriptor;
    const found = this.names.get(objectName);
    const duplicate = found === undefined ? undefined : duplicateName(descriptor, found);
    if (duplicate !== undefined) return duplicate;
    this.names.set(objectName, descriptor);
    if (!this.take(objectAlias)) return `found duplicate object alias ${objectAlias}`;
    return firstError(jmesPath, (entry) =>
      this.take(entry.objectAlias)
        ? undefined
        : `Name already in use for objectAlias: found duplicate object alias ${entry.objectAlias} in JMES path entry ${entry.path}`,
    );
  }

  private take(alias: string): boolean {
    if (this.aliases.has(alias)) return false;
    if (alias !== "") this.aliases.add(alias);
    return true;
  }
}

/** Two entries of one name must differ in alias or label; one that only one of them has is enough. */
function duplicateName(descriptor: Descriptor, found: Descriptor): Refusal {
  const { objectName, objectAlias: alias, objectVersionLabel: label } = descriptor;
  if (alias !== found.objectAlias || label !== found.objectVersionLabel) return undefined;
  const aliasPart = alias === "" ? "no object alias" : `duplicate object alias ${alias}`;
  const labelPart = label === "" ? "no version label" : `duplicate version label ${label}`;
  return `found descriptor with duplicate object name ${objectName}, ${aliasPart}, and ${labelPart}`;
}
