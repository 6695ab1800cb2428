import type { Registration } from "../../local/mocks/run";
import { at, listOf, recordOf, textOf } from "../values";
import type { RoleVia } from "./roles";
import { identity } from "./workloads";

/** A SecretProviderClass as it is registered. */
export interface ProviderClass {
  readonly urn: string;
  readonly name: string;
  readonly namespace: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects: readonly SecretObject[];
}

/** A Kubernetes Secret that the driver makes from files. */
export interface SecretObject {
  readonly secretName: string;
  readonly data: readonly { readonly objectName: string; readonly key: string }[];
}

export const PROVIDER_CLASS_TYPE = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";

/** What Go's `strconv.ParseBool`, which reads `usePodIdentity`, takes for true. */
const GO_TRUE = ["1", "t", "T", "TRUE", "true", "True"];

export function providerClassOf(registration: Registration): ProviderClass {
  const { outputs, urn } = registration;
  const parameters = recordOf(at(outputs, "spec", "parameters"));
  return {
    ...identity(registration),
    urn,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, textOf(value) ?? ""]),
    ),
    secretObjects: listOf(at(outputs, "spec", "secretObjects")).map((object) => ({
      secretName: textOf(at(object, "secretName")) ?? "",
      data: listOf(at(object, "data")).map((entry) => ({
        objectName: textOf(at(entry, "objectName")) ?? "",
        key: textOf(at(entry, "key")) ?? "",
      })),
    })),
  };
}

export const roleVia = ({ parameters }: ProviderClass): RoleVia =>
  GO_TRUE.includes(parameters.usePodIdentity ?? "") ? "Pod Identity" : "IRSA";
