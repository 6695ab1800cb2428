import { type Check, checks, isNothing, isThere, recordsAt, requires, type Rules } from "./checks";
import * as names from "./names";
import { oneOf } from "../value-rules";

// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/rbac/validation/validation.go

const GROUP = "rbac.authorization.k8s.io";

/** A rule is about resources of API groups, or about paths of the API server. */
const subjectOfRules: Check = (inputs) =>
  recordsAt(inputs, "rules[]").flatMap(({ path, record }) => {
    const { nonResourceURLs, apiGroups, resources, resourceNames } = record;
    if (isNothing(nonResourceURLs)) {
      return [
        ...(isNothing(apiGroups) ? [`${path}.apiGroups: Required value`] : []),
        ...(isNothing(resources) ? [`${path}.resources: Required value`] : []),
      ];
    }
    return isThere(nonResourceURLs) && [apiGroups, resources, resourceNames].some(isThere)
      ? [`${path} must not be about both resources and nonResourceURLs`]
      : [];
  });

export const roleRules: Rules = {
  "rules[].verbs[]": names.text,
  "rules[].apiGroups[]": names.text,
  "rules[].resources[]": names.text,
};

export const roleCheck = checks(requires("rules[].verbs"), subjectOfRules);

const bindingRulesOf = (...kinds: readonly string[]): Rules => ({
  "roleRef.apiGroup": oneOf(GROUP),
  "roleRef.kind": oneOf(...kinds),
  "roleRef.name": names.pathSegment,
  "subjects[].kind": oneOf("ServiceAccount", "User", "Group"),
});

export const clusterBindingRules = bindingRulesOf("ClusterRole");
export const bindingRules = bindingRulesOf("Role", "ClusterRole");

/** A ServiceAccount is of the core API and has a namespace; a user or group is of RBAC's own. */
const subjects: Check = (inputs) =>
  recordsAt(inputs, "subjects[]").flatMap(({ path, record }) => {
    const { kind, name, namespace, apiGroup } = record;
    if (kind !== "ServiceAccount") {
      const isForeign = isThere(kind) && isThere(apiGroup) && apiGroup !== GROUP;
      return isForeign ? [`${path}.apiGroup must be ${GROUP} for a ${String(kind)}`] : [];
    }
    const isName = !isThere(name) || !names.dnsSubdomain(name);
    return [
      ...(isName ? [] : [`${path}.name must be the name of a ServiceAccount`]),
      ...(isNothing(namespace) ? [`${path}.namespace: Required value`] : []),
      ...(isThere(apiGroup) ? [`${path}.apiGroup must be empty for a ServiceAccount`] : []),
    ];
  });

export const bindingCheck = checks(
  requires("roleRef?.kind", "roleRef?.name", "subjects[].kind", "subjects[].name"),
  subjects,
);
