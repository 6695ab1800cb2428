import { type Properties, type ResourceModel, text } from "./model";

const metadataOf = (inputs: Properties): Record<string, unknown> =>
  (inputs.metadata ?? {}) as Record<string, unknown>;

/** A namespaced or cluster-wide object: Kubernetes echoes it, with a uid of its own. */
const object: ResourceModel = {
  namedBy: ["metadata.name", "metadata.namespace"],
  replaceOn: ["metadata.name", "metadata.namespace", "apiVersion", "kind"],
  computed: ({ inputs, name, identifier }) => {
    const metadata = metadataOf(inputs);
    const objectName = text(metadata.name, identifier(name, 8));
    const namespace = metadata.namespace as string | undefined;
    return {
      id: namespace === undefined ? objectName : `${namespace}/${objectName}`,
      metadata: { ...metadata, name: objectName, uid: identifier("uid", 32) },
    };
  },
};

/** An object some of whose fields Kubernetes, or Pulumi's provider for it, never changes in place. */
const objectWith = (...fixed: readonly string[]): ResourceModel => ({
  ...object,
  replaceOn: [...(object.replaceOn ?? []), ...fixed],
});

const OBJECTS: Readonly<Record<string, ResourceModel>> = {
  "kubernetes:core/v1:Namespace": object,
  "kubernetes:core/v1:ServiceAccount": object,
  "kubernetes:core/v1:ConfigMap": objectWith("data", "binaryData"),
  "kubernetes:core/v1:Service": objectWith("spec.clusterIP", "spec.type"),
  "kubernetes:apps/v1:Deployment": objectWith("spec.selector"),
  "kubernetes:networking.k8s.io/v1:Ingress": object,
  "kubernetes:policy/v1:PodDisruptionBudget": object,
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": object,
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": objectWith("roleRef"),
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass": object,
};

/**
 * Facts about `@pulumi/kubernetes`: https://www.pulumi.com/registry/packages/kubernetes/. Which
 * fields replace an object: https://github.com/pulumi/pulumi-kubernetes, `forceNew` in the provider.
 */
export const kubernetesModels: Readonly<Record<string, ResourceModel>> = {
  ...OBJECTS,
  "kubernetes:helm.sh/v3:Release": {
    required: ["chart"],
    namedBy: ["name", "namespace"],
    replaceOn: ["name", "namespace"],
    computed: ({ inputs, name }) => {
      const release = text(inputs.name, name);
      const namespace = text(inputs.namespace, "default");
      return {
        id: `${namespace}/${release}`,
        name: release,
        namespace,
        status: { status: "deployed", name: release, namespace, version: inputs.version },
      };
    },
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
  },
};
