import { type Properties, type ResourceModel, text } from "./model";

const metadataOf = (inputs: Properties): Record<string, unknown> =>
  (inputs.metadata ?? {}) as Record<string, unknown>;

/** A namespaced or cluster-wide object: Kubernetes echoes it, with a uid of its own. */
const object: ResourceModel = {
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

const OBJECTS = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:core/v1:ServiceAccount",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:Service",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass",
];

/** Facts about `@pulumi/kubernetes`: https://www.pulumi.com/registry/packages/kubernetes/ */
export const kubernetesModels: Readonly<Record<string, ResourceModel>> = {
  ...Object.fromEntries(OBJECTS.map((type) => [type, object])),
  "kubernetes:helm.sh/v3:Release": {
    required: ["chart"],
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
