import type { SecretObject } from "../../components/csi-secrets-app/delivery";
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
  /** The Kubernetes Secrets that the driver makes from files. */
  readonly secretObjects: readonly SecretObject[];
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
    secretObjects: listOf(at(outputs, "spec", "secretObjects")) as readonly SecretObject[],
  };
}

export const roleVia = ({ parameters }: ProviderClass): RoleVia =>
  GO_TRUE.includes(parameters.usePodIdentity ?? "") ? "Pod Identity" : "IRSA";
