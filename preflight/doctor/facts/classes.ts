import { holdsUnknown, UNKNOWN } from "../../simulation/wire/unknown";
import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { type Clusters, type KubernetesObject, objectOf, opened } from "./location";

/** A SecretProviderClass for the AWS provider. */
export interface ProviderClass extends KubernetesObject {
  readonly apiVersion: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects: readonly SecretObject[];
  /** Where something of it is not known, nothing can be told of what it delivers. */
  readonly isUndecided: boolean;
}

/** A Kubernetes Secret that the driver makes of mounted files. */
export interface SecretObject {
  readonly secretName: string;
  readonly type: string;
  readonly data: readonly { readonly objectName: string; readonly key: string }[];
}

const TYPE = /^kubernetes:secrets-store\.csi\.x-k8s\.io\/(v\w+):SecretProviderClass$/;

/** What Go's `strconv.ParseBool`, which reads `usePodIdentity`, takes for true. */
const GO_TRUE: readonly string[] = ["1", "t", "T", "TRUE", "true", "True"];

/** A registration as a SecretProviderClass, if it is one of the AWS provider. */
export function providerClassOf(
  registration: Registration,
  clusters: Clusters,
): ProviderClass | undefined {
  const apiVersion = TYPE.exec(registration.type)?.[1];
  if (apiVersion === undefined) return undefined;
  const properties = opened(registration);
  if ((textOf(at(properties, "spec", "provider")) ?? "aws") !== "aws") return undefined;
  const parameters = recordOf(at(properties, "spec", "parameters"));
  return {
    ...objectOf(registration, properties, clusters),
    apiVersion,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, textOf(value) ?? ""]),
    ),
    secretObjects: listOf(at(properties, "spec", "secretObjects"))
      .filter((object) => at(object, "secretName") !== UNKNOWN)
      .map(secretObject),
    isUndecided: holdsUnknown(properties.spec),
  };
}

/** The driver trims these three, and nothing else. */
function secretObject(object: unknown): SecretObject {
  const trimmed = (value: unknown): string => (textOf(value) ?? "").trim();
  return {
    secretName: trimmed(at(object, "secretName")),
    type: textOf(at(object, "type")) ?? "",
    data: listOf(at(object, "data")).map((entry) => ({
      objectName: trimmed(at(entry, "objectName")),
      key: trimmed(at(entry, "key")),
    })),
  };
}

/** How the provider gets its role for a mount. */
export type IdentityMode = "Pod Identity" | "IRSA";

export const identityMode = (parameters: ProviderClass["parameters"]): IdentityMode =>
  GO_TRUE.includes(parameters.usePodIdentity ?? "") ? "Pod Identity" : "IRSA";
