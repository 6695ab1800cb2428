import {
  SUBDOMAIN,
  HOST,
  characters,
  whole,
  oneOf,
  type Examples,
  text,
  subdomain,
  label,
  segment,
  key,
  labelValue,
  dataKey,
  portName,
  portNumber,
  port,
  natural,
  amount,
  share,
  protocol,
  certificateHost,
  host,
  under,
} from "./forms";
import {
  metadata,
  namespaced,
  selector,
  MISMATCH,
  endingPod,
  lastingPod,
  matchLabels,
} from "./refused-in-pods";

const anySelector: Examples = {
  ...selector(),
  "matchLabels{key}": key,
  "matchLabels{}": labelValue,
};
const peer: Examples = {
  ...under("podSelector", anySelector),
  ...under("namespaceSelector", anySelector),
};
const policyPort: Examples = { protocol, port, endPort: portNumber.slice(1) };

const backend: Examples = {
  "service.name": label,
  "service.port.name": portName,
  "service.port.number": portNumber.slice(1),
};

/** For each kind and each rule of its values, what it refuses. */
const counts: Examples = {
  backoffLimit: natural,
  activeDeadlineSeconds: natural,
  completions: natural,
  parallelism: natural,
  ttlSecondsAfterFinished: natural,
};

const utilization: Examples = {
  "target.type": [["Percent", oneOf("AverageValue", "Utilization", "Value")]],
  "target.averageUtilization": [[0, whole(1)]],
};

export const REFUSED: Readonly<Record<string, Examples>> = {
  Namespace: metadata(label),
  ServiceAccount: namespaced(),
  ConfigMap: {
    ...namespaced(),
    "data{key}": dataKey,
    "data{}": text,
    "binaryData{key}": dataKey,
    "binaryData{}": [
      ["AAE", "must be Base64"],
      ["a_b-", "must be Base64"],
    ],
  },
  Service: {
    ...namespaced(label),
    ...under("spec", {
      type: [["Public", oneOf("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")]],
      sessionAffinity: [["Cookie", oneOf("ClientIP", "None")]],
      externalTrafficPolicy: [["Node", oneOf("Cluster", "Local")]],
      internalTrafficPolicy: ["Node", ""].map((value) => [value, oneOf("Cluster", "Local")]),
      "selector{key}": key,
      "selector{}": labelValue,
      "ports[].name": label,
      "ports[].port": portNumber.slice(1),
      "ports[].targetPort": port,
      "ports[].nodePort": [[65_536, whole(0, 65_535)]],
      "ports[].protocol": protocol,
    }),
  },
  Deployment: {
    ...namespaced(),
    ...under("spec", {
      replicas: natural,
      minReadySeconds: natural,
      revisionHistoryLimit: natural,
      progressDeadlineSeconds: natural.filter(([value]) => value !== -1),
      "strategy.type": [["BlueGreen", oneOf("Recreate", "RollingUpdate")]],
      "strategy.rollingUpdate.maxSurge": amount,
      "strategy.rollingUpdate.maxUnavailable": share,
      ...under("selector", selector(MISMATCH)),
      ...matchLabels(MISMATCH),
      ...under("template", lastingPod),
    }),
  },
  Ingress: {
    ...namespaced(),
    ...under("spec", {
      ingressClassName: [...subdomain, ["", SUBDOMAIN]],
      "rules[].host": host,
      "rules[].http.paths[].pathType": [
        ["Regex", oneOf("Exact", "ImplementationSpecific", "Prefix")],
      ],
      ...under("rules[].http.paths[].backend", backend),
      ...under("defaultBackend", backend),
      "tls[].hosts[]": [...certificateHost, ["", HOST]],
      "tls[].secretName": subdomain,
    }),
  },
  NetworkPolicy: {
    ...namespaced(),
    ...under("spec", {
      "policyTypes[]": [["Both", oneOf("Ingress", "Egress")]],
      ...under("podSelector", anySelector),
      ...under("ingress[]", { ...under("from[]", peer), ...under("ports[]", policyPort) }),
      ...under("egress[]", { ...under("to[]", peer), ...under("ports[]", policyPort) }),
    }),
  },
  PodDisruptionBudget: {
    ...namespaced(segment),
    ...under("spec", {
      minAvailable: share,
      maxUnavailable: share,
      unhealthyPodEvictionPolicy: ["Never", ""].map((value) => [
        value,
        oneOf("IfHealthyBudget", "AlwaysAllow"),
      ]),
      ...under("selector", selector()),
      ...matchLabels(),
    }),
  },
  HorizontalPodAutoscaler: {
    ...namespaced(),
    ...under("spec", {
      minReplicas: [
        [0, whole(1)],
        [1.5, whole(1)],
      ],
      maxReplicas: [[0, whole(1), ["spec.maxReplicas must not be less than minReplicas"]]],
      "scaleTargetRef.kind": segment,
      "scaleTargetRef.name": segment,
      "metrics[].type": [
        ["Cpu", oneOf("ContainerResource", "External", "Object", "Pods", "Resource")],
      ],
      ...under("metrics[].resource", utilization),
      ...under("metrics[].containerResource", utilization),
    }),
  },
  ClusterRole: {
    ...metadata(segment),
    "rules[].verbs[]": text,
    "rules[].apiGroups[]": text,
    "rules[].resources[]": text,
  },
  Role: {
    ...namespaced(segment),
    "rules[].verbs[]": text,
    "rules[].apiGroups[]": text,
    "rules[].resources[]": text,
  },
  RoleBinding: {
    ...namespaced(segment),
    "roleRef.apiGroup": [["rbac", oneOf("rbac.authorization.k8s.io")]],
    "roleRef.kind": [["Group", oneOf("Role", "ClusterRole")]],
    "roleRef.name": segment,
    "subjects[].kind": [["Robot", oneOf("ServiceAccount", "User", "Group")]],
  },
  Job: {
    ...namespaced([...subdomain, ["a".repeat(64), characters(1, 63)]]),
    ...under("spec", {
      ...counts,
      ...under("template", endingPod),
    }),
  },
  CronJob: {
    ...namespaced(),
    ...under("spec", {
      schedule: [
        ["0 3 * *", "must be a schedule of five fields"],
        ["TZ=UTC 0 3 * * *", "must be a schedule of five fields"],
      ],
      timeZone: text,
      concurrencyPolicy: [["Queue", oneOf("Allow", "Forbid", "Replace")]],
      startingDeadlineSeconds: natural,
      successfulJobsHistoryLimit: natural,
      failedJobsHistoryLimit: natural,
      ...under("jobTemplate.spec", {
        ...counts,
        "template.spec.restartPolicy": [["Always", oneOf("Never", "OnFailure")]],
      }),
    }),
  },
  ClusterRoleBinding: {
    ...metadata(segment),
    "roleRef.apiGroup": [["rbac", oneOf("rbac.authorization.k8s.io")]],
    "roleRef.kind": [["Role", oneOf("ClusterRole")]],
    "roleRef.name": segment,
    "subjects[].kind": [["Robot", oneOf("ServiceAccount", "User", "Group")]],
  },
  SecretProviderClass: {
    ...namespaced(),
    ...under("spec", {
      provider: text,
      "parameters{}": text,
      "secretObjects[].secretName": text,
      "secretObjects[].type": text,
      "secretObjects[].labels{}": text,
      "secretObjects[].annotations{}": text,
      "secretObjects[].data[].objectName": text,
      "secretObjects[].data[].key": text,
    }),
  },
  Release: {
    name: [
      ["A", SUBDOMAIN],
      ["a".repeat(54), characters(1, 53)],
    ],
    namespace: label,
    timeout: natural,
  },
};
