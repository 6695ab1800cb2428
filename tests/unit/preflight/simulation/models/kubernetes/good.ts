// Objects of each kind that hold a value, which Kubernetes takes, for every rule.

const metadata = {
  name: "api",
  namespace: "default",
  labels: { "example.com/Team_a": "Orders.1", empty: "" },
  annotations: { "Example.com/note": "anything: / goes" },
};
const clusterWide = { ...metadata, namespace: undefined };

const identity = { runAsUser: 0, runAsGroup: 10, seccompProfile: { type: "RuntimeDefault" } };

const probe = {
  initialDelaySeconds: 0,
  timeoutSeconds: 1,
  periodSeconds: 5,
  successThreshold: 1,
  failureThreshold: 3,
};
const byHttp = { ...probe, httpGet: { path: "/", port: "http", scheme: "HTTPS" } };
const byTcp = { ...probe, tcpSocket: { port: 8080 } };
const byGrpc = { ...probe, grpc: { port: 8080 } };

const container = {
  name: "app",
  image: "registry/app:1",
  imagePullPolicy: "IfNotPresent",
  command: ["run"],
  args: ["fast"],
  ports: [
    { name: "http", containerPort: 8080, hostPort: 0, protocol: "TCP" },
    { containerPort: 65_535, protocol: "" },
  ],
  env: [
    { name: "A B-c.1", value: "" },
    { name: "S", valueFrom: { secretKeyRef: { name: "api.db", key: "_a-b.C" } } },
    { name: "C", valueFrom: { configMapKeyRef: { name: "api", key: ".c" } } },
    { name: "P", value: "", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "L", valueFrom: { fieldRef: { fieldPath: "metadata.labels['example.com/a']" } } },
    { name: "M", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } },
  ],
  envFrom: [{ prefix: "DB ", secretRef: { name: "api" } }, { configMapRef: { name: "api-" } }],
  resources: {
    requests: { cpu: "1500m", memory: "1.1G", "example.com/gpu": 1 },
    limits: { cpu: 1.5, memory: "1100M", "example.com/gpu": "1e0", "ephemeral-storage": "1Gi" },
  },
  securityContext: identity,
  readinessProbe: byHttp,
  livenessProbe: byTcp,
  startupProbe: byGrpc,
  volumeMounts: [
    { name: "secrets", mountPath: "/mnt/secrets" },
    { name: "secrets", mountPath: "/mnt/again", subPath: "..a/b..c/.d" },
  ],
};

const fields = [
  { path: "name", fieldRef: { fieldPath: "metadata.name" } },
  { path: "cpu", resourceFieldRef: { containerName: "app", resource: "requests.cpu" } },
];

const items = [{ key: "ca", path: "tls/ca..pem" }];

const { image } = container;
const containers = [
  container,
  { name: "b", image, readinessProbe: byTcp, livenessProbe: byGrpc, startupProbe: byHttp },
  { name: "c", image, readinessProbe: byGrpc, livenessProbe: byHttp, startupProbe: byTcp },
  // By its text the request would be the larger one.
  { name: "d", image, resources: { requests: { memory: "900Ki" }, limits: { memory: "1Mi" } } },
];

const selector = {
  matchLabels: { app: "api" },
  matchExpressions: [
    { key: "tier", operator: "Exists" },
    { key: "app", operator: "In", values: ["api"] },
  ],
};

const backend = { service: { name: "api", port: { number: 80 } } };

const byName = { service: { name: "api", port: { name: "http" } } };

/** The template of a pod with a value for every rule. */
const template = (restartPolicy: string) => ({
  metadata: {
    labels: { app: "api", tier: "web" },
    annotations: { "Example.com/a": "b c" },
  },
  spec: {
    serviceAccountName: "api",
    restartPolicy,
    dnsPolicy: "ClusterFirst",
    securityContext: { ...identity, fsGroup: 0, supplementalGroups: [1000] },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "any text",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: selector,
      },
    ],
    containers,
    // Probes are for those that run as long as the pod.
    initContainers: [
      ...containers.map(({ name, ...rest }) => ({
        name: `init-${name}`,
        restartPolicy: "Always",
        ...rest,
      })),
      { name: "init", image, restartPolicy: "" },
    ],
    volumes: [
      {
        name: "secrets",
        csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes: { a: "b" } },
      },
      { name: "config", configMap: { name: "api", defaultMode: 0o440, items } },
      { name: "secret", secret: { secretName: "api", defaultMode: 0o777, items } },
      { name: "work", emptyDir: { sizeLimit: "1Gi" } },
      // Without a source it is an empty directory.
      { name: "none" },
      {
        name: "fields",
        downwardAPI: {
          items: [
            ...fields,
            { path: "labels", fieldRef: { fieldPath: "metadata.labels" } },
            { path: "note", fieldRef: { fieldPath: "metadata.annotations['A.com/b']" } },
          ],
        },
      },
      {
        name: "both",
        projected: {
          sources: [
            { configMap: { name: "api", items } },
            { secret: { name: "api", items: [{ key: "ca", path: "tls/other.pem" }] } },
            { serviceAccountToken: { path: "token", expirationSeconds: 600 } },
            { downwardAPI: { items: fields } },
          ],
        },
      },
    ],
  },
});

export const GOOD: Readonly<Record<string, readonly any[]>> = {
  Namespace: [{ metadata: clusterWide }],
  ServiceAccount: [{ metadata: { ...metadata, name: "api.orders" } }],
  ConfigMap: [
    {
      metadata,
      data: { "ca-bundle.pem": "text", ".hidden_1": "" },
      binaryData: { logo: "AAECAw==" },
    },
  ],
  Service: [
    {
      metadata,
      spec: {
        type: "NodePort",
        sessionAffinity: "ClientIP",
        externalName: "",
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Cluster",
        selector: { app: "api" },
        ports: [
          { name: "a-name-longer-than-15", port: 53, targetPort: "dns", nodePort: 30_053 },
          { name: "udp", port: 53, targetPort: 5353, protocol: "UDP" },
        ],
      },
    },
    { spec: { clusterIP: "None" } },
    { spec: { type: "ExternalName", externalName: "db.example.com." } },
    // The name of another host is read of that type alone.
    { metadata: { name: "1st" }, spec: { externalName: "no_name", ports: [{ port: 80 }] } },
    { spec: { ports: [{ port: 80, targetPort: 0, nodePort: 0 }] } },
  ],
  Deployment: [
    {
      metadata: { ...metadata, name: "api.orders" },
      spec: {
        replicas: 0,
        minReadySeconds: 0,
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: 600,
        strategy: {
          type: "RollingUpdate",
          rollingUpdate: { maxSurge: "200%", maxUnavailable: 0 },
        },
        selector,
        template: template("Always"),
      },
    },
    {
      spec: {
        strategy: { type: "Recreate" },
        // Less than the deadline that there is without one.
        minReadySeconds: 599,
        selector: {
          matchExpressions: [
            { key: "app", operator: "In", values: ["web", "api"] },
            { key: "app", operator: "NotIn", values: ["db"] },
            { key: "tier", operator: "NotIn", values: ["db"] },
            { key: "tier", operator: "DoesNotExist" },
          ],
        },
        template: {
          metadata: { labels: { app: "api" } },
          spec: {
            dnsPolicy: "None",
            dnsConfig: { nameservers: ["10.0.0.10"] },
            containers: [{ name: "a", image }],
          },
        },
      },
    },
  ],
  Ingress: [
    {
      metadata,
      spec: {
        ingressClassName: "alb",
        defaultBackend: byName,
        rules: [
          {
            host: "*.example.com",
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend },
                { path: "/a//b", pathType: "ImplementationSpecific", backend },
                { pathType: "ImplementationSpecific", backend },
                {
                  path: "/file",
                  pathType: "Exact",
                  backend: { resource: { kind: "B", name: "b" } },
                },
              ],
            },
          },
          { host: "" },
        ],
        tls: [{ hosts: ["api.example.com", "10.0.0.1"], secretName: "api-tls" }],
      },
    },
    {
      spec: {
        defaultBackend: backend,
        rules: [
          {
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: byName },
                {
                  path: "/files",
                  pathType: "Prefix",
                  backend: { resource: { apiGroup: "example.com", kind: "Bucket", name: "files" } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  // The example of Kubernetes' own documentation, and peers and ports of every form.
  NetworkPolicy: [
    {
      metadata,
      spec: {
        podSelector: { matchLabels: { role: "db" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              { ipBlock: { cidr: "172.17.0.0/16", except: ["172.17.1.0/24"] } },
              { namespaceSelector: { matchLabels: { project: "myproject" } } },
              { podSelector: selector },
              { podSelector: {}, namespaceSelector: selector },
            ],
            ports: [{ protocol: "TCP", port: 6379, endPort: 6380 }, { port: "http" }, {}],
          },
          {},
        ],
        egress: [
          {
            to: [
              { ipBlock: { cidr: "10.0.0.0/24" } },
              { podSelector: selector },
              { namespaceSelector: selector },
            ],
            ports: [{ protocol: "SCTP", port: 5978, endPort: 5980 }],
          },
        ],
      },
    },
    { spec: { podSelector: selector } },
    { spec: { podSelector: {}, ingress: [] } },
  ],
  PodDisruptionBudget: [
    {
      metadata: { ...metadata, name: "API_1" },
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector },
    },
    { spec: { minAvailable: "100%" } },
    {},
  ],
  HorizontalPodAutoscaler: [
    {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
          },
          {
            type: "ContainerResource",
            containerResource: {
              name: "cpu",
              container: "app",
              target: { type: "Utilization", averageUtilization: 70 },
            },
          },
        ],
      },
    },
    {
      spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, maxReplicas: 1 },
    },
  ],
  Job: [
    {
      metadata: { ...metadata, name: "a".repeat(63) },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 600,
        completions: 1,
        parallelism: 1,
        ttlSecondsAfterFinished: 0,
        template: template("Never"),
      },
    },
    {
      spec: {
        template: { spec: { restartPolicy: "OnFailure", containers: [{ name: "a", image }] } },
      },
    },
  ],
  CronJob: [
    {
      metadata,
      spec: {
        schedule: "0 3 * * 0",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 0,
        jobTemplate: {
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: 300,
            completions: 1,
            parallelism: 1,
            ttlSecondsAfterFinished: 0,
            template: { spec: { restartPolicy: "Never", containers: [{ name: "a", image }] } },
          },
        },
      },
    },
    {
      spec: {
        schedule: "@daily",
        jobTemplate: {
          spec: {
            template: { spec: { restartPolicy: "OnFailure", containers: [{ name: "a", image }] } },
          },
        },
      },
    },
  ],
  Role: [
    {
      metadata,
      rules: [
        { verbs: ["get"], apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["api"] },
      ],
    },
  ],
  RoleBinding: [
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "api" },
      subjects: [{ kind: "ServiceAccount", name: "api", namespace: "default" }],
    },
  ],
  ClusterRole: [
    {
      metadata: { ...clusterWide, name: "system:api" },
      rules: [
        { verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: ["api"] },
        { verbs: ["get"], nonResourceURLs: ["/healthz"] },
      ],
    },
  ],
  ClusterRoleBinding: [
    {
      metadata: { ...clusterWide, name: "system:api" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:api" },
      subjects: [
        { kind: "ServiceAccount", name: "api", namespace: "default" },
        { kind: "User", name: "Jane Doe", apiGroup: "rbac.authorization.k8s.io" },
        { kind: "Group", name: "operators", apiGroup: "" },
      ],
    },
  ],
  SecretProviderClass: [
    {
      metadata,
      spec: {
        provider: "aws",
        parameters: { objects: "[]" },
        secretObjects: [
          {
            secretName: "api",
            type: "Opaque",
            labels: { a: "b" },
            annotations: { a: "b" },
            data: [{ objectName: "password", key: "password" }],
          },
        ],
      },
    },
  ],
  Release: [{ chart: "driver", name: "secrets.driver", namespace: "kube-system", timeout: 0 }],
};
