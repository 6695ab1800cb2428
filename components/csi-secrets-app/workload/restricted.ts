/**
 * What the restricted pod security standard asks of a pod. Each has an object of its own, which a transform
 * may change.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const restrictedPod = () => ({
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
});

/** What it asks of a container, and a root file system that nothing writes to. */
export const restrictedContainer = () => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
});
