import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryEntry } from "../secrets/entries";
import type { AppSettings } from "../settings";
import { PROVIDED_MOUNTS, TLS_ENVIRONMENT } from "./mounts";
import { restrictedContainer, restrictedPod } from "./restricted";

/** Annotation that rolls the pods when the SecretProviderClass changes. */
export const CLASS_HASH_ANNOTATION = "eks-db-secrets/secret-provider-class-hash";

/** Annotation that rolls the pods when the CA bundle changes: clients read it at start. */
export const CA_HASH_ANNOTATION = "eks-db-secrets/ca-bundle-hash";

/** What a pod is made from, whatever it runs. */
export interface PodRequest {
  readonly settings: AppSettings;
  readonly entries: readonly DeliveryEntry[];
  readonly image: pulumi.Input<string>;
  /** Plain-text variables, already checked. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly names: {
    readonly serviceAccount: pulumi.Input<string>;
    readonly providerClass: string;
    /** Absent where no variable comes from a secret. */
    readonly syncedSecret: string | undefined;
    readonly caBundle: string;
  };
}

export interface PodTemplateRequest extends PodRequest {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
}

type PodTemplate = kubernetes.types.input.core.v1.PodTemplateSpec;
type PodSpec = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;
type EnvVar = kubernetes.types.input.core.v1.EnvVar;

/** The pod: one container under the restricted pod security standard, with its secrets mounted. */
export function podTemplate(request: PodTemplateRequest): PodTemplate {
  const { labels, annotations, settings } = request;
  return {
    metadata: { labels: { ...settings.podLabels, ...labels }, annotations },
    spec: {
      ...podSpec(request, [container(request)]),
      topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
        (topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: labels },
        }),
      ),
    },
  };
}

/** A pod with the app's identity and volumes, whatever its containers are. */
export function podSpec(request: PodRequest, containers: Container[]): PodSpec {
  const { names, settings } = request;
  return {
    serviceAccountName: names.serviceAccount,
    automountServiceAccountToken: false,
    ...(settings.imagePullSecrets.length > 0 && {
      imagePullSecrets: settings.imagePullSecrets.map((secret) => ({ name: secret })),
    }),
    enableServiceLinks: false,
    securityContext: restrictedPod(),
    containers,
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
      ...writablePaths(request).map(({ name }) => ({ name, emptyDir: {} })),
    ],
  };
}

const writablePaths = ({ settings }: PodRequest) =>
  ["/tmp", ...settings.writablePaths].map((mountPath, index) => ({
    name: `writable-${index}`,
    mountPath,
  }));

function container(request: PodTemplateRequest): Container {
  const { settings, image } = request;
  const { command, args, containerPort, probes, resources } = settings;
  return {
    name: "app",
    image,
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    ...(containerPort !== undefined && {
      ports: [{ name: "app", containerPort, protocol: "TCP" }],
    }),
    resources,
    ...(probes.readiness && { readinessProbe: probes.readiness }),
    ...(probes.liveness && { livenessProbe: probes.liveness }),
    ...(probes.startup && { startupProbe: probes.startup }),
    ...surroundings(request),
  };
}

/** What a container gets of the app's secrets and settings, and what it must not do. */
export const surroundings = (
  request: PodRequest,
): Required<Pick<Container, "env" | "securityContext" | "volumeMounts">> => ({
  env: environment(request),
  securityContext: {
    ...restrictedContainer(),
    runAsNonRoot: true,
    ...(request.settings.runAsUser !== undefined && { runAsUser: request.settings.runAsUser }),
  },
  volumeMounts: [...PROVIDED_MOUNTS.map((mount) => ({ ...mount })), ...writablePaths(request)],
});

function environment({ entries, environment: plain, names }: PodRequest): EnvVar[] {
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
