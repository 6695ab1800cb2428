import { type Case, empty, required } from "./cases";
import { DEPLOYMENT } from "./deployments";

const PATH = "spec.rules[0].http.paths[0]";
const ODD =
  `${PATH}.path must hold neither '//', '/./' nor '/../', no '%2f', ` +
  "and not end with '/.' or '/..'";

/** For each kind, values that it refuses together. */
export const TOGETHER: Readonly<Record<string, readonly Case[]>> = {
  Deployment: DEPLOYMENT,
  Service: [
    [{ spec: undefined }, "spec.ports: Required value"],
    empty("spec.ports", []),
    required("spec.ports[0].port"),
    required("spec.ports[1].name"),
    [
      { "spec.ports[1].name": "a-name-longer-than-15" },
      "spec.ports[1].name must be unique in the list",
    ],
    [
      { "spec.ports[1].protocol": undefined },
      "spec.ports[1] must differ from the others in port or protocol",
    ],
    [
      { "spec.type": "ClusterIP" },
      "spec.ports[0].nodePort must be absent where spec.type is ClusterIP",
    ],
    [
      { "spec.type": undefined },
      "spec.ports[0].nodePort must be absent where spec.type is ClusterIP",
    ],
    [{ "spec.type": "ExternalName" }, "spec.externalName: Required value"],
    [
      { "spec.type": "ExternalName", "spec.externalName": "a_b" },
      "spec.externalName must be lower-case letters, digits, '-' and '.', " +
        "each part starting and ending with a letter or digit",
    ],
  ],
  Ingress: [
    [{ spec: {} }, "spec: either `defaultBackend` or `rules` must be specified"],
    [{ spec: undefined }, "spec: either `defaultBackend` or `rules` must be specified"],
    empty("spec.rules[0].http.paths", []),
    required(`${PATH}.pathType`),
    required(`${PATH}.backend`),
    required(`${PATH}.backend.service.name`),
    required(`${PATH}.backend.service.port`),
    [
      { "spec.defaultBackend": {} },
      "spec.defaultBackend must have exactly one of service, resource",
    ],
    [
      { [`${PATH}.backend.resource`]: { kind: "B", name: "b" } },
      `${PATH}.backend must have exactly one of service, resource`,
    ],
    ...["kind", "name"].map((key): Case => [
      {
        [`${PATH}.backend`]: { resource: { kind: "B", name: "b", [key]: undefined } },
      },
      `${PATH}.backend.resource.${key}: Required value`,
    ]),
    [
      { [`${PATH}.backend.service.port.name`]: "http" },
      `${PATH}.backend.service.port must have exactly one of name, number`,
    ],
    [
      { "spec.defaultBackend.service.port": {} },
      "spec.defaultBackend.service.port must have exactly one of name, number",
    ],
    [{ [`${PATH}.path`]: undefined }, `${PATH}.path must start with '/'`],
    [
      { "spec.rules[0].http.paths[1].path": "a" },
      "spec.rules[0].http.paths[1].path must start with '/'",
    ],
    ...["/a//b", "/./a", "/a/../b", "/%2fa", "/%2Fa", "/a/.", "/a/.."].map((path): Case => [
      { [`${PATH}.path`]: path },
      ODD,
    ]),
  ],
  NetworkPolicy: [
    [{ "spec.ingress[0].from[1]": {} }, "spec.ingress[0].from[1] must specify a peer"],
    [
      { "spec.egress[0].to[0].podSelector": {} },
      "spec.egress[0].to[0].ipBlock must not be beside a selector",
    ],
    required("spec.ingress[0].from[0].ipBlock.cidr"),
    required("spec.ingress[0].from[2].podSelector.matchExpressions[1].operator"),
    empty("spec.egress[0].to[1].podSelector.matchExpressions[1].values", []),
  ],
  PodDisruptionBudget: [
    required("spec.selector.matchExpressions[0].operator"),
    empty("spec.selector.matchExpressions[1].values", []),
    [{ "spec.minAvailable": 1 }, "spec must have at most one of minAvailable, maxUnavailable"],
    [{ "spec.minAvailable": 0 }, "spec must have at most one of minAvailable, maxUnavailable"],
  ],
  HorizontalPodAutoscaler: [
    required("spec.maxReplicas"),
    empty("spec.scaleTargetRef", undefined),
    required("spec.scaleTargetRef.kind"),
    required("spec.scaleTargetRef.name"),
    required("spec.metrics[0].type"),
    required("spec.metrics[0].resource"),
    required("spec.metrics[0].resource.name"),
    required("spec.metrics[1].containerResource.container"),
    required("spec.metrics[1].containerResource.name"),
    [{ "spec.maxReplicas": 1 }, "spec.maxReplicas must not be less than minReplicas"],
  ],
  ClusterRole: [
    empty("rules[0].verbs", []),
    required("rules[1].verbs"),
    required("rules[0].apiGroups"),
    empty("rules[0].resources", []),
    [
      { "rules[1].resources": ["pods"] },
      "rules[1] must not be about both resources and nonResourceURLs",
    ],
  ],
  ClusterRoleBinding: [
    [{ roleRef: undefined }, "missing required roleRef"],
    required("roleRef.kind"),
    required("roleRef.name"),
    required("subjects[0].name"),
    required("subjects[1].kind"),
    required("subjects[0].namespace"),
    [
      { "subjects[1].apiGroup": "example.com" },
      "subjects[1].apiGroup must be rbac.authorization.k8s.io for a User",
    ],
    [
      { "subjects[2].apiGroup": "v1" },
      "subjects[2].apiGroup must be rbac.authorization.k8s.io for a Group",
    ],
    [{ "subjects[3]": null }, "subjects[3] must not be null"],
    [{ "subjects[0].name": "A b" }, "subjects[0].name must be the name of a ServiceAccount"],
    [
      { "subjects[0].apiGroup": "rbac.authorization.k8s.io" },
      "subjects[0].apiGroup must be empty for a ServiceAccount",
    ],
  ],
  ConfigMap: [
    [{ "data.logo": "text" }, "data and binaryData must not have a key in common"],
    [
      { "data.large": "ä".repeat(524_286) + "a".repeat(4) },
      "data has 1048584 bytes, and may have 1048576",
    ],
  ],
  Release: [[{ chart: undefined }, "missing required chart"]],
};
