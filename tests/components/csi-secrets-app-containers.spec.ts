import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CONNECTION_SHAPE, type CsiSecretsAppArgs } from "../../components";
import { diagnose } from "../../preflight/doctor";
import { deployApi } from "../support/csi-secrets-app";
import { problemsOf } from "../support/csi-secrets-app-problems";
import { inputsOf } from "../support/registrations";
import { CONTEXT } from "../unit/preflight/doctor/programs";

type Json = Readonly<Record<string, unknown>>;

const CONTAINERS: Partial<CsiSecretsAppArgs> = {
  shape: CONNECTION_SHAPE,
  env: { DB_HOST: "host" },
  environment: { LOG_LEVEL: "info" },
  runAsUser: 1000,
  writablePaths: ["/cache"],
  resources: { requests: { cpu: "1", memory: "1Gi" } },
  initContainers: [
    {
      name: "seed",
      command: ["npm", "run", "seed"],
      environment: { LOG_LEVEL: pulumi.output("debug") },
      secrets: true,
    },
    { name: "fetch", image: "curl:8", args: ["-O", "https://example.com/a"], runAsUser: 100 },
  ],
  sidecars: [
    {
      name: "proxy",
      image: pulumi.output("proxy:1"),
      resources: { limits: { memory: "64Mi" } },
    },
    { name: "agent", image: "agent:1" },
  ],
};

const podOf = async (
  args: Partial<CsiSecretsAppArgs>,
): Promise<Readonly<Record<string, Json[]>>> => {
  const { spec } = inputsOf((await deployApi(args)).registrations, "api-deployment") as {
    spec: { template: { spec: Record<string, Json[]> } };
  };
  return spec.template.spec;
};

const securityContext = (runAsUser: number) => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser,
});
const cache = { name: "writable-1", mountPath: "/cache" };
const SMALL = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };

describe("Init containers and sidecars of a CsiSecretsApp", () => {
  it("start before the app's container, sidecars first, under the same restrictions", async () => {
    const { initContainers } = await podOf(CONTAINERS);
    assert.deepEqual(initContainers, [
      {
        name: "proxy",
        image: "proxy:1",
        restartPolicy: "Always",
        resources: { limits: { memory: "64Mi" } },
        env: [],
        securityContext: securityContext(1000),
        volumeMounts: [{ name: "tmp-0", mountPath: "/tmp" }, cache],
      },
      {
        name: "agent",
        image: "agent:1",
        restartPolicy: "Always",
        resources: SMALL,
        env: [],
        securityContext: securityContext(1000),
        volumeMounts: [{ name: "tmp-1", mountPath: "/tmp" }, cache],
      },
      {
        name: "seed",
        image: "registry.example.com/api:1",
        command: ["npm", "run", "seed"],
        resources: { requests: { cpu: "1", memory: "1Gi" } },
        env: [
          { name: "DB_HOST", valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } } },
          { name: "PGSSLMODE", value: "verify-full" },
          { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
          { name: "NODE_EXTRA_CA_CERTS", value: "/etc/rds-ca/ca-bundle.pem" },
          { name: "PGSERVICEFILE", value: "/mnt/secrets-store/pg_service.conf" },
          { name: "PGSERVICE", value: "api" },
          { name: "LOG_LEVEL", value: "debug" },
        ],
        securityContext: securityContext(1000),
        volumeMounts: [
          { name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true },
          { name: "ca-bundle", mountPath: "/etc/rds-ca", readOnly: true },
          { name: "tmp-2", mountPath: "/tmp" },
          cache,
        ],
      },
      {
        name: "fetch",
        image: "curl:8",
        args: ["-O", "https://example.com/a"],
        resources: { requests: { cpu: "1", memory: "1Gi" } },
        env: [],
        securityContext: securityContext(100),
        volumeMounts: [{ name: "tmp-3", mountPath: "/tmp" }, cache],
      },
    ]);
  });

  it("change nothing else of the pod but its volumes", async () => {
    const bare = { ...CONTAINERS, initContainers: undefined, sidecars: [] };
    const plain = await podOf(bare);
    const changed = await podOf(CONTAINERS);
    assert.deepEqual(changed, {
      ...plain,
      initContainers: changed.initContainers,
      volumes: [
        ...(plain.volumes ?? []),
        ...[0, 1, 2, 3].map((index) => ({ name: `tmp-${index}`, emptyDir: {} })),
      ],
    });
  });

  it("are what an overlay adds to, by their names", async () => {
    const startupProbe = { tcpSocket: { port: 15000 } };
    const overlay = {
      spec: { template: { spec: { initContainers: [{ name: "proxy", startupProbe }] } } },
    };
    const { initContainers = [] } = await podOf({ ...CONTAINERS, overlay });
    const plain = (await podOf(CONTAINERS)).initContainers ?? [];
    const [proxy, ...others] = plain;
    assert.deepEqual(initContainers, [{ ...proxy, startupProbe }, ...others]);
  });

  it("are nothing that the doctor has more to say about than that the first ones wait", async () => {
    const findings = async (args: Partial<CsiSecretsAppArgs>) =>
      diagnose((await deployApi({ ...args, driver: "install" })).registrations, CONTEXT).map(
        ({ id, message }) => `${id} ${message}`,
      );
    const bare = { ...CONTAINERS, initContainers: undefined, sidecars: undefined };
    const known = await findings(bare);
    assert.deepEqual(
      (await findings(CONTAINERS)).filter(
        (finding) => !known.includes(finding) && !finding.startsWith("image-tag-mutable"),
      ),
      [
        "init-container-waits the init container seed of Deployment shop/api waits for the Secret " +
          "api-env, which the driver makes only after the mount",
      ],
    );
  });

  const REFUSED: readonly [Parameters<typeof problemsOf>[0], string[]][] = [
    [
      {
        initContainers: [{ name: "App_1", image: "A B", args: "x", runAsUser: 0, secrets: "yes" }],
      },
      [
        "initContainers[0].name must be 1 to 63 lower-case letters, digits and hyphens, and neither " +
          'start nor end with a hyphen; got "App_1"',
        'initContainers[0].image must be a container image without spaces; got "A B"',
        'initContainers[0].args must be a list; got "x"',
        "initContainers[0].runAsUser must not be 0 (root): the pod runs under the restricted pod " +
          "security standard; got 0",
        'initContainers[0].secrets must be a boolean; got "yes"',
      ],
    ],
    [
      { sidecars: [{ name: "again" }] },
      ["sidecars[0] needs 'image' or 'command': without both, the app itself would run"],
    ],
    [
      {
        sidecars: [
          { name: "app", image: "a:1" },
          { name: "b", image: "a:1" },
        ],
        initContainers: [{ name: "b", image: "a:1" }],
      },
      [
        'sidecars[0].name is the name of the app\'s own container too; got "app"',
        "initContainers[0].name is the name of 'sidecars[1]' too; got \"b\"",
      ],
    ],
    [
      {
        shape: CONNECTION_SHAPE,
        initContainers: [
          { name: "a", image: "a:1", secrets: true, environment: { DB_HOST: "a", PGUSER: "b" } },
          { name: "b", image: "a:1", environment: { DB_HOST: "a", PGUSER: "b" } },
        ],
      },
      [
        "initContainers[0].environment.DB_HOST is also a variable from a secret; leave one of them out",
        "initContainers[0].environment.PGUSER has no effect: libpq takes 'username' from the service " +
          "file that 'connectionFile' makes; leave the variable out, or set 'connectionFile' to false",
      ],
    ],
  ];
  for (const [args, expected] of REFUSED) {
    it(`are refused where they cannot be: ${JSON.stringify(args)}`, () =>
      assert.deepEqual(problemsOf(args), expected));
  }

  const OVERLAID: readonly [what: string, pod: Json, expected: string[]][] = [
    [
      "the mount of a container with secrets",
      {
        initContainers: [
          { name: "seed", volumeMounts: [{ mountPath: "/mnt/secrets-store", $patch: "delete" }] },
        ],
      },
      [
        "overlay.spec.template.spec.initContainers[0].volumeMounts must leave the mount " +
          '/mnt/secrets-store of the container "seed" as it is',
      ],
    ],
    [
      "a container under the name of another list's",
      {
        containers: [{ name: "proxy", image: "other:1" }],
        initContainers: [{ name: "app", image: "other:1" }],
      },
      [
        "overlay.spec.template.spec.containers[0].name is that of one of 'initContainers' of the app; " +
          'got "proxy"',
        "overlay.spec.template.spec.initContainers[0].name is that of one of 'containers' of the app; " +
          'got "app"',
      ],
    ],
    [
      "a container that is not there",
      { initContainers: [{ name: "other", args: ["a"] }] },
      [
        'overlay.spec.template.spec.initContainers[0] must have an image, or be the container "app"; ' +
          'got the name "other"',
      ],
    ],
    [
      "nothing of one without secrets",
      { initContainers: [{ name: "fetch", $patch: "delete" }] },
      [],
    ],
  ];
  for (const [what, pod, expected] of OVERLAID) {
    it(`are safe from an overlay that takes away or adds ${what}`, () =>
      assert.deepEqual(
        problemsOf({ ...CONTAINERS, overlay: { spec: { template: { spec: pod } } } }),
        expected,
      ));
  }
});

describe("Ports that an overlay adds to a CsiSecretsApp", () => {
  const probed = (port: string) => ({
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: "app",
              ports: [{ name: "admin", containerPort: 9000 }],
              readinessProbe: { httpGet: { port } },
            },
          ],
        },
      },
    },
  });

  it("may be named by its probes, as the app's own", () => {
    assert.deepEqual(problemsOf({ overlay: probed("admin") }), []);
    assert.deepEqual(problemsOf({ overlay: probed("app"), containerPort: 80 }), []);
  });

  it("are the only ones besides", () =>
    assert.deepEqual(problemsOf({ overlay: probed("http"), containerPort: 80 }), [
      "overlay.spec.template.spec.containers[0].readinessProbe.httpGet.port must name a port of the " +
        'app, which has "app", "admin"; got "http"',
    ]));
});
