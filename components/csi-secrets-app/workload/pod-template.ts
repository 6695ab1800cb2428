import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryEntry } from "../secrets/entries";
import type { AppSettings } from "../settings";
import { PROVIDED_MOUNTS, TLS_ENVIRONMENT } from "./mounts";
import { APP_CONTAINER } from "./objects";
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
  /** Variables that lead clients to their connection file, where there is one. */
  readonly connection: Readonly<Record<string, string>>;
  readonly names: {
    readonly serviceAccount: pulumi.Input<string>;
    readonly providerClass: string;
    /** Absent where no variable comes from a secret. */
    readonly syncedSecret: string | undefined;
    readonly caBundle: string;
  };
}

export interface PodTemplateRequest extends PodRequest {
  /** Image and plain-text variables of each container of the settings. */
  readonly containers: readonly Pick<PodRequest, "image" | "environment">[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
}

type PodTemplate = kubernetes.types.input.core.v1.PodTemplateSpec;
type PodSpec = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;
type EnvVar = kubernetes.types.input.core.v1.EnvVar;

/** The pod: the app's container and what starts before it under the restricted pod security standard, with its secrets mounted. */
export function podTemplate(request: PodTemplateRequest): PodTemplate {
  const { labels, annotations, settings } = request;
  return {
    metadata: { labels: { ...settings.podLabels, ...labels }, annotations },
    spec: {
      ...podSpec(request, [appContainer(request)], initContainers(request)),
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
export function podSpec(
  request: PodRequest,
  containers: Container[],
  initContainers: Container[] = [],
): PodSpec {
  const { names, settings } = request;
  return {
    serviceAccountName: names.serviceAccount,
    automountServiceAccountToken: false,
    ...(settings.imagePullSecrets.length > 0 && {
      imagePullSecrets: settings.imagePullSecrets.map((secret) => ({ name: secret })),
    }),
    enableServiceLinks: false,
    securityContext: restrictedPod(),
    ...(initContainers.length > 0 && { initContainers }),
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
      ...initContainers.map((_, index) => ({ name: ownTemporary(index), emptyDir: {} })),
    ],
  };
}

const writablePaths = ({ settings }: PodRequest) =>
  ["/tmp", ...settings.writablePaths].map((mountPath, index) => ({
    name: `writable-${index}`,
    mountPath,
  }));

/** Volume of the `/tmp` of a container besides the app's: what the app leaves in its own stays there. */
const ownTemporary = (index: number): string => `tmp-${index}`;

/** Those of the settings; one that goes on running is a sidecar to Kubernetes. */
const initContainers = (request: PodTemplateRequest): Container[] =>
  request.settings.containers.map((settings, index) => {
    const { name, command, args, resources, isSidecar, secrets } = settings;
    const { image, environment } = request.containers[index] ?? request;
    const [, ...shared] = writablePaths(request);
    return {
      name,
      image,
      ...(command && { command: [...command] }),
      ...(args && { args: [...args] }),
      ...(isSidecar && { restartPolicy: "Always" }),
      resources,
      env: [...(secrets ? secretEnvironment(request) : []), ...plainEnvironment(environment)],
      securityContext: securityContext(settings),
      volumeMounts: [
        ...(secrets ? providedMounts() : []),
        { name: ownTemporary(index), mountPath: "/tmp" },
        ...shared,
      ],
    };
  });

function appContainer(request: PodTemplateRequest): Container {
  const { settings, image } = request;
  const { command, args, ports, probes, resources } = settings;
  return {
    name: APP_CONTAINER,
    image,
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    ...(ports.length > 0 && {
      ports: ports.map(({ name, containerPort }) => ({ name, containerPort, protocol: "TCP" })),
    }),
    resources,
    ...(probes.readiness && { readinessProbe: probes.readiness }),
    ...(probes.liveness && { livenessProbe: probes.liveness }),
    ...(probes.startup && { startupProbe: probes.startup }),
    ...commonContainerFields(request),
  };
}

/** What the app's container gets of its secrets and settings, and what it must not do. */
export const commonContainerFields = (
  request: PodRequest,
): Required<Pick<Container, "env" | "securityContext" | "volumeMounts">> => ({
  env: [...secretEnvironment(request), ...plainEnvironment(request.environment)],
  securityContext: securityContext(request.settings),
  volumeMounts: [...providedMounts(), ...writablePaths(request)],
});

const providedMounts = () => PROVIDED_MOUNTS.map((mount) => ({ ...mount }));

const securityContext = ({ runAsUser }: Pick<AppSettings, "runAsUser">) => ({
  ...restrictedContainer(),
  runAsNonRoot: true,
  ...(runAsUser !== undefined && { runAsUser }),
});

/** Variables from secrets, and those by which clients verify the database and find their connection. */
const secretEnvironment = ({ entries, connection, names }: PodRequest): EnvVar[] => [
  ...entries.flatMap(({ variable }) =>
    variable === undefined || names.syncedSecret === undefined
      ? []
      : [
          {
            name: variable,
            valueFrom: { secretKeyRef: { name: names.syncedSecret, key: variable } },
          },
        ],
  ),
  ...plainEnvironment({ ...TLS_ENVIRONMENT, ...connection }),
];

const plainEnvironment = (variables: PodRequest["environment"]): EnvVar[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));
