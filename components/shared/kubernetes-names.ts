const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * What keeps a string from being the name of a Kubernetes object and of its Service, or `undefined`.
 * The name of a Service must start with a letter (RFC 1035), unlike most others.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function nameProblem(name: string, longest = 63): string | undefined {
  if (name.length >= 1 && name.length <= longest && LABEL.test(name)) return undefined;
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
