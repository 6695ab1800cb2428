import { at } from "../../preflight/simulation/wire/values";
import { text } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";

/** Namespace and name of a Kubernetes object. */
export interface NamespacedName {
  readonly namespace: string;
  readonly name: string;
}

export function namespacedName({ outputs }: CloudObject): NamespacedName {
  const metadata = unwrapSecrets(outputs.metadata);
  return {
    namespace: text(at(metadata, "namespace"), "default"),
    name: text(at(metadata, "name")),
  };
}

/** The number of pods of a Deployment. */
export function replicasOf(deployment: CloudObject): number {
  const replicas = at(inputsOf(deployment), "spec", "replicas");
  return replicas === undefined ? 1 : Number(replicas);
}

/** The object of that type, namespace and name, if it exists. */
export const objectIn = (
  store: CloudStore,
  type: string,
  namespace: string,
  name: string,
): CloudObject | undefined =>
  store.all(type).find((object) => {
    const found = namespacedName(object);
    return found.name === name && found.namespace === namespace;
  });
