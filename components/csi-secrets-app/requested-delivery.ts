import * as pulumi from "@pulumi/pulumi";
import { ArgError } from "../shared/arg-error";
import type { CsiSecretsAppArgs } from "./args";
import { checkDelivery } from "./delivery-checks";
import { type DeliveryEntry, deliveryEntries, secretSources } from "./entries";
import type { CheckedSecret } from "./inputs";
import { componentName } from "./late-checks";
import { CA_BUNDLE_PATH } from "./pod-template";
import { type ProviderClassSpec, providerClassSpec } from "./provider-class";
import { predictedRefusal } from "./self-check";
import { selectorLabels } from "./workload";

/** What the caller wants delivered, checked; and the class that delivers it. */
export interface RequestedDelivery {
  readonly entries: readonly DeliveryEntry[];
  /** Name of the synced Kubernetes Secret; `undefined` where no variable comes from a secret. */
  readonly syncedSecretName: string | undefined;
  spec(
    secrets: readonly CheckedSecret[],
    region: pulumi.Output<string>,
  ): pulumi.Output<ProviderClassSpec>;
}

/**
 * Resolves the variables and files of an app. The class is tried in the delivery model at once, with
 * stand-ins for what is not known yet, and again with the real names. Throws `ArgError`.
 */
export function requestedDelivery(name: string, args: CsiSecretsAppArgs): RequestedDelivery {
  const component = componentName(name);
  const sources = secretSources(args);
  const entries = deliveryEntries(sources, args.databaseUrl, CA_BUNDLE_PATH);
  checkDelivery(name, args, sources, entries);
  const syncedSecretName = `${name}-env`;

  const classFor = (
    secretNames: readonly string[],
    region: string,
    hidden: boolean,
  ): ProviderClassSpec => {
    const spec = providerClassSpec({
      secretNames,
      entries,
      region,
      usePodIdentity: "podIdentity" in args.identity,
      syncedSecretName,
      labels: selectorLabels(name),
    });
    const refusal = predictedRefusal({ spec, secretNames, sources, entries });
    if (refusal === undefined) return spec;
    const { argument, problem } = refusal;
    throw new ArgError(component, argument, hidden ? withoutNames(problem, secretNames) : problem);
  };
  classFor(
    sources.map((_, index) => `stand-in-${index}`),
    "us-east-1",
    false,
  );

  return {
    entries,
    syncedSecretName: entries.some(({ variable }) => variable !== undefined)
      ? syncedSecretName
      : undefined,
    spec: (secrets, region) => {
      const names = pulumi.all(secrets.map((secret) => secret.name));
      return pulumi
        .all([names, region, pulumi.isSecret(names)])
        .apply(([known, place, hidden]) => classFor(known, place, hidden));
    },
  };
}

/** Longest first: an ARN may hold another secret's name. */
const withoutNames = (text: string, secretNames: readonly string[]): string =>
  [...secretNames]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, "[secret]"), text);
