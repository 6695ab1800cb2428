const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * What keeps a string from being the name of a Kubernetes object and of its Service, or `undefined`.
 * The name of a Service must start with a letter (RFC 1035), unlike most others.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function nameProblem(name: string, longest = 63): string | undefined {
  if (name.length <= longest && LABEL.test(name)) return undefined;
  return (
    `must be 1 to ${longest} lower-case letters, digits and hyphens, ` +
    "start with a letter and not end with a hyphen"
  );
}

/**
 * What keeps a string from being the name of a namespace, or `undefined`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function namespaceProblem(name: string): string | undefined {
  if (name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  return (
    "must be 1 to 63 lower-case letters, digits and hyphens, " +
    "and neither start nor end with a hyphen"
  );
}

/**
 * What keeps a string from being the name of a Secret, ConfigMap or another object whose name is a
 * DNS subdomain, or `undefined`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function subdomainProblem(name: string): string | undefined {
  const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  if (name.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(name)) return undefined;
  return (
    "must be 1 to 253 lower-case letters, digits, hyphens and dots, " +
    "with a letter or digit at both ends of each part between dots"
  );
}

/**
 * What keeps a string from being the key of a label, or `undefined`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function labelKeyProblem(key: string): string | undefined {
  const [name = "", prefix, ...more] = key.split("/").reverse();
  const isName = name.length <= 63 && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(name);
  const isPrefix = prefix === undefined || subdomainProblem(prefix) === undefined;
  if (isName && isPrefix && more.length === 0) return undefined;
  return (
    "must have a key of 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at both " +
    "ends, after a DNS name and '/' where there is one"
  );
}

/** The same for the key of an annotation, whose DNS name may have capitals. */
export const annotationKeyProblem = (key: string): string | undefined =>
  labelKeyProblem(key.toLowerCase());

/** What keeps a string from being the value of a label, or `undefined`. It may be empty. */
export const labelValueProblem = (value: string): string | undefined =>
  value.length <= 63 && /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value)
    ? undefined
    : "must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends";

const ANNOTATION_BYTES = 256 * 1024;

/** Kubernetes counts the annotations of an object together, keys and values. */
export const annotationsSizeProblem = (
  annotations: Readonly<Record<string, unknown>>,
): string | undefined =>
  Buffer.byteLength(Object.entries(annotations).flat().filter(isString).join("")) <=
  ANNOTATION_BYTES
    ? undefined
    : "must not hold more than 256 KiB in all";

const isString = (value: unknown): value is string => typeof value === "string";

/**
 * What keeps a string from being the host of an Ingress, or `undefined`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export function hostProblem(host: string): string | undefined {
  const isAddress = /^\d+(\.\d+){3}$/.test(host);
  if (!isAddress && subdomainProblem(host.replace(/^\*\./, "")) === undefined) return undefined;
  return (
    "must be a DNS name in lower-case letters, such as orders.example.com; " +
    "the first part may be '*', and an IP address is none"
  );
}
