import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../../../../components/csi-secrets-app";
import {
  podTemplate,
  type PodTemplateRequest,
} from "../../../../../components/csi-secrets-app/workload/pod-template";
import { resolveSettings } from "../../../../../components/csi-secrets-app/settings";

const settingsOf = (args: Partial<CsiSecretsAppArgs>) =>
  resolveSettings({
    secretName: "orders",
    namespace: "orders",
    identity: { podIdentity: { clusterName: "prod" } },
    image: "api:1",
    ...args,
  });

const REQUEST: PodTemplateRequest = {
  settings: settingsOf({}),
  entries: [
    {
      secret: 0,
      file: "DB_HOST",
      keys: ["host"],
      path: "host",
      variable: "DB_HOST",
      argument: "env.DB_HOST",
    },
    {
      secret: 0,
      file: "password",
      keys: ["password"],
      path: "password",
      argument: "files.password",
    },
  ],
  image: "api:1",
  environment: { LOG_LEVEL: "debug" },
  connection: {},
  containers: [],
  labels: { app: "api" },
  annotations: { hash: "1" },
  names: {
    serviceAccount: "api",
    providerClass: "api-class",
    syncedSecret: "api-env",
    caBundle: "api-ca",
  },
};

const spread = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: "ScheduleAnyway",
  labelSelector: { matchLabels: { app: "api" } },
});

const CONTAINER = {
  name: "app",
  image: "api:1",
  env: [
    { name: "DB_HOST", valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } } },
    { name: "PGSSLMODE", value: "verify-full" },
    { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
    { name: "NODE_EXTRA_CA_CERTS", value: "/etc/rds-ca/ca-bundle.pem" },
    { name: "LOG_LEVEL", value: "debug" },
  ],
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
  },
  volumeMounts: [
    { name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true },
    { name: "ca-bundle", mountPath: "/etc/rds-ca", readOnly: true },
    { name: "writable-0", mountPath: "/tmp" },
  ],
};

const TEMPLATE = {
  metadata: { labels: { app: "api" }, annotations: { hash: "1" } },
  spec: {
    serviceAccountName: "api",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      spread("topology.kubernetes.io/zone"),
      spread("kubernetes.io/hostname"),
    ],
    containers: [CONTAINER],
    volumes: [
      {
        name: "secrets",
        csi: {
          driver: "secrets-store.csi.k8s.io",
          readOnly: true,
          volumeAttributes: { secretProviderClass: "api-class" },
        },
      },
      { name: "ca-bundle", configMap: { name: "api-ca" } },
      { name: "writable-0", emptyDir: {} },
    ],
  },
};

describe("The pod template", () => {
  it("mounts the class read-only and takes its variables from the synced Secret", () => {
    assert.deepEqual(podTemplate(REQUEST), TEMPLATE);
  });

  it("shows all that an app can ask for", () => {
    const liveness = { exec: { command: ["true"] } };
    const startup = { httpGet: { path: "/", port: 8080 } };
    const settings = settingsOf({
      command: ["serve"],
      args: ["--fast"],
      containerPort: 8080,
      runAsUser: 70,
      probes: { liveness, startup },
      resources: { limits: { memory: "1Gi" } },
      writablePaths: ["/run", "/var/cache/app"],
    });
    assert.deepEqual(podTemplate({ ...REQUEST, settings }), {
      ...TEMPLATE,
      spec: {
        ...TEMPLATE.spec,
        containers: [
          {
            ...CONTAINER,
            command: ["serve"],
            args: ["--fast"],
            ports: [{ name: "app", containerPort: 8080, protocol: "TCP" }],
            readinessProbe: { tcpSocket: { port: 8080 } },
            livenessProbe: liveness,
            startupProbe: startup,
            resources: { limits: { memory: "1Gi" } },
            securityContext: { ...CONTAINER.securityContext, runAsUser: 70 },
            volumeMounts: [
              ...CONTAINER.volumeMounts,
              { name: "writable-1", mountPath: "/run" },
              { name: "writable-2", mountPath: "/var/cache/app" },
            ],
          },
        ],
        volumes: [
          ...TEMPLATE.spec.volumes,
          { name: "writable-1", emptyDir: {} },
          { name: "writable-2", emptyDir: {} },
        ],
      },
    });
  });

  it("starts other containers before the app's, each with a /tmp of its own", () => {
    const settings = settingsOf({
      imagePullSecrets: ["registry"],
      writablePaths: ["/run"],
      initContainers: [{ name: "seed", command: ["seed"], args: ["all"], secrets: true }],
      sidecars: [{ name: "proxy", image: "proxy:1" }],
    });
    const containers: PodTemplateRequest["containers"] = [
      { image: "proxy:1", environment: {} },
      { image: "api:1", environment: { A: "1" } },
    ];
    const { spec } = podTemplate({ ...REQUEST, settings, containers });
    const run = { name: "writable-1", mountPath: "/run" };
    const { securityContext, resources } = CONTAINER;
    assert.deepEqual(spec, {
      ...TEMPLATE.spec,
      imagePullSecrets: [{ name: "registry" }],
      initContainers: [
        {
          ...{ name: "proxy", image: "proxy:1", restartPolicy: "Always", resources, env: [] },
          securityContext,
          volumeMounts: [{ name: "tmp-0", mountPath: "/tmp" }, run],
        },
        {
          ...{ name: "seed", image: "api:1", command: ["seed"], args: ["all"], resources },
          env: [...CONTAINER.env.slice(0, -1), { name: "A", value: "1" }],
          securityContext,
          volumeMounts: [
            ...CONTAINER.volumeMounts.slice(0, 2),
            { name: "tmp-1", mountPath: "/tmp" },
            run,
          ],
        },
      ],
      containers: [{ ...CONTAINER, volumeMounts: [...CONTAINER.volumeMounts, run] }],
      volumes: [
        ...TEMPLATE.spec.volumes,
        ...["writable-1", "tmp-0", "tmp-1"].map((name) => ({ name, emptyDir: {} })),
      ],
    });
  });

  it("names no synced Secret where no variable comes from one", () => {
    const template = podTemplate({
      ...REQUEST,
      entries: REQUEST.entries.slice(1),
      names: { ...REQUEST.names, syncedSecret: undefined },
    });
    assert.deepEqual(template, {
      ...TEMPLATE,
      spec: { ...TEMPLATE.spec, containers: [{ ...CONTAINER, env: CONTAINER.env.slice(1) }] },
    });
  });
});
