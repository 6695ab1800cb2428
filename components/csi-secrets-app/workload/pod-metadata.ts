import { type Check, list, optional, orLate, record, string } from "../../shared/checks";
import {
  annotationKeyProblem,
  labelKeyProblem,
  labelValueProblem,
  subdomainProblem,
} from "../../shared/kubernetes-names";
import type { Rule } from "../../shared/problems";
import { selectorLabels } from "./objects";

/** What the component sets itself; another value would break the selector, the rollout or the role. */
const OWN_LABELS = Object.keys(selectorLabels(""));
const OWN_ANNOTATIONS = ["eks-db-secrets/", "eks.amazonaws.com/role-arn"];

const unlessOwn =
  (own: readonly string[], rule: Rule<string>): Rule<string> =>
  (key) =>
    own.some((one) => (one.endsWith("/") ? key.startsWith(one) : key === one))
      ? "must be left out: the component sets it"
      : rule(key);

const annotations: Check = record(orLate(string()), {
  name: unlessOwn(OWN_ANNOTATIONS, annotationKeyProblem),
});

/** Labels and annotations of the pods and what else they are pulled and known by. */
export const POD_METADATA_CHECKS = {
  podLabels: optional(
    record(string(labelValueProblem), { name: unlessOwn(OWN_LABELS, labelKeyProblem) }),
  ),
  podAnnotations: optional(annotations),
  serviceAccountAnnotations: optional(annotations),
  imagePullSecrets: optional(list(string(subdomainProblem))),
} as const;
