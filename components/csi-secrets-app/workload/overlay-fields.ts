/**
 * Fields of a Deployment, by what holds them. The API server drops one that it does not know, and
 * says nothing about it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export const FIELDS = {
  deployment: ["apiVersion", "kind", "metadata", "spec"],
  metadata: ["name", "namespace", "labels", "annotations", "finalizers"],
  spec: [
    ...["minReadySeconds", "paused", "progressDeadlineSeconds", "replicas"],
    ...["revisionHistoryLimit", "selector", "strategy", "template"],
  ],
  template: ["metadata", "spec"],
  pod: [
    ...["activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers"],
    ...["dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork"],
    ...["hostPID", "hostUsers", "hostname", "hostnameOverride", "imagePullSecrets"],
    ...["initContainers", "nodeName", "nodeSelector", "os", "overhead", "preemptionPolicy"],
    ...["priority", "priorityClassName", "readinessGates", "resourceClaims", "resources"],
    ...["restartPolicy", "runtimeClassName", "schedulerName", "schedulingGates"],
    ...["securityContext", "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace"],
    ...["subdomain", "terminationGracePeriodSeconds", "tolerations"],
    ...["topologySpreadConstraints", "volumes"],
  ],
  container: [
    ...["args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle"],
    ...["livenessProbe", "name", "ports", "readinessProbe", "resizePolicy", "resources"],
    ...["restartPolicy", "restartPolicyRules", "securityContext", "startupProbe", "stdin"],
    ...["stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "tty"],
    ...["volumeDevices", "volumeMounts", "workingDir"],
  ],
} as const;
