import * as pulumi from "@pulumi/pulumi";
import { ArgError } from "../shared/arg-error";
import type { CsiSecretsAppArgs } from "./args";
import { checkDelivery } from "./delivery-checks";
import { type DeliveryEntry, deliveryEntries, secretSources } from "./entries";
import { checkedText, componentName, secretNameProblem } from "./late-checks";
import { CA_BUNDLE_PATH } from "./pod-template";
import { type ProviderClassSpec, providerClassSpec } from "./provider-class";
import { predictedProblem } from "./self-check";
import { selectorLabels } from "./workload";

/** What the caller wants delivered, checked; and the class that delivers it. */
export interface RequestedDelivery {
  readonly entries: readonly DeliveryEntry[];
  readonly secretNames: readonly pulumi.Output<string>[];
  /** Name of the synced Kubernetes Secret; `undefined` where no variable comes from a secret. */
  readonly syncedSecretName: string | undefined;
  spec(region: pulumi.Output<string>): pulumi.Output<ProviderClassSpec>;
}

/**
 * Resolves the secrets, variables and files of an app. The class is tried in the delivery model at
 * once, with stand-ins for what is not known yet, and again with the real names. Throws `ArgError`.
 */
export function requestedDelivery(name: string, args: CsiSecretsAppArgs): RequestedDelivery {
  const component = componentName(name);
  const sources = secretSources(args);
  const entries = deliveryEntries(sources, args.databaseUrl, CA_BUNDLE_PATH);
  checkDelivery(name, args, sources, entries);
  const syncedSecretName = `${name}-env`;

  const classFor = (secretNames: readonly string[], region: string): ProviderClassSpec => {
    const spec = providerClassSpec({
      secretNames,
      entries,
      region,
      usePodIdentity: "podIdentity" in args.identity,
      syncedSecretName,
      labels: selectorLabels(name),
    });
    const problem = predictedProblem(spec, secretNames, sources, entries);
    if (problem !== undefined) throw new ArgError(component, "env", problem);
    return spec;
  };
  classFor(
    sources.map((_, index) => `stand-in-${index}`),
    "us-east-1",
  );

  const secretNames = sources.map(({ at, secretName }) =>
    checkedText(component, `${at}secretName`, secretName, secretNameProblem),
  );
  return {
    entries,
    secretNames,
    syncedSecretName: entries.some(({ variable }) => variable !== undefined)
      ? syncedSecretName
      : undefined,
    spec: (region) =>
      pulumi
        .all([pulumi.all(secretNames), region])
        .apply(([names, place]) => classFor(names, place)),
  };
}
