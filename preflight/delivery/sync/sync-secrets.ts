import { trimSpace } from "../go/text";
import type { DeliveredFile, SecretObject, SyncedSecret, SyncedValue } from "../types";
import { apiServerRefusal } from "./refusals";
import { certificatePart } from "./tls";

/** Label that the driver puts on every Secret it makes. */
const MANAGED_LABEL = "secrets-store.csi.k8s.io/managed";
const TLS_TYPE = "kubernetes.io/tls";

type Data =
  | { readonly ok: true; readonly data: Readonly<Record<string, SyncedValue>> }
  | { readonly ok: false; readonly error: string };

/**
 * The Secrets that the driver makes of the files in the mount, and why it does not make others.
 * Names, keys and types are trimmed, values are not. Of two entries with one name the later one's
 * Secret replaces the earlier one's, unless the API server refuses it. Refused ones come last.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/controllers/secretproviderclasspodstatus_controller.go
 */
export function syncSecrets(
  secretObjects: readonly SecretObject[],
  files: readonly DeliveredFile[],
): { readonly secrets: readonly SyncedSecret[]; readonly errors: readonly string[] } {
  const mounted = mountedFiles(files);
  const made = new Map<string, SyncedSecret>();
  const refused: SyncedSecret[] = [];
  const errors: string[] = [];
  for (const object of secretObjects) {
    const invalid = objectError(object);
    if (invalid !== undefined) {
      errors.push(invalid);
      continue;
    }
    const type = trimSpace(object.type ?? "") || "Opaque";
    const data = secretData(object.data ?? [], type, mounted);
    if (!data.ok) {
      errors.push(data.error);
      continue;
    }
    const secret = {
      name: trimSpace(object.secretName ?? ""),
      type,
      data: data.data,
      labels: { ...object.labels, [MANAGED_LABEL]: "true" },
      annotations: { ...object.annotations },
    };
    const refusal = apiServerRefusal(secret) ?? typeRefusal(secret, made.get(secret.name));
    if (refusal === undefined) made.set(secret.name, secret);
    else refused.push({ ...secret, refusal });
  }
  return { secrets: [...made.values(), ...refused], errors };
}

/** The type of a Secret cannot be changed, so the first one stays. */
const typeRefusal = (
  { name, type }: SyncedSecret,
  existing: SyncedSecret | undefined,
): string | undefined =>
  existing === undefined || existing.type === type
    ? undefined
    : `Secret "${name}" has the type ${existing.type} already, which cannot be changed to ${type}`;

/**
 * Files that can be synced, by path: those whose name starts with `..` are the driver's own.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/fileutil/filesystem.go
 */
const mountedFiles = (files: readonly DeliveredFile[]): ReadonlyMap<string, DeliveredFile> =>
  new Map(
    files.filter(({ path }) => !path.startsWith("..")).map((file) => [file.path, file] as const),
  );

/** @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/secretutil/secret.go */
function objectError({ secretName, type, data }: SecretObject): string | undefined {
  if (!secretName) return "secret name is empty";
  // An empty type stops the Secret, although one of spaces only means Opaque.
  if (!type) return "secret type is empty";
  return data === undefined || data.length === 0 ? "data is empty" : undefined;
}

function secretData(
  entries: NonNullable<SecretObject["data"]>,
  type: string,
  files: ReadonlyMap<string, DeliveredFile>,
): Data {
  const data = new Map<string, SyncedValue>();
  for (const entry of entries) {
    const objectName = trimSpace(entry.objectName ?? "");
    const key = trimSpace(entry.key ?? "");
    if (objectName === "") return { ok: false, error: "object name in secretObjects.data" };
    if (key === "") return { ok: false, error: "key in secretObjects.data is empty" };
    const file = files.get(objectName);
    if (file === undefined) {
      return { ok: false, error: `file matching objectName ${objectName} not found in the pod` };
    }
    const part =
      type === TLS_TYPE
        ? certificatePart(file.content, key)
        : { ok: true as const, content: file.content };
    if (!part.ok) {
      const error = `failed to get cert data from file <TARGET>/${file.path}, err: ${part.error}`;
      return { ok: false, error };
    }
    const { content } = part;
    data.set(key, { file: file.path, ...(content !== undefined && { content }) });
  }
  return { ok: true, data: Object.fromEntries(data) };
}
