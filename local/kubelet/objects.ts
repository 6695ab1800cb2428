import { at } from "../../preflight/simulation/wire/values";
import { text } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { CloudObject, CloudStore } from "../server/store";

/** Where a Kubernetes object is, and what it is called. */
export interface ObjectPlace {
  readonly namespace: string;
  readonly name: string;
}

export function placeOf({ outputs }: CloudObject): ObjectPlace {
  const metadata = unwrapSecrets(outputs.metadata);
  return {
    namespace: text(at(metadata, "namespace"), "default"),
    name: text(at(metadata, "name")),
  };
}

/** How many pods a Deployment asks for. */
export function replicasOf({ inputs }: CloudObject): number {
  const replicas = at(unwrapSecrets(inputs), "spec", "replicas");
  return replicas === undefined ? 1 : Number(replicas);
}

/** The object of that kind, place and name, if there is one. */
export const objectIn = (
  store: CloudStore,
  type: string,
  namespace: string,
  name: string,
): CloudObject | undefined =>
  store.all(type).find((object) => {
    const place = placeOf(object);
    return place.name === name && place.namespace === namespace;
  });
