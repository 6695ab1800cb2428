import { collectFacts, type Facts } from "../../preflight/doctor/facts";
import type { Account } from "../../preflight/simulation/models/model";
import { asRegistration } from "../server/registered";
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
