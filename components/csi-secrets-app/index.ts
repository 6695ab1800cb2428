import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsDriver } from "../csi-secrets-driver";
import type { CsiSecretsAppArgs } from "./args";
import { contentHash } from "./content-hash";
import { type AppIdentity, appIdentity } from "./identity";
import { type CheckedInputs, checkInputs } from "./inputs";
import { componentName, regionRoots } from "./late-checks";
import {
  CA_BUNDLE_KEY,
  CA_HASH_ANNOTATION,
  CLASS_HASH_ANNOTATION,
  podTemplate,
  SECRETS_PATH,
} from "./pod-template";
import { SECRET_PROVIDER_CLASS } from "./provider-class";
import { requestedDelivery, type RequestedDelivery } from "./requested-delivery";
import { resolveSettings, type AppSettings } from "./settings";
import {
  deploymentArgs,
  ingressArgs,
  podDisruptionBudgetArgs,
  selectorLabels,
  serviceArgs,
} from "./workload";

export type * from "./args";

/**
 * An app on Amazon EKS whose secrets come from Secrets Manager: an IAM role that reads exactly
 * these secrets, a SecretProviderClass, and a Deployment that mounts it. What the manifests hold are
 * names; the values exist in the pod's memory-backed volume and in the Kubernetes Secret that the
 * driver makes of it for the environment variables.
 *
 * Pass the `SecureDatabase` in `dependsOn`: the pods then start after everything the database needs
 * and go before it.
 *
 * Throws `ArgError` before any resource exists where an argument breaks a rule, and inside the
 * output chain where the value is known only then.
 */
export class CsiSecretsApp extends pulumi.ComponentResource {
  /** Namespace of the app; known once it exists. */
  readonly namespace: pulumi.Output<string>;
  /** Name of the pods' ServiceAccount. */
  readonly serviceAccountName: pulumi.Output<string>;
  /** ARN of the IAM role that the pods take. */
  readonly roleArn: pulumi.Output<string>;
  /** Name of the SecretProviderClass. */
  readonly secretProviderClassName: pulumi.Output<string>;
  /** Name of the Kubernetes Secret that the driver makes; `undefined` without variables from secrets. */
  readonly syncedSecretName: pulumi.Output<string> | undefined;
  /** Name of the Deployment; known once its pods are ready. */
  readonly deploymentName: pulumi.Output<string>;
  /** Name of the Service; `undefined` without a `containerPort`. */
  readonly serviceName: pulumi.Output<string> | undefined;
  /** Directory of the secrets' files in the container. */
  readonly secretsPath = SECRETS_PATH;

  constructor(name: string, args: CsiSecretsAppArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = resolveSettings(name, args);
    const delivery = requestedDelivery(name, args);
    const inputs = checkInputs(name, args);
    // The engine stores what it is given here, so give it nothing.
    super("eks-db-secrets:index:CsiSecretsApp", name, {}, opts);
    const clusterRegion = aws.getRegionOutput({}, { parent: this }).region;
    const region = inputs.region ?? clusterRegion;

    const driver = this.driver(name, settings, region);
    const namespace = this.ownNamespace(name, args, settings);
    const scope = { name, args, settings, delivery, inputs, region, clusterRegion, namespace };
    const identity = appIdentity(this, name, scope);
    const providerClass = this.providerClass(scope, driver);
    const bundle = this.caBundle(scope);
    // Whatever the pods need is there before them, and goes after them.
    const made = [providerClass.resource, bundle.resource, ...identity.grants];
    const needs = [...driver, ...made, ...dependencies(opts)];
    const deployment = this.deployment(scope, identity, providerClass, bundle, needs);
    const service = this.service(scope, deployment);
    this.podDisruptionBudget(scope);

    this.namespace = pulumi.output(namespace);
    this.serviceAccountName = identity.serviceAccount.metadata.name;
    this.roleArn = identity.role.arn;
    this.secretProviderClassName = providerClass.resource.metadata.name;
    this.syncedSecretName = delivery.syncedSecretName
      ? pulumi.output(delivery.syncedSecretName)
      : undefined;
    this.deploymentName = deployment.metadata.name;
    this.serviceName = service?.metadata.name;
    this.registerOutputs({
      namespace: this.namespace,
      serviceAccountName: this.serviceAccountName,
      roleArn: this.roleArn,
      secretProviderClassName: this.secretProviderClassName,
      syncedSecretName: this.syncedSecretName,
      deploymentName: this.deploymentName,
      serviceName: this.serviceName,
    });
  }

  private driver(
    name: string,
    { driver }: AppSettings,
    region: pulumi.Output<string>,
  ): CsiSecretsDriver[] {
    if (driver === "existing") return [];
    if (driver !== "install") return [driver];
    return [new CsiSecretsDriver(`${name}-driver`, { region }, { parent: this })];
  }

  private ownNamespace(
    name: string,
    { transform }: CsiSecretsAppArgs,
    { namespace, createNamespace }: AppSettings,
  ): pulumi.Input<string> {
    if (!createNamespace) return namespace;
    const planned: k8s.core.v1.NamespaceArgs = {
      metadata: {
        name: namespace,
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      },
    };
    return new k8s.core.v1.Namespace(
      `${name}-namespace`,
      transform?.namespace?.(planned) ?? planned,
      { parent: this },
    ).metadata.name;
  }

  private providerClass(
    scope: Context,
    driver: readonly pulumi.Resource[],
  ): Hashed<k8s.apiextensions.CustomResource> {
    const { name, args, delivery, inputs, region } = scope;
    const planned: k8s.apiextensions.CustomResourceArgs = {
      ...SECRET_PROVIDER_CLASS,
      metadata: metadata(scope),
      spec: delivery.spec(inputs.secrets, region),
    };
    const declared = args.transform?.secretProviderClass?.(planned) ?? planned;
    // The class is of a kind that the driver brings, so it can only be made after it.
    const resource = new k8s.apiextensions.CustomResource(`${name}-secrets`, declared, {
      parent: this,
      dependsOn: [...driver],
    });
    return { resource, hash: pulumi.output(declared.spec as object).apply(contentHash) };
  }

  private caBundle(scope: Context): Hashed<k8s.core.v1.ConfigMap> {
    const { name, args, inputs, region } = scope;
    const planned: k8s.core.v1.ConfigMapArgs = {
      metadata: { ...metadata(scope), name: `${name}-rds-ca` },
      data: { [CA_BUNDLE_KEY]: inputs.caBundle ?? regionRoots(componentName(name), region) },
    };
    const declared = args.transform?.caBundle?.(planned) ?? planned;
    const resource = new k8s.core.v1.ConfigMap(`${name}-rds-ca`, declared, { parent: this });
    return { resource, hash: pulumi.output(declared.data).apply(contentHash) };
  }

  private deployment(
    scope: Context,
    { serviceAccount }: AppIdentity,
    providerClass: Hashed<k8s.apiextensions.CustomResource>,
    bundle: Hashed<k8s.core.v1.ConfigMap>,
    dependsOn: pulumi.Input<pulumi.Resource>[],
  ): k8s.apps.v1.Deployment {
    const { name, args, settings, delivery, inputs } = scope;
    const template = podTemplate({
      settings,
      entries: delivery.entries,
      labels: selectorLabels(name),
      image: inputs.image,
      environment: inputs.environment,
      annotations: {
        [CLASS_HASH_ANNOTATION]: providerClass.hash,
        [CA_HASH_ANNOTATION]: bundle.hash,
      },
      names: {
        serviceAccount: serviceAccount.metadata.name,
        providerClass: name,
        syncedSecret: delivery.syncedSecretName,
        caBundle: `${name}-rds-ca`,
      },
    });
    const planned = deploymentArgs(metadata(scope), settings, template);
    return new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      args.transform?.deployment?.(planned) ?? planned,
      { parent: this, dependsOn },
    );
  }

  /** After the pods: Pulumi waits ten minutes for one behind a Service, a new database takes longer. */
  private service(
    scope: Context,
    deployment: k8s.apps.v1.Deployment,
  ): k8s.core.v1.Service | undefined {
    const { name, args, settings } = scope;
    if (settings.containerPort === undefined) return undefined;
    const planned = serviceArgs(metadata(scope), settings);
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      args.transform?.service?.(planned) ?? planned,
      { parent: this, dependsOn: deployment },
    );
    if (settings.ingress === undefined) return service;
    const ingress = ingressArgs(metadata(scope), settings.ingress);
    new k8s.networking.v1.Ingress(
      `${name}-ingress`,
      args.transform?.ingress?.(ingress) ?? ingress,
      { parent: this, dependsOn: service },
    );
    return service;
  }

  private podDisruptionBudget(scope: Context): void {
    const { name, args, settings } = scope;
    if (settings.replicas < 2) return;
    const planned = podDisruptionBudgetArgs(metadata(scope));
    new k8s.policy.v1.PodDisruptionBudget(
      `${name}-pdb`,
      args.transform?.podDisruptionBudget?.(planned) ?? planned,
      { parent: this },
    );
  }
}

/** What the private verbs share. */
interface Context {
  readonly name: string;
  readonly args: CsiSecretsAppArgs;
  readonly settings: AppSettings;
  readonly delivery: RequestedDelivery;
  readonly inputs: CheckedInputs;
  readonly region: pulumi.Output<string>;
  readonly clusterRegion: pulumi.Output<string>;
  readonly namespace: pulumi.Input<string>;
}

/** A resource whose content the pods read at their start, and what changes when the content does. */
interface Hashed<Resource> {
  readonly resource: Resource;
  readonly hash: pulumi.Output<string>;
}

const metadata = ({ name, namespace }: Context) => ({
  name,
  namespace,
  labels: selectorLabels(name),
});

/** The resources that the caller wants before this app: a child does not inherit them. */
function dependencies(opts?: pulumi.ComponentResourceOptions): pulumi.Input<pulumi.Resource>[] {
  const given = opts?.dependsOn;
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]) as pulumi.Input<pulumi.Resource>[];
}
