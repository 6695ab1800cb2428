import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryEntry } from "../secrets/entries";
import type { AppSettings } from "../settings";
import { CA_DIRECTORY, SECRETS_PATH, TLS_ENVIRONMENT } from "./mounts";

/** Annotation that rolls the pods when the SecretProviderClass changes. */
export const CLASS_HASH_ANNOTATION = "eks-db-secrets/secret-provider-class-hash";

/** Annotation that rolls the pods when the CA bundle changes: clients read it at start. */
export const CA_HASH_ANNOTATION = "eks-db-secrets/ca-bundle-hash";

export interface PodTemplateRequest {
  readonly settings: AppSettings;
  readonly entries: readonly DeliveryEntry[];
  readonly image: pulumi.Input<string>;
  /** Plain-text variables, already checked. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
  readonly names: {
    readonly serviceAccount: pulumi.Input<string>;
    readonly providerClass: string;
    /** Absent where no variable comes from a secret. */
    readonly syncedSecret: string | undefined;
    readonly caBundle: string;
  };
}

type PodTemplate = kubernetes.types.input.core.v1.PodTemplateSpec;
type Container = kubernetes.types.input.core.v1.Container;
type EnvVar = kubernetes.types.input.core.v1.EnvVar;

/** The pod: one container under the restricted pod security standard, with its secrets mounted. */
export function podTemplate(request: PodTemplateRequest): PodTemplate {
  const { labels, annotations, names, settings } = request;
  const writable = ["/tmp", ...settings.writablePaths].map((mountPath, index) => ({
    name: `writable-${index}`,
    mountPath,
  }));
  return {
    metadata: { labels: { ...settings.podLabels, ...labels }, annotations },
    spec: {
      serviceAccountName: names.serviceAccount,
      automountServiceAccountToken: false,
      ...(settings.imagePullSecrets.length > 0 && {
        imagePullSecrets: settings.imagePullSecrets.map((secret) => ({ name: secret })),
      }),
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
        (topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: labels },
        }),
      ),
      containers: [container(request, writable)],
      volumes: [
        {
          name: "secrets",
          csi: {
            driver: "secrets-store.csi.k8s.io",
            readOnly: true,
            volumeAttributes: { secretProviderClass: names.providerClass },
          },
        },
        { name: "ca-bundle", configMap: { name: names.caBundle } },
        ...writable.map(({ name }) => ({ name, emptyDir: {} })),
      ],
    },
  };
}

function container(
  request: PodTemplateRequest,
  writable: readonly { name: string; mountPath: string }[],
): Container {
  const { settings, image } = request;
  const { command, args, containerPort, runAsUser, probes, resources } = settings;
  return {
    name: "app",
    image,
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    ...(containerPort !== undefined && {
      ports: [{ name: "app", containerPort, protocol: "TCP" }],
    }),
    env: environment(request),
    resources,
    ...(probes.readiness && { readinessProbe: probes.readiness }),
    ...(probes.liveness && { livenessProbe: probes.liveness }),
    ...(probes.startup && { startupProbe: probes.startup }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      runAsNonRoot: true,
      ...(runAsUser !== undefined && { runAsUser }),
    },
    volumeMounts: [
      { name: "secrets", mountPath: SECRETS_PATH, readOnly: true },
      { name: "ca-bundle", mountPath: CA_DIRECTORY, readOnly: true },
      ...writable.map(({ name, mountPath }) => ({ name, mountPath })),
    ],
  };
}

function environment({ entries, environment: plain, names }: PodTemplateRequest): EnvVar[] {
  const fromSecret = entries.flatMap(({ variable }) =>
    variable === undefined || names.syncedSecret === undefined
      ? []
      : [
          {
            name: variable,
            valueFrom: { secretKeyRef: { name: names.syncedSecret, key: variable } },
          },
        ],
  );
  const plainText = Object.entries({ ...TLS_ENVIRONMENT, ...plain });
  return [...fromSecret, ...plainText.map(([name, value]) => ({ name, value }))];
}
