import { CallLog, RegionClient } from "./aws/client";
import { type SecretType } from "./descriptor";
import { driverRefusal, writtenByDriver } from "./driver-files";
import type { FetchContext, FetchService } from "./fetch";
import { fetchParameters } from "./fetch-parameters";
import { fetchSecrets } from "./fetch-secrets";
import { parsePathTranslation } from "./file-names";
import { type MountSettings, POD_ATTRIBUTES, readAttributes } from "./mount-attributes";
import type { SecretValue } from "./secret-value";
import { syncSecrets } from "./sync/sync-secrets";
import type { DeliveredFile, Delivery, DeliveryRequest, FailedDelivery } from "./types";
import {
  descriptorsOf,
  validateDescriptors,
  validateObjects,
  type ValidatedObjects,
} from "./validation";
import { deliveredFile, writeFiles } from "./write-files";

/** Permission that driver 1.6.0 asks for: 0644. */
const DRIVER_PERMISSION = "420";

/** What the driver gets from a provider that dies during a call. */
const CRASH = "error reading from server: EOF";

const SERVICES: Readonly<Record<SecretType, FetchService>> = {
  secretsmanager: fetchSecrets,
  ssmparameter: fetchParameters,
};

/**
 * What a pod finds of a SecretProviderClass: the files of its mount and the Secrets that the driver
 * makes of them, or the refusal of the AWS provider 3.1.1 or of the driver 1.6.0, in its own words.
 * It calls nothing, and throws for no input.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/server/server.go
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go
 */
export function predictDelivery(request: DeliveryRequest): Delivery {
  const { existingFiles = {}, driverWrites = false, faults = [] } = request;
  const log: string[] = [];
  const calls = new CallLog(faults);
  const trace = { log, apiCalls: calls.calls };
  const refuse = (error: string, more: Partial<FailedDelivery> = {}): Delivery => ({
    ok: false,
    refusedBy: "provider",
    error,
    code: "UNKNOWN",
    files: before,
    ...trace,
    ...more,
  });
  const before = writeFiles([], 0, existingFiles).files;

  const attributes = mountAttributes(request);
  const settings = readAttributes(
    attributes,
    request.permission ?? DRIVER_PERMISSION,
    request.cluster ?? {},
  );
  if (!settings.ok) {
    log.push(...settings.log);
    return refuse(settings.error);
  }
  const objects = validated(request, attributes, settings.regions);
  if (!objects.ok) {
    log.push(`E: Failure reading descriptor list: ${objects.error}`);
    return refuse(objects.error);
  }

  const context = fetchContext(request, settings, calls, objects.translation, log);
  const values: SecretValue[] = [];
  for (const type of serviceOrder(request.firstService)) {
    const fetched = SERVICES[type](descriptorsOf(objects.descriptors, type), context);
    if (!fetched.ok) {
      if (fetched.crashes) {
        log.push(fetched.error);
        return refuse(CRASH, { code: "UNAVAILABLE", fetch: fetched.failure });
      }
      log.push(`E: Failure getting secret values from provider type ${type}: ${fetched.error}`);
      return refuse(fetched.error, { fetch: fetched.failure });
    }
    values.push(...fetched.values);
  }

  const written = driverWrites
    ? { files: values.map((value) => deliveredFile(value, settings.fileMode)) }
    : writeFiles(values, settings.fileMode, existingFiles);
  if (written.error !== undefined) return refuse(written.error, { files: written.files });

  const versions = Object.fromEntries(context.versions);
  const refusal = driverRefusal(driverWrites ? written.files : [], context.versions);
  if (refusal !== undefined) {
    return refuse(refusal, {
      refusedBy: "driver",
      files: driverWrites ? before : written.files,
      offered: { files: written.files, versions },
    });
  }
  const files: readonly DeliveredFile[] = driverWrites
    ? writtenByDriver(written.files)
    : written.files;
  const { secrets, errors } = syncSecrets(request.secretObjects ?? [], files);
  return { ok: true, files, secrets, syncErrors: errors, versions, ...trace };
}

function validated(
  { descriptors }: DeliveryRequest,
  { objects = "", pathTranslation = "" }: Readonly<Record<string, string>>,
  regions: readonly string[],
): ValidatedObjects {
  const translation = parsePathTranslation(pathTranslation);
  return descriptors === undefined || translation === undefined
    ? validateObjects({ objects, pathTranslation, regions })
    : validateDescriptors(descriptors, translation, regions);
}

/** The parameters, and over them the volume attributes of the pod, as the driver merges them. */
function mountAttributes({ parameters, attributes = {} }: DeliveryRequest): Record<string, string> {
  const merged: Record<string, string | null> = { ...parameters, ...POD_ATTRIBUTES, ...attributes };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

function fetchContext(
  request: DeliveryRequest,
  { regions, usePodIdentity }: MountSettings & { readonly ok: true },
  calls: CallLog,
  translation: string,
  log: string[],
): FetchContext {
  return {
    regions: regions.map((region, at) => ({
      client: new RegionClient(region, calls, usePodIdentity),
      data: (at === 0 ? request.primary : request.failover) ?? {},
      failover: at > 0,
    })),
    translation,
    versions: new Map(Object.entries(request.currentVersions ?? {})),
    existingFiles: request.existingFiles ?? {},
    log,
  };
}

const serviceOrder = (first: SecretType = "secretsmanager"): readonly SecretType[] =>
  first === "secretsmanager"
    ? ["secretsmanager", "ssmparameter"]
    : ["ssmparameter", "secretsmanager"];

/**
 * The message of the pod's `FailedMount` event, where users meet a refusal.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go
 */
export function mountEventMessage(
  delivery: Delivery & { readonly ok: false },
  pod: { readonly namespace: string; readonly name: string },
): string {
  const code = delivery.code === "UNAVAILABLE" ? "Unavailable" : "Unknown";
  const status = delivery.refusedBy === "provider" ? `rpc error: code = ${code} desc = ` : "";
  return `failed to mount secrets store objects for pod ${pod.namespace}/${pod.name}, err: ${status}${delivery.error}`;
}
