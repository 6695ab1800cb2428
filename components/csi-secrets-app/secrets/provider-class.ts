import { type DeliveryEntry, wholeSecretFile } from "./entries";
import { inRegion, type ObjectType } from "./references";

export const SECRET_PROVIDER_CLASS = {
  apiVersion: "secrets-store.csi.x-k8s.io/v1",
  kind: "SecretProviderClass",
} as const;

/** Spec of a SecretProviderClass, as the driver and the AWS provider read it. */
export interface ProviderClassSpec {
  readonly provider: "aws";
  /** Every value is a string: the API server refuses anything else. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects?: readonly SecretObject[];
}

interface SecretObject {
  readonly secretName: string;
  readonly type: "Opaque";
  readonly labels: Readonly<Record<string, string>>;
  readonly data: readonly { readonly objectName: string; readonly key: string }[];
}

/** A value as the provider is told of it. */
export interface ProviderObject {
  /** Name or ARN. */
  readonly name: string;
  readonly type: ObjectType;
}

export interface ProviderClassRequest {
  /** Each secret and parameter, the database's first. */
  readonly objects: readonly ProviderObject[];
  readonly entries: readonly DeliveryEntry[];
  readonly region: string;
  /** The second region that is asked, where there is one. */
  readonly failoverRegion?: string | undefined;
  readonly usePodIdentity: boolean;
  /** Name of the Kubernetes Secret that feeds the environment variables. */
  readonly syncedSecretName: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The spec that delivers the entries. `objects` is emitted as JSON, which is YAML: the provider's
 * parser then has nothing to guess. Each entry has an alias of its own, and `secretObjects` names
 * the same files, so the two cannot disagree.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
 */
export function providerClassSpec(request: ProviderClassRequest): ProviderClassSpec {
  const { entries, region, failoverRegion, usePodIdentity, syncedSecretName, labels } = request;
  const objects = request.objects.map(({ name, type }, secret) => {
    const own = entries.filter((entry) => entry.secret === secret);
    const jmesPath = own.flatMap(({ path, file }) =>
      path === undefined ? [] : [{ path, objectAlias: file }],
    );
    const whole = own.find(({ rendered }) => rendered === "whole");
    return {
      objectName: name,
      objectType: type,
      objectAlias: whole?.file ?? wholeSecretFile(secret),
      ...(jmesPath.length > 0 && { jmesPath }),
      // A name is the same in both regions.
      ...(failoverRegion !== undefined &&
        name.startsWith("arn:") && {
          failoverObject: { objectName: inRegion(name, failoverRegion) },
        }),
    };
  });
  const data = entries.flatMap(({ file, variable }) =>
    variable === undefined ? [] : [{ objectName: file, key: variable }],
  );
  return {
    provider: "aws",
    parameters: {
      region,
      ...(failoverRegion !== undefined && { failoverRegion }),
      usePodIdentity: String(usePodIdentity),
      objects: JSON.stringify(objects),
    },
    ...(data.length > 0 && {
      secretObjects: [{ secretName: syncedSecretName, type: "Opaque", labels, data }],
    }),
  };
}
