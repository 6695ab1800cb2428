import type * as kubernetes from "@pulumi/kubernetes";

/**
 * Where EKS is believed to install the add-on unless told otherwise. No AWS document says so; pass
 * `addonNamespace` to be certain.
 */
export const ADDON_NAMESPACE = "aws-secrets-manager";

/** What the driver needs to keep a Kubernetes Secret in step with a mount. */
export const SYNC_RULES: kubernetes.types.input.rbac.v1.PolicyRule[] = [
  {
    apiGroups: [""],
    resources: ["secrets"],
    verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
  },
];

/** The driver's own ServiceAccount; its name is fixed in the chart. */
export function syncSubject(namespace: string): kubernetes.types.input.rbac.v1.Subject {
  return { kind: "ServiceAccount", name: "secrets-store-csi-driver", namespace };
}
