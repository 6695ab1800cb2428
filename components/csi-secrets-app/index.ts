import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsDriver } from "../csi-secrets-driver";
import { awsLocation } from "../shared/aws-location";
import { dependencies } from "../shared/dependencies";
import { asOutput } from "../shared/late";
import { componentTitle, refuse } from "../shared/problems";
import { declaredArgs } from "../shared/transformed";
import type { CsiSecretsAppArgs } from "./args";
import { type Context, type Hashed, metadata } from "./context";
import { type AppIdentity, appIdentity } from "./identity";
import { lateInputs } from "./inputs";
import { csiSecretsAppProblems } from "./problems";
import { restartAnnotations, scheduledRestart } from "./restart";
import { namespaceAfter } from "./namespace";
import { originOf, secretProviderClass } from "./secrets";
import { connectionEnvironment } from "./secrets/connection-environment";
import { deliveryEntries, secretSources } from "./secrets/entries";
import { resolveSettings } from "./settings";
import { contentHash } from "./workload/content-hash";
import { CA_BUNDLE_KEY, CA_BUNDLE_PATH, SECRETS_PATH } from "./workload/mounts";
import { migrationArgs, migrationTimeout } from "./workload/migration";
import { networkPolicyArgs } from "./workload/network-policy";
import {
  autoscalerArgs,
  deploymentArgs,
  ingressArgs,
  podDisruptionBudgetArgs,
  selectorLabels,
  serviceArgs,
} from "./workload/objects";
import {
  CA_HASH_ANNOTATION,
  CLASS_HASH_ANNOTATION,
  type PodRequest,
  podTemplate,
} from "./workload/pod-template";
import { strategicMerge } from "./workload/strategic-merge";

export type * from "./args";
export { oidcProviderArnProblem } from "./identity/policies";
export { appNameProblem, csiSecretsAppProblems, LONGEST_APP_NAME } from "./problems";
export { restartsOnSchedule } from "./secrets/problems";

/**
 * An app on Amazon EKS whose secrets come from Secrets Manager: an IAM role that reads exactly
 * these secrets, a SecretProviderClass, and a Deployment that mounts it. What the manifests hold are
 * names; the values exist in the pod's memory-backed volume and in the Kubernetes Secret that the
 * driver makes of it for the environment variables.
 *
 * The class and the pods wait for whatever `secretName`, `secretArn` and `parameter` come from, so that nobody
 * mounts a secret without a value. Pass the `SecureDatabase` in `dependsOn` as well: the pods then
 * also wait for the rules that let them connect, and are deleted before it.
 *
 * ```ts
 * new CsiSecretsApp("orders-api", {
 *   ...db.secretSource,
 *   namespace: "orders",
 *   identity: { podIdentity: { clusterName } },
 *   image: "registry.example.com/orders-api:1",
 *   env: { DB_HOST: "host", DB_USERNAME: "username", DB_PASSWORD: "password" },
 * }, { dependsOn: db });
 * ```
 *
 * @throws InputPropertiesError with every mistake in the arguments at once, before any resource
 * exists; for a value that is known only later, from the resource that would use it
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_csi_driver.html
 */
export class CsiSecretsApp extends pulumi.ComponentResource {
  /** Namespace of the app; known once it exists. */
  readonly namespace: pulumi.Output<string>;
  /** The namespace where this app creates it: for `dependsOn` of others in it. */
  readonly namespaceResource: k8s.core.v1.Namespace | undefined;
  /** Name of the pods' ServiceAccount. */
  readonly serviceAccountName: pulumi.Output<string>;
  /** ARN of the IAM role that the pods take. */
  readonly roleArn: pulumi.Output<string>;
  /** Trust policy that the role of the pods has, or where it exists must have, as JSON. */
  readonly assumeRolePolicy: pulumi.Output<string>;
  /** Policy that lets the role read the app's secrets; one that exists must allow as much, as JSON. */
  readonly rolePolicy: pulumi.Output<string>;
  /** Name of the SecretProviderClass. */
  readonly secretProviderClassName: pulumi.Output<string>;
  /** Name of the Kubernetes Secret that the driver makes; `undefined` without variables from secrets. */
  readonly syncedSecretName: pulumi.Output<string> | undefined;
  /** Name of the Deployment; known once its pods are ready. */
  readonly deploymentName: pulumi.Output<string>;
  /** Name of the Service; `undefined` without a port. */
  readonly serviceName: pulumi.Output<string> | undefined;
  /** Directory of the secrets' files in the container. */
  readonly secretsPath = SECRETS_PATH;

  constructor(name: string, args: CsiSecretsAppArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = componentTitle("CsiSecretsApp", name);
    refuse(component, csiSecretsAppProblems(name, args));
    const settings = resolveSettings(args);
    // The engine stores what it is given here, so give it nothing.
    super("eks-db-secrets:index:CsiSecretsApp", name, {}, opts);
    const location = awsLocation(this);
    const inputs = lateInputs(component, args, location.region);
    const sources = secretSources(args);
    const entries = deliveryEntries(name, sources, CA_BUNDLE_PATH);
    const hasVariables = entries.some(({ variable }) => variable !== undefined);
    const syncedSecretName = hasVariables ? `${name}-env` : undefined;

    const given = { name, component, args, settings, inputs, location };
    const driver = this.driver(name, settings.driver, inputs.region);
    this.namespaceResource = this.ownNamespace({ ...given, sources, entries, syncedSecretName });
    const namespace =
      this.namespaceResource?.metadata.name ??
      namespaceAfter(settings.namespace, dependencies(opts));
    const context: Context = { ...given, sources, entries, syncedSecretName, namespace };
    const identity = appIdentity(this, context);
    const secrets = originOf(sources);
    const providerClass = secretProviderClass(this, context, [...driver, secrets]);
    const bundle = this.caBundle(context);
    // Whatever the pods need is there before them, and goes after them.
    const policies = this.networkPolicy(context);
    const made = [providerClass.resource, bundle.resource, ...identity.grants, ...policies];
    const needs = [...driver, secrets, ...made, ...dependencies(opts)];
    const migration = this.migration(context, identity, needs);
    const deployment = this.deployment(context, identity, providerClass, bundle, [
      ...needs,
      ...migration,
    ]);
    const service = this.service(context, deployment);
    scheduledRestart(this, context, deployment);
    this.podDisruptionBudget(context);
    this.autoscaler(context, deployment);

    this.namespace = asOutput(namespace);
    this.serviceAccountName = identity.serviceAccount.metadata.name;
    this.roleArn = identity.roleArn;
    this.assumeRolePolicy = identity.assumeRolePolicy;
    this.rolePolicy = identity.rolePolicy;
    this.secretProviderClassName = providerClass.resource.metadata.name;
    this.syncedSecretName =
      syncedSecretName === undefined ? undefined : pulumi.output(syncedSecretName);
    this.deploymentName = deployment.metadata.name;
    this.serviceName = service?.metadata.name;
    this.registerOutputs({
      namespace: this.namespace,
      serviceAccountName: this.serviceAccountName,
      roleArn: this.roleArn,
      assumeRolePolicy: this.assumeRolePolicy,
      rolePolicy: this.rolePolicy,
      secretProviderClassName: this.secretProviderClassName,
      syncedSecretName: this.syncedSecretName,
      deploymentName: this.deploymentName,
      serviceName: this.serviceName,
    });
  }

  private driver(
    name: string,
    driver: Context["settings"]["driver"],
    region: pulumi.Input<string>,
  ): CsiSecretsDriver[] {
    if (driver === "existing") return [];
    if (driver !== "install") return [driver];
    return [new CsiSecretsDriver(`${name}-driver`, { region }, { parent: this })];
  }

  private ownNamespace(context: Omit<Context, "namespace">): k8s.core.v1.Namespace | undefined {
    const { name, settings } = context;
    const { namespace, createNamespace } = settings;
    if (!createNamespace) return undefined;
    const planned: k8s.core.v1.NamespaceArgs = {
      metadata: {
        name: namespace,
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      },
    };
    return new k8s.core.v1.Namespace(
      `${name}-namespace`,
      declaredArgs(context, "namespace", planned),
      { parent: this },
    );
  }

  private caBundle(context: Context): Hashed<k8s.core.v1.ConfigMap> {
    const { name, inputs } = context;
    const planned: k8s.core.v1.ConfigMapArgs = {
      metadata: { ...metadata(context), name: `${name}-rds-ca` },
      data: { [CA_BUNDLE_KEY]: inputs.caBundle },
    };
    const declared = declaredArgs(context, "caBundle", planned);
    const resource = new k8s.core.v1.ConfigMap(`${name}-rds-ca`, declared, { parent: this });
    return { resource, hash: pulumi.output(declared.data).apply(contentHash) };
  }

  private networkPolicy(context: Context): k8s.networking.v1.NetworkPolicy[] {
    const { name, args, settings } = context;
    const { networkPolicy, identity } = args;
    if (networkPolicy === undefined) return [];
    const planned = networkPolicyArgs(metadata(context), {
      identity,
      ports: settings.ports,
      migrates: settings.migrate !== undefined,
      settings: networkPolicy,
    });
    const declared = declaredArgs(context, "networkPolicy", planned);
    return [
      new k8s.networking.v1.NetworkPolicy(`${name}-network-policy`, declared, { parent: this }),
    ];
  }

  private migration(
    context: Context,
    { serviceAccount }: AppIdentity,
    dependsOn: pulumi.Input<pulumi.Resource>[],
  ): k8s.batch.v1.Job[] {
    const { name, namespace, settings, inputs } = context;
    const { migrate } = settings;
    if (migrate === undefined || inputs.migrate === undefined) return [];
    // Not the app's labels: its Service and disruption budget select by them.
    const own = { namespace, labels: selectorLabels(`${name}-migrate`) };
    const planned = migrationArgs(name, own, {
      ...podRequest(context, serviceAccount, inputs.migrate),
      migrate,
    });
    const timeout = migrationTimeout(migrate);
    const job = new k8s.batch.v1.Job(`${name}-migrate`, declaredArgs(context, "migrate", planned), {
      parent: this,
      dependsOn,
      customTimeouts: { create: timeout, update: timeout },
    });
    return [job];
  }

  private deployment(
    context: Context,
    { serviceAccount }: AppIdentity,
    providerClass: Hashed<k8s.apiextensions.CustomResource>,
    bundle: Hashed<k8s.core.v1.ConfigMap>,
    dependsOn: pulumi.Input<pulumi.Resource>[],
  ): k8s.apps.v1.Deployment {
    const { name, args, settings, inputs } = context;
    const template = podTemplate({
      ...podRequest(context, serviceAccount, inputs),
      containers: inputs.containers,
      labels: selectorLabels(name),
      annotations: {
        ...args.podAnnotations,
        [CLASS_HASH_ANNOTATION]: providerClass.hash,
        [CA_HASH_ANNOTATION]: bundle.hash,
      },
    });
    const annotations = restartAnnotations(context);
    const own = {
      ...metadata(context),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    const planned = overlaid(deploymentArgs(own, settings, template), inputs.overlay);
    return new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      declaredArgs(context, "deployment", planned),
      { parent: this, dependsOn },
    );
  }

  /** After the pods: Pulumi waits ten minutes for one behind a Service, a new database takes longer. */
  private service(
    context: Context,
    deployment: k8s.apps.v1.Deployment,
  ): k8s.core.v1.Service | undefined {
    const { name, settings } = context;
    if (settings.ports.length === 0) return undefined;
    const planned = serviceArgs(metadata(context), settings);
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      declaredArgs(context, "service", planned),
      { parent: this, dependsOn: deployment },
    );
    if (settings.ingress === undefined) return service;
    const ingress = ingressArgs(metadata(context), settings.ports, settings.ingress);
    new k8s.networking.v1.Ingress(`${name}-ingress`, declaredArgs(context, "ingress", ingress), {
      parent: this,
      dependsOn: service,
    });
    return service;
  }

  private podDisruptionBudget(context: Context): void {
    const { name, settings } = context;
    if (mostReplicas(settings) < 2) return;
    const planned = podDisruptionBudgetArgs(metadata(context));
    new k8s.policy.v1.PodDisruptionBudget(
      `${name}-pdb`,
      declaredArgs(context, "podDisruptionBudget", planned),
      { parent: this },
    );
  }

  private autoscaler(context: Context, deployment: k8s.apps.v1.Deployment): void {
    const { name, settings } = context;
    if (settings.autoscaling === undefined) return;
    const planned = autoscalerArgs(
      metadata(context),
      deployment.metadata.name,
      settings.autoscaling,
    );
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      `${name}-autoscaler`,
      declaredArgs(context, "autoscaler", planned),
      { parent: this },
    );
  }
}

const mostReplicas = ({ replicas = 0, autoscaling }: Context["settings"]): number =>
  autoscaling?.max ?? replicas;

/** What the app's pods have in common, with their own image and variables. */
const podRequest = (
  { name, settings, sources, entries, syncedSecretName }: Context,
  serviceAccount: k8s.core.v1.ServiceAccount,
  { image, environment }: Pick<Context["inputs"], "image" | "environment">,
): PodRequest => ({
  settings,
  entries,
  image,
  environment,
  connection: connectionEnvironment(name, sources),
  names: {
    serviceAccount: serviceAccount.metadata.name,
    providerClass: name,
    syncedSecret: syncedSecretName,
    caBundle: `${name}-rds-ca`,
  },
});

/** The checks have left of the overlay only what a Deployment may have. */
const overlaid = (
  planned: k8s.apps.v1.DeploymentArgs,
  overlay: Context["inputs"]["overlay"] = {},
): k8s.apps.v1.DeploymentArgs => {
  const merged: unknown = strategicMerge({ ...planned }, overlay);
  return merged as k8s.apps.v1.DeploymentArgs;
};
