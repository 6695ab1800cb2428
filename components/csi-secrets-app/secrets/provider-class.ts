import { type DeliveryEntry, wholeSecretFile } from "./entries";

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

export interface ProviderClassRequest {
  /** Name or ARN of each secret, the database's first. */
  readonly secretNames: readonly string[];
  readonly entries: readonly DeliveryEntry[];
  readonly region: string;
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
  const { secretNames, entries, region, usePodIdentity, syncedSecretName, labels } = request;
  const objects = secretNames.map((objectName, secret) => {
    const jmesPath = entries
      .filter((entry) => entry.secret === secret)
      .map(({ path, file }) => ({ path, objectAlias: file }));
    return {
      objectName,
      objectType: "secretsmanager",
      objectAlias: wholeSecretFile(secret),
      ...(jmesPath.length > 0 && { jmesPath }),
    };
  });
  const data = entries.flatMap(({ file, variable }) =>
    variable === undefined ? [] : [{ objectName: file, key: variable }],
  );
  return {
    provider: "aws",
    parameters: {
      region,
      usePodIdentity: String(usePodIdentity),
      objects: JSON.stringify(objects),
    },
    ...(data.length > 0 && {
      secretObjects: [{ secretName: syncedSecretName, type: "Opaque", labels, data }],
    }),
  };
}
