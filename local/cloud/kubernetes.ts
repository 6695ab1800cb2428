import { type CitedModel, type Properties, text } from "./model";

const PROVIDER = "https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider";

const metadataOf = (inputs: Properties): Record<string, unknown> =>
  (inputs.metadata ?? {}) as Record<string, unknown>;

/** A namespaced or cluster-wide object: Kubernetes echoes it, with a uid of its own. */
const object: CitedModel = {
  namedBy: ["metadata.name", "metadata.namespace"],
  replaceOn: ["metadata.name", "metadata.namespace"],
  computed: ({ inputs, name, identifier }) => {
    const metadata = metadataOf(inputs);
    const objectName = text(metadata.name, identifier(name, 8));
    const namespace = metadata.namespace as string | undefined;
    return {
      id: namespace === undefined ? objectName : `${namespace}/${objectName}`,
      metadata: { ...metadata, name: objectName, uid: identifier("uid", 32) },
    };
  },
  source: `${PROVIDER}/diff.go`,
};

/** An object some of whose fields Kubernetes, or Pulumi's provider for it, never changes in place. */
const objectWith = (...fixed: readonly string[]): CitedModel => ({
  ...object,
  replaceOn: [...(object.replaceOn ?? []), ...fixed],
});

const OBJECTS: Readonly<Record<string, CitedModel>> = {
  "kubernetes:core/v1:Namespace": object,
  "kubernetes:core/v1:ServiceAccount": object,
  "kubernetes:core/v1:ConfigMap": objectWith("data", "binaryData"),
  "kubernetes:core/v1:Service": objectWith("spec.clusterIP"),
  "kubernetes:apps/v1:Deployment": objectWith("spec.selector"),
  "kubernetes:networking.k8s.io/v1:Ingress": object,
  "kubernetes:policy/v1:PodDisruptionBudget": object,
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": object,
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": objectWith("roleRef"),
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass": object,
};

/** Facts about `@pulumi/kubernetes`. */
export const kubernetesModels: Readonly<Record<string, CitedModel>> = {
  ...OBJECTS,
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
    source: `${PROVIDER}/helm_release.go`,
  },
};
