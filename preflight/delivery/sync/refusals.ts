import type { SyncedSecret } from "../types";

/** Bytes of all values of a Secret together. */
const MAX_SECRET_BYTES = 1024 * 1024;

/** Keys that the API server asks for, by type of the Secret; one of the inner lists must be there. */
const REQUIRED_KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "kubernetes.io/tls": [["tls.crt", "tls.key"]],
  "kubernetes.io/basic-auth": [["username"], ["password"]],
  "kubernetes.io/ssh-auth": [["ssh-privatekey"]],
  "kubernetes.io/dockercfg": [[".dockercfg"]],
  "kubernetes.io/dockerconfigjson": [[".dockerconfigjson"]],
};

/**
 * Why the API server refuses a Secret, if it does.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
 */
export function apiServerRefusal({
  name,
  type,
  data,
}: Pick<SyncedSecret, "name" | "type" | "data">): string | undefined {
  if (
    name.length > 253 ||
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)
  ) {
    return `metadata.name "${name}" is no DNS subdomain name`;
  }
  const keys = Object.keys(data);
  const invalid = keys.find(
    (key) => key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key) || /^\.\.?$|^\.\./.test(key),
  );
  if (invalid !== undefined) {
    return `data key "${invalid}" may consist of letters, digits, '-', '_' and '.' only`;
  }
  const size = Object.values(data).reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  if (size > MAX_SECRET_BYTES) return `data: at most ${MAX_SECRET_BYTES} bytes, not ${size}`;
  const required = Object.hasOwn(REQUIRED_KEYS, type) ? (REQUIRED_KEYS[type] ?? []) : [];
  if (required.length === 0 || required.some((all) => all.every((key) => keys.includes(key)))) {
    return undefined;
  }
  const choices = required.map((all) => all.join(" and ")).join(" or ");
  return `a Secret of type ${type} must have ${choices}`;
}
