import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { late, optionalLate } from "../shared/late";
import { componentTitle, refuse } from "../shared/problems";
import { transformed } from "../shared/transformed";
import { addonValues } from "./addon-values";
import type { CsiSecretsDriverArgs, CsiSecretsDriverTransforms } from "./args";
import { chartValues } from "./chart-values";
import { claimCluster, givenCluster } from "./one-per-cluster";
import { pollIntervalWarning } from "./poll-interval";
import { LATE_CHECKS, problemsOf } from "./problems";
import { type AddonSettings, type HelmSettings, resolveSettings } from "./settings";
import { ADDON_NAMESPACE, SYNC_RULES, syncSubject } from "./sync-rbac";
import { TESTED_VERSIONS } from "./versions";

export type { CsiSecretsDriverArgs, CsiSecretsDriverTransforms } from "./args";
export type { ChartValues, Throttling } from "./chart-values";
export { problemsOf as csiSecretsDriverProblems } from "./problems";
export { TESTED_VERSIONS } from "./versions";

/** Name of the chart, and of its release: the provider's objects are then called just that. */
const CHART = "secrets-store-csi-driver-provider-aws";
const ADDON = "aws-secrets-store-csi-driver-provider";

/** What every child is declared from. */
interface Context {
  /** How errors call the component. */
  readonly component: string;
  readonly name: string;
  readonly region: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly transform: CsiSecretsDriverTransforms;
}

/**
 * The Secrets Store CSI driver with the AWS provider: what turns a SecretProviderClass into files in
 * a pod and into a Kubernetes Secret. It needs Linux nodes (neither Fargate nor Windows works) and,
 * for apps that use Pod Identity, the Pod Identity agent.
 *
 * A cluster takes one. A second for the same Kubernetes provider (or, without an explicit one, in
 * the same stack) is refused; from another stack the release name is already taken.
 *
 * On destroy the custom resource definitions stay, and with them every SecretProviderClass.
 *
 * @throws InputPropertiesError with every argument that breaks a rule, or when the cluster already
 * has a driver; for an argument that is known late, from the resource that would use it
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_csi_driver.html
 */
export class CsiSecretsDriver extends pulumi.ComponentResource {
  /** How the driver was installed. */
  readonly mode: "helm" | "addon";

  /** Namespace of the driver's pods, known once they are installed. */
  readonly namespace: pulumi.Output<string>;

  /** How long a value is kept before it is read again, as a Go duration; `undefined`: no rotation. */
  readonly rotationPollInterval: string | undefined;

  constructor(name: string, args: CsiSecretsDriverArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = componentTitle("CsiSecretsDriver", name);
    refuse(component, problemsOf(name, args));
    const { tags, transform = {} } = args;
    const region = late(component, "region", args.region, LATE_CHECKS.region);
    const settings = resolveSettings({
      ...args,
      clusterName: optionalLate(
        component,
        "clusterName",
        args.clusterName,
        LATE_CHECKS.clusterName,
      ),
    });
    const context: Context = { component, name, region, tags, transform };

    super("eks-db-secrets:index:CsiSecretsDriver", name, {}, opts);
    claimCluster(this.cluster(), component);
    this.warnOfLongInterval(settings.rotationPollInterval);

    this.mode = settings.mode;
    this.rotationPollInterval = settings.rotationPollInterval;
    this.namespace =
      settings.mode === "helm" ? this.release(context, settings) : this.addon(context, settings);
    this.registerOutputs({
      mode: this.mode,
      namespace: this.namespace,
      rotationPollInterval: this.rotationPollInterval,
    });
  }

  /** The resource that stands for the cluster. Outside a program there is none but this one. */
  private cluster(): object {
    return (
      givenCluster() ??
      this.getProvider("kubernetes::") ??
      pulumi.runtime.getStackResource() ??
      this
    );
  }

  private warnOfLongInterval(interval: string | undefined): void {
    const warning = interval === undefined ? undefined : pollIntervalWarning(interval);
    // The engine prefixes the warning with the resource.
    if (warning !== undefined) void pulumi.log.warn(warning, this);
  }

  private release(
    { component, name, region, transform }: Context,
    settings: HelmSettings,
  ): pulumi.Output<string> {
    const { namespace, chartRepository } = settings;
    const values = chartValues({ ...settings, region });
    const planned: kubernetes.helm.v3.ReleaseArgs = {
      name: CHART,
      ...(chartRepository.startsWith("oci://")
        ? { chart: `${chartRepository}/${CHART}` }
        : { chart: CHART, repositoryOpts: { repo: chartRepository } }),
      version: TESTED_VERSIONS.providerChart,
      namespace,
      createNamespace: namespace !== "kube-system",
      values: { ...transformed(component, "transform.values", transform.values, values) },
    };
    const release = new kubernetes.helm.v3.Release(
      `${name}-release`,
      transformed(component, "transform.release", transform.release, planned),
      // The objects without a namespace have fixed names: a second release beside the first fails.
      { parent: this, deleteBeforeReplace: true },
    );
    return release.namespace;
  }

  private addon(context: Context, settings: AddonSettings): pulumi.Output<string> {
    const { component, name, tags, transform } = context;
    const { clusterName, addonNamespace, addonVersion } = settings;
    const namespace = addonNamespace ?? ADDON_NAMESPACE;
    const planned: aws.eks.AddonArgs = {
      clusterName,
      addonName: ADDON,
      addonVersion,
      configurationValues: addonValues(settings),
      ...(addonNamespace === undefined ? {} : { namespaceConfig: { namespace: addonNamespace } }),
      // What the program says wins over what somebody changed in the cluster.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags,
    };
    const addon = new aws.eks.Addon(
      `${name}-addon`,
      transformed(component, "transform.addon", transform.addon, planned),
      {
        parent: this,
        deleteBeforeReplace: true,
      },
    );
    this.syncRights(context, namespace);
    return addon.id.apply(() => namespace);
  }

  /**
   * The right to write Secrets. The add-on accepts `syncSecret.enabled` and is reported not to grant
   * it (https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/597). Names of its own
   * keep it clear of the chart's, should the add-on grant it after all.
   */
  private syncRights({ component, name, transform }: Context, namespace: string): void {
    const metadata = { name: `${name}-secret-sync` };
    const plannedRole: kubernetes.rbac.v1.ClusterRoleArgs = { metadata, rules: SYNC_RULES };
    const role = new kubernetes.rbac.v1.ClusterRole(
      `${name}-sync-role`,
      transformed(component, "transform.syncRole", transform.syncRole, plannedRole),
      { parent: this },
    );
    const plannedBinding: kubernetes.rbac.v1.ClusterRoleBindingArgs = {
      metadata,
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: role.metadata.name,
      },
      subjects: [syncSubject(namespace)],
    };
    new kubernetes.rbac.v1.ClusterRoleBinding(
      `${name}-sync-role-binding`,
      transformed(
        component,
        "transform.syncRoleBinding",
        transform.syncRoleBinding,
        plannedBinding,
      ),
      { parent: this },
    );
  }
}
