import { collectFacts, type Facts } from "../../preflight/doctor/facts";
import type { Account } from "../../preflight/simulation/models/model";
import type { Registration } from "../../preflight/simulation/mocks/recorder";
import type { CloudObject, CloudStore } from "../server/store";
import { placeOf } from "./objects";

/** What decides, next to the objects of its own namespace, whether a pod gets its secrets. */
const DECISIVE = /^aws:(?:iam|eks|kms|secretsmanager)\/|^kubernetes:(?:helm|rbac)/;
const NAMESPACED = /^kubernetes:/;

/**
 * The facts about one pod that the doctor's own code decides by: what exists in the local cloud, as
 * far as it matters to this pod. Of a store with fifty apps they take a few milliseconds.
 */
export function factsFor(deployment: CloudObject, store: CloudStore, account: Account): Facts {
  const { namespace } = placeOf(deployment);
  const around = store
    .all()
    .filter(({ type }) => type !== deployment.type)
    .filter(
      (object) =>
        DECISIVE.test(object.type) ||
        (NAMESPACED.test(object.type) && placeOf(object).namespace === namespace),
    );
  // While it is being made, the Deployment itself is not in the store yet.
  return collectFacts([...around, deployment].map(asRegistration), account);
}

/** Something that exists, as a program would have registered it. All references are resolved. */
function asRegistration({ type, urn, inputs, outputs }: CloudObject): Registration {
  return {
    ...{ urn, type, inputs, outputs },
    name: urn.split("::").at(-1) ?? "",
    custom: true,
    remote: false,
    parent: undefined,
    dependsOn: [],
    propertyDependencies: {},
    protect: false,
    // A local cloud has one cluster and one account.
    provider: "",
    ignoreChanges: [],
    deleteBeforeReplace: false,
  retainOnDelete: false,
  aliases: [],
  };
}
