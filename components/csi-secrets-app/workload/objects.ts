import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { IngressSettings } from "../args";
import type { AppSettings } from "../settings";
import type { ReplicaRange } from "../workload-args";
import type { ServedPort } from "./ports";

type Labels = Readonly<Record<string, string>>;
/** What the app's namespaced objects are called. */
export type Metadata = {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Labels;
};

/** Name of the app's own container. */
export const APP_CONTAINER = "app";

/** Labels that select the app's pods; a Deployment's selector can never change. */
export const selectorLabels = (name: string): Labels => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/managed-by": "pulumi",
});

/** A new pod is ready before an old one goes, so that a rollout loses no capacity. */
export function deploymentArgs(
  metadata: Metadata,
  { replicas }: AppSettings,
  template: kubernetes.types.input.core.v1.PodTemplateSpec,
): kubernetes.apps.v1.DeploymentArgs {
  return {
    metadata,
    spec: {
      ...(replicas !== undefined && { replicas }),
      revisionHistoryLimit: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: metadata.labels },
      template,
    },
  };
}

/**
 * The Service of the pods. Pulumi waits until it has one behind it; where there is none, it must not.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/core/v1/service/
 */
export function serviceArgs(
  metadata: Metadata,
  { replicas, ports }: Pick<AppSettings, "replicas" | "ports">,
): kubernetes.core.v1.ServiceArgs {
  return {
    metadata: {
      ...metadata,
      ...(replicas === 0 && { annotations: { "pulumi.com/skipAwait": "true" } }),
    },
    spec: {
      type: "ClusterIP",
      selector: metadata.labels,
      ports: ports.map(({ name, serviceName, servicePort }) => ({
        name: serviceName,
        port: servicePort,
        targetPort: name,
        protocol: "TCP",
      })),
    },
  };
}

export function ingressArgs(
  metadata: Metadata,
  ports: readonly ServedPort[],
  { className, host, path = "/", port, tlsSecretName, annotations }: IngressSettings,
): kubernetes.networking.v1.IngressArgs {
  const served = ports.find(({ name }) => name === port) ?? ports[0];
  const backend = { service: { name: metadata.name, port: { number: served?.servicePort } } };
  return {
    metadata: { ...metadata, ...(annotations && { annotations }) },
    spec: {
      ingressClassName: className,
      ...(tlsSecretName !== undefined && {
        tls: [{ secretName: tlsSecretName, ...(host !== undefined && { hosts: [host] }) }],
      }),
      rules: [
        {
          ...(host !== undefined && { host }),
          http: { paths: [{ path, pathType: "Prefix", backend }] },
        },
      ],
    },
  };
}

export function podDisruptionBudgetArgs(
  metadata: Metadata,
): kubernetes.policy.v1.PodDisruptionBudgetArgs {
  return {
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: metadata.labels } },
  };
}

/**
 * Adds and removes pods by the CPU of the app's own container: what a sidecar uses and requests does not
 * count.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics
 */
export function autoscalerArgs(
  metadata: Metadata,
  deployment: pulumi.Input<string>,
  { min, max, cpu }: ReplicaRange,
): kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs {
  const target = { type: "Utilization", averageUtilization: cpu };
  return {
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          type: "ContainerResource",
          containerResource: { name: "cpu", container: APP_CONTAINER, target },
        },
      ],
    },
  };
}
