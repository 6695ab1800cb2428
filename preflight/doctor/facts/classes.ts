import { holdsUnknown, UNKNOWN } from "../../simulation/wire/unknown";
import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { classRefusals } from "./class-schema";
import { type Clusters, type KubernetesObject, objectOf, opened } from "./location";

/** A SecretProviderClass for the AWS provider. */
export interface ProviderClass extends KubernetesObject {
  readonly apiVersion: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects: readonly SecretObject[];
  /** Why the API server or the driver refuses it, whatever mounts it. */
  readonly refusals: readonly string[];
  /** Whether something of it is known only after the update. */
  readonly isLate: boolean;
  /** Where it is refused, or something of it is not known, nothing can be told of what it delivers. */
  readonly isUndecided: boolean;
}

/** A Kubernetes Secret that the driver makes of mounted files. */
export interface SecretObject {
  readonly secretName: string;
  readonly type: string;
  readonly data: readonly { readonly objectName: string; readonly key: string }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const TYPE = /^kubernetes:(.+\/v\w+):SecretProviderClass$/;

/** What Go's `strconv.ParseBool`, which reads `usePodIdentity`, takes for true. */
const GO_TRUE: readonly string[] = ["1", "t", "T", "TRUE", "true", "True"];

/** A registration as a SecretProviderClass, if it is one of the AWS provider. */
export function providerClassOf(
  registration: Registration,
  clusters: Clusters,
): ProviderClass | undefined {
  const apiVersion = TYPE.exec(registration.type)?.[1];
  if (apiVersion === undefined || isOfOtherProvider(registration)) return undefined;
  const properties = opened(registration);
  const object = objectOf(registration, properties, clusters);
  const parameters = recordOf(at(properties, "spec", "parameters"));
  const refusals = classRefusals(apiVersion, properties, object);
  const isLate = holdsUnknown(properties.spec);
  return {
    ...object,
    apiVersion: apiVersion.slice(apiVersion.lastIndexOf("/") + 1),
    parameters: texts(parameters),
    secretObjects: listOf(at(properties, "spec", "secretObjects"))
      .filter((each) => at(each, "secretName") !== UNKNOWN)
      .map(secretObject),
    refusals,
    isLate,
    isUndecided: isLate || refusals.length > 0,
  };
}

/** Whether it is a class of which another provider knows. */
export function isOfOtherProvider({ type, outputs }: Registration): boolean {
  const provider = textOf(at(outputs, "spec", "provider")) ?? "";
  return TYPE.test(type) && provider !== "" && provider !== "aws" && !MEANS_AWS.test(provider);
}

/** Names that no provider has: the driver finds that of AWS by `aws` alone. */
const MEANS_AWS = /aws|amazon|^secrets-?manager$/i;

const texts = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).map(([name, text]) => [name, textOf(text) ?? ""]),
  );

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
    labels: texts(at(object, "labels")),
    annotations: texts(at(object, "annotations")),
  };
}

/** How the provider gets its role for a mount. */
export type IdentityMode = "Pod Identity" | "IRSA";

export const identityMode = (parameters: ProviderClass["parameters"]): IdentityMode =>
  GO_TRUE.includes(parameters.usePodIdentity ?? "") ? "Pod Identity" : "IRSA";
