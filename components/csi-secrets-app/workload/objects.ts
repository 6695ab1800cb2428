import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { AppSettings } from "../settings";

type Labels = Readonly<Record<string, string>>;
type Metadata = {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Labels;
};

const SERVICE_PORT = 80;

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
      replicas,
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
  { replicas }: AppSettings,
): kubernetes.core.v1.ServiceArgs {
  return {
    metadata: {
      ...metadata,
      ...(replicas === 0 && { annotations: { "pulumi.com/skipAwait": "true" } }),
    },
    spec: {
      type: "ClusterIP",
      selector: metadata.labels,
      ports: [{ name: "http", port: SERVICE_PORT, targetPort: "app", protocol: "TCP" }],
    },
  };
}

export function ingressArgs(
  metadata: Metadata,
  { className, host, path = "/", tlsSecretName, annotations }: NonNullable<AppSettings["ingress"]>,
): kubernetes.networking.v1.IngressArgs {
  const backend = { service: { name: metadata.name, port: { number: SERVICE_PORT } } };
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
