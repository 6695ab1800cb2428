import { bindingCheck, bindingRules, clusterBindingRules, roleCheck, roleRules } from "./access";
import { autoscalerCheck, autoscalerRules } from "./autoscaling";
import { type Check, checks, noNullInLists, unlessEmpty } from "./checks";
import { configMapCheck, configMapRules, providerClassRules } from "./config";
import * as names from "./names";
import { cronJobCheck, cronJobRules, jobCheck, jobRules } from "./jobs";
import {
  ingressCheck,
  ingressRules,
  networkPolicyCheck,
  networkPolicyRules,
  serviceCheck,
  serviceRules,
} from "./networking";
import { podCheck, podRules } from "./pods";
import {
  deploymentCheck,
  deploymentRules,
  disruptionCheck,
  disruptionRules,
  replicatedCheck,
  replicatedRules,
} from "./workloads";
import { type CitedModel, type Properties, type ResourceModel, text } from "../model";
import type { ValueRule } from "../value-rules";

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

/** What sets one kind apart. */
interface Kind extends Pick<ResourceModel, "required" | "values"> {
  readonly check?: Check;
  /** The form of its name; that of most is a DNS subdomain. */
  readonly name?: ValueRule;
  /** Fields that Kubernetes, or Pulumi's provider for it, never changes in location. */
  readonly fixed?: readonly string[];
}

/** An object of the whole cluster. */
const clusterWide = ({
  name = names.dnsSubdomain,
  fixed = [],
  values,
  check = () => [],
  ...rest
}: Kind): CitedModel => ({
  ...object,
  ...rest,
  check: checks(noNullInLists, check),
  replaceOn: [...(object.replaceOn ?? []), ...fixed],
  values: unlessEmpty({
    "metadata.name": name,
    "metadata.labels{key}": names.qualifiedName,
    "metadata.labels{}": names.labelValue,
    "metadata.annotations{key}": names.annotationKey,
    "metadata.annotations{}": names.text,
    ...values,
  }),
});

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const INITIAL_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** An object in a namespace, whose deletion takes it along. */
const namespaced = ({ values, ...kind }: Kind): CitedModel => ({
  ...clusterWide({ ...kind, values: { "metadata.namespace": names.dnsLabel, ...values } }),
  references: {
    "metadata.namespace": {
      to: NAMESPACE,
      builtIn: (namespace) => INITIAL_NAMESPACES.includes(namespace),
    },
  },
});

const OBJECTS: Readonly<Record<string, CitedModel>> = {
  [NAMESPACE]: clusterWide({ name: names.dnsLabel }),
  "kubernetes:core/v1:ServiceAccount": namespaced({}),
  "kubernetes:core/v1:ConfigMap": namespaced({
    fixed: ["data", "binaryData"],
    values: configMapRules,
    check: configMapCheck,
  }),
  "kubernetes:core/v1:Service": namespaced({
    name: names.dnsLabel,
    fixed: ["spec.clusterIP"],
    values: serviceRules,
    check: serviceCheck,
  }),
  "kubernetes:apps/v1:Deployment": namespaced({
    fixed: ["spec.selector"],
    values: deploymentRules,
    check: deploymentCheck,
  }),
  "kubernetes:networking.k8s.io/v1:Ingress": namespaced({
    values: ingressRules,
    check: ingressCheck,
  }),
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": namespaced({
    values: networkPolicyRules,
    check: networkPolicyCheck,
  }),
  "kubernetes:policy/v1:PodDisruptionBudget": namespaced({
    name: names.pathSegment,
    values: disruptionRules,
    check: disruptionCheck,
  }),
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": namespaced({
    values: autoscalerRules,
    check: autoscalerCheck,
  }),
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": clusterWide({
    name: names.pathSegment,
    values: roleRules,
    check: roleCheck,
  }),
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": clusterWide({
    name: names.pathSegment,
    required: ["roleRef"],
    fixed: ["roleRef"],
    values: clusterBindingRules,
    check: bindingCheck,
  }),
  "kubernetes:rbac.authorization.k8s.io/v1:Role": namespaced({
    name: names.pathSegment,
    values: roleRules,
    check: roleCheck,
  }),
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": namespaced({
    name: names.pathSegment,
    required: ["roleRef"],
    fixed: ["roleRef"],
    values: bindingRules,
    check: bindingCheck,
  }),
  "kubernetes:batch/v1:Job": namespaced({
    name: names.jobName,
    fixed: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    values: jobRules,
    check: jobCheck,
  }),
  "kubernetes:batch/v1:CronJob": namespaced({
    name: names.cronJobName,
    values: cronJobRules,
    check: cronJobCheck,
  }),
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass": namespaced({
    values: providerClassRules,
  }),
};

const replicated = namespaced({ values: replicatedRules, check: replicatedCheck });

/** Kinds that the local cloud does not run: what the API server demands of them is known all the same. */
export const unsimulatedModels: Readonly<Record<string, CitedModel>> = {
  "kubernetes:apps/v1:StatefulSet": replicated,
  "kubernetes:apps/v1:DaemonSet": replicated,
  "kubernetes:apps/v1:ReplicaSet": replicated,
  "kubernetes:core/v1:Pod": namespaced({ values: podRules, check: podCheck("spec") }),
};

/** Facts about `@pulumi/kubernetes`. */
export const kubernetesModels: Readonly<Record<string, CitedModel>> = {
  ...OBJECTS,
  "kubernetes:helm.sh/v3:Release": {
    required: ["chart"],
    values: unlessEmpty({
      name: names.releaseName,
      namespace: names.dnsLabel,
      timeout: names.whole(0),
    }),
    replaceOn: ["name", "namespace"],
    // https://helm.sh/docs/helm/helm_install/
    creates: {
      namespace: { type: NAMESPACE, where: ({ createNamespace }) => createNamespace === true },
    },
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
