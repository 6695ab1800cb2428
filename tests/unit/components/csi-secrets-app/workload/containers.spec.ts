import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE, type CsiSecretsAppArgs } from "../../../../../components";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

type Json = Readonly<Record<string, unknown>>;

const CONTAINERS: Partial<CsiSecretsAppArgs> = {
  initContainers: [
    { name: "seed", command: ["npm", "run", "seed"], secrets: true },
    { name: "fetch", image: "curl:8" },
  ],
  sidecars: [{ name: "proxy", image: "proxy:1" }],
};

describe("Init containers and sidecars of a CsiSecretsApp", () => {
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
