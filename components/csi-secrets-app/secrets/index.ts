import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../shared/problems";
import { declaredArgs } from "../../shared/transformed";
import type { SecretSource } from "../args";
import { type Context, type Hashed, metadata } from "../context";
import { contentHash } from "../workload/content-hash";
import { selectorLabels } from "../workload/objects";
import { sameSecretProblems } from "./problems";
import { type ProviderClassSpec, providerClassSpec, SECRET_PROVIDER_CLASS } from "./provider-class";

/** Declares the SecretProviderClass. Its kind is one that the driver brings. */
export function secretProviderClass(
  parent: pulumi.ComponentResource,
  context: Context,
  dependsOn: pulumi.Input<pulumi.Resource>[],
): Hashed<kubernetes.apiextensions.CustomResource> {
  const planned: kubernetes.apiextensions.CustomResourceArgs = {
    ...SECRET_PROVIDER_CLASS,
    metadata: metadata(context),
    spec: spec(context),
  };
  const declared = declaredArgs(context, "secretProviderClass", planned);
  const resource = new kubernetes.apiextensions.CustomResource(
    `${context.name}-secrets`,
    declared,
    { parent, dependsOn },
  );
  return { resource, hash: pulumi.output(declared.spec as object).apply(contentHash) };
}

function spec(context: Context): pulumi.Output<ProviderClassSpec> {
  const { name, component, args, inputs, sources, entries } = context;
  const given = inputs.secrets.map(({ name: reference, type }) => ({ name: reference, type }));
  return pulumi
    .output({ objects: given, region: inputs.region, failoverRegion: inputs.failoverRegion })
    .apply(({ objects, region, failoverRegion }) => {
      refuse(component, sameSecretProblems(objects, sources, entries));
      return providerClassSpec({
        objects,
        entries,
        region,
        failoverRegion,
        usePodIdentity: "podIdentity" in args.identity,
        syncedSecretName: `${name}-env`,
        labels: selectorLabels(name),
      });
    });
}

/**
 * The resources that the secrets' names and ARNs come from, to depend on: a secret of this program
 * is then mounted only once it has a value, whatever a transform makes of the class.
 */
export function originOf(sources: readonly SecretSource[]): pulumi.Input<pulumi.Resource> {
  const origin = pulumi
    .all(
      sources.flatMap(({ secretName, secretArn, parameter }) => [secretName, secretArn, parameter]),
    )
    .apply(() => []);
  // The SDK takes lists at any depth, and adds what an Output comes from.
  return origin as unknown as pulumi.Output<pulumi.Resource>;
}
