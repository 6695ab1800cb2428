import { collectFacts, type Facts } from "../../preflight/doctor/facts";
import type { Account } from "../../preflight/simulation/models/model";
import type { Registration } from "../../preflight/simulation/mocks/recorder";
import type { CloudObject, CloudStore } from "../server/store";
import { namespacedName } from "./objects";

/** Types that decide, beside the objects of its namespace, whether a pod gets its secrets. */
const DECISIVE = /^aws:(?:iam|eks|kms|secretsmanager)\/|^kubernetes:(?:helm|rbac)/;
const NAMESPACED = /^kubernetes:/;
/** Of another pod nothing matters, not even that it mounts the same class. */
const RUNS_PODS = /^kubernetes:(?:apps|batch)\//;

/**
 * The doctor's facts about one pod, from the objects of the local cloud that matter to it: with fifty
 * apps in the store, collecting the facts of all objects for each pod would take seconds.
 */
export function factsFor(deployment: CloudObject, store: CloudStore, account: Account): Facts {
  const { namespace } = namespacedName(deployment);
  const around = store
    .all()
    .filter(({ type }) => !RUNS_PODS.test(type))
    .filter(
      (object) =>
        DECISIVE.test(object.type) ||
        (NAMESPACED.test(object.type) && namespacedName(object).namespace === namespace),
    );
  // While it is being made, the Deployment itself is not in the store yet.
  return collectFacts([...around, deployment].map(asRegistration), account);
}

/** An existing object as a program would have registered it, with all references resolved. */
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
