import type * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ChartValues, Throttling } from "./chart-values";

export interface CsiSecretsDriverArgs {
  /**
   * AWS region whose Secrets Manager is read when a SecretProviderClass names no region of its own.
   * The EKS add-on cannot be told: there it is the region of the node, and a `CsiSecretsApp` always
   * names its region anyway. Changing it restarts the provider's pods, never an application's.
   */
  readonly region: pulumi.Input<string>;

  /**
   * How the driver gets into the cluster: one Helm release, or the EKS managed add-on. The add-on is
   * patched by EKS but lags behind the chart and takes fewer settings.
   *
   * Never change it in one update: both ways use the same object names, and removing the old one
   * would take the new one's objects along. Take the component out, `pulumi up`, and put it back with
   * the other mode; pods that are running keep their files, none can start meanwhile.
   *
   * @default "helm"
   * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
   */
  readonly mode?: "helm" | "addon";

  /** Name of the EKS cluster. Needed for the add-on, refused otherwise; changing it replaces the add-on. */
  readonly clusterName?: pulumi.Input<string>;

  /**
   * Whether mounted files and synced Secrets follow a changed secret, and how long the driver keeps a
   * value before it asks again (a Go duration such as `90s` or `2m`). A change then arrives after the
   * interval and up to 90 seconds, the kubelet's own beat. Environment variables never change in a
   * running pod.
   *
   * More than `2m` is warned about: a pod whose first mount times out can then start with an empty
   * volume. `false` has the same trap when the driver dies during a first mount, and no end to it.
   *
   * @default { pollInterval: "2m" }
   * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation
   */
  readonly rotation?: false | { readonly pollInterval?: string };

  /**
   * Namespace of the Helm release; created when it is not `kube-system`, and then left behind on
   * destroy. Pods of `system-node-critical` priority must be allowed in it. Refused for the add-on.
   * Changing it reinstalls the driver.
   *
   * @default "kube-system"
   */
  readonly namespace?: string;

  /**
   * Namespace that EKS shall install the add-on in. Refused for Helm; changing it replaces the add-on.
   *
   * @default - EKS decides. The right to write Secrets is then given to the driver in
   * `aws-secrets-manager`, which no AWS document confirms: check with
   * `kubectl get serviceaccount -A | grep secrets-store-csi-driver`.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html#custom-namespace
   */
  readonly addonNamespace?: string;

  /**
   * Version of the add-on, e.g. `v3.1.1-eksbuild.1`. Refused for Helm.
   *
   * @default - the one EKS proposes for the cluster's Kubernetes version, and only at creation
   */
  readonly addonVersion?: string;

  /**
   * Registry, with an optional path, that holds a copy of every image of both charts under its public
   * path, e.g. `registry.example.com/mirror` for
   * `registry.example.com/mirror/csi-secrets-store/driver`. Refused for the add-on.
   *
   * @default - `public.ecr.aws` for the provider, `registry.k8s.io` for the driver
   */
  readonly imageRegistry?: string;

  /**
   * Name of an existing Secret of type `kubernetes.io/dockerconfigjson` in `namespace`, for that
   * registry. One only: driver chart 1.6.0 renders a list of two as invalid YAML. Refused for the add-on.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;

  /**
   * Where the chart comes from: an `https://` chart repository, or the `oci://` folder that holds it.
   * The provider's chart contains the driver's. Refused for the add-on.
   *
   * @default "https://aws.github.io/secrets-store-csi-driver-provider-aws"
   */
  readonly chartRepository?: string;

  /**
   * How fast the provider on one node may call the Kubernetes API, whole numbers from 1 to 1000. With
   * IRSA each mount costs one call, so the provider's own 5 a second caps a node at about 6 mounts a
   * second (measured; Pod Identity needs no call). Refused for the add-on.
   *
   * @default { qps: 20, burst: 30 } - the limits of the driver's own client, which comes next
   */
  readonly providerThrottling?: Throttling;

  /**
   * Use the FIPS endpoints of Secrets Manager and Parameter Store. STS, which IRSA needs, is not
   * affected by it.
   *
   * @default false
   * @see https://aws.amazon.com/compliance/fips/
   */
  readonly useFipsEndpoint?: boolean;

  /**
   * How long the provider waits for the Pod Identity agent, as a Go duration such as `1s`. Refused
   * for the add-on.
   *
   * @default - no limit but that of the mount
   */
  readonly podIdentityHttpTimeout?: string;

  /**
   * Tags of the add-on. A Helm release has no AWS resource that could carry them.
   *
   * @default - none but the AWS provider's default tags
   */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * The last word on what is declared: each function gets the planned arguments and returns those to
   * use, no promise of them.
   *
   * @default - what the component plans
   */
  readonly transform?: CsiSecretsDriverTransforms;
}

export interface CsiSecretsDriverTransforms {
  readonly values?: (values: ChartValues) => Readonly<Record<string, unknown>>;
  readonly release?: (args: kubernetes.helm.v3.ReleaseArgs) => kubernetes.helm.v3.ReleaseArgs;
  readonly addon?: (args: aws.eks.AddonArgs) => aws.eks.AddonArgs;
  readonly syncRole?: (
    args: kubernetes.rbac.v1.ClusterRoleArgs,
  ) => kubernetes.rbac.v1.ClusterRoleArgs;
  readonly syncRoleBinding?: (
    args: kubernetes.rbac.v1.ClusterRoleBindingArgs,
  ) => kubernetes.rbac.v1.ClusterRoleBindingArgs;
}
