import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { appNameProblem, csiSecretsAppProblems } from "../../../../components/csi-secrets-app";
import { LEAST } from "../../../support/csi-secrets-app";
import { problemsOf } from "../../../support/csi-secrets-app-problems";

type Arguments = Parameters<typeof problemsOf>[0];

const NAME_RULE =
  "must be 1 to 50 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen";
const NAMESPACE_RULE =
  "must be 1 to 63 lower-case letters, digits and hyphens, and neither start nor end with a hyphen";
const PATH_RULE = "must be an absolute path without '.', '..', a colon or a slash at its end";
const IDENTITY =
  "identity must be either { podIdentity: { clusterName } } or { irsa: { oidcProviderArn } }";
const PLAIN =
  "it decides what is declared, before any Output is known; pass a constant or a value of the " +
  "configuration";

const apart = (from: string, path: string): string[] => [
  `writablePaths[0] must be apart from ${from}, which the component provides; got "${path}"`,
];
const own = (namespace: string): string[] => [
  "namespace must not be one of Kubernetes' own, or 'createNamespace' must be false; " +
    `got "${namespace}"`,
];
const both = {
  podIdentity: { clusterName: "prod" },
  irsa: { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/x" },
};
const PORT_NAME =
  "must be the name of a port: 1 to 15 lower-case letters, digits and single hyphens between them, " +
  "with a letter among them";
const INGRESS = { className: "alb" };

const refused: readonly [Arguments, readonly string[]][] = [
  [{ namespace: "Shop" }, [`namespace ${NAMESPACE_RULE}; got "Shop"`]],
  [{ namespace: "" }, [`namespace ${NAMESPACE_RULE}; got ""`]],
  [{ namespace: "-shop" }, [`namespace ${NAMESPACE_RULE}; got "-shop"`]],
  [{ namespace: "x".repeat(64) }, [`namespace ${NAMESPACE_RULE}; got "${"x".repeat(64)}"`]],
  [{ namespace: "default" }, own("default")],
  [{ namespace: "kube-system" }, own("kube-system")],
  [{ replicas: -1 }, ["replicas must be a whole number from 0 to 1000; got -1"]],
  [{ replicas: 1.5 }, ["replicas must be a whole number from 0 to 1000; got 1.5"]],
  [{ replicas: 1001 }, ["replicas must be a whole number from 0 to 1000; got 1001"]],
  [{ replicas: NaN }, ["replicas must be a whole number from 0 to 1000; got NaN"]],
  [
    { replicas: { min: 0, max: 1.5, cpu: "70%" } },
    [
      "replicas.min must be a whole number from 1 to 1000; got 0",
      "replicas.max must be a whole number from 1 to 1000; got 1.5",
      'replicas.cpu must be a number; got "70%"',
    ],
  ],
  [
    { replicas: { min: 3, max: 2, cpu: 70 } },
    ["replicas.max must not be less than 'replicas.min'; got 2, which is below 3"],
  ],
  [
    {
      replicas: { min: 1, max: 2, cpu: 70 },
      resources: { requests: { memory: "1Gi" } },
      overlay: { spec: { replicas: 2 } },
    },
    [
      "resources.requests.cpu is missing: the autoscaler of 'replicas' counts in percent of it",
      "overlay.spec.replicas cannot be combined with a range of 'replicas', in which the autoscaler decides",
    ],
  ],
  [{ replicas: { min: 1, max: 2, cpu: 70 }, resources: { limits: { cpu: 1 } } }, []],
  [{ ports: [] }, ["ports must not be empty: leave it out for no port"]],
  [
    { ports: [{ name: "HTTP", containerPort: 0, servicePort: 65536 }], containerPort: 80 },
    [
      `ports[0].name ${PORT_NAME}; got "HTTP"`,
      "ports[0].containerPort must be a whole number from 1 to 65535; got 0",
      "ports[0].servicePort must be a whole number from 1 to 65535; got 65536",
      "containerPort cannot be combined with 'ports': it is the short form of a single one",
    ],
  ],
  ...["a--b", "-a", "a-", "80", "a".repeat(16), ""].map((name): [Arguments, readonly string[]] => [
    { ports: [{ name, containerPort: 80 }] },
    [`ports[0].name ${PORT_NAME}; got "${name}"`],
  ]),
  [
    {
      ports: [
        { name: "http", containerPort: 80 },
        { name: "http", containerPort: 80 },
        { name: "admin", containerPort: 81, servicePort: 80 },
      ],
    },
    [
      'ports[1].name is listed more than once; got "http"',
      "ports[1].containerPort is listed more than once; got 80",
      "ports[2].servicePort is listed more than once; got 80",
    ],
  ],
  [
    {
      ports: [{ name: "http", containerPort: 80 }],
      probes: {
        readiness: { httpGet: { port: "app" } },
        liveness: { tcpSocket: { port: "http" } },
      },
      ingress: { className: "alb", port: "admin" },
    },
    [
      'probes.readiness.httpGet.port must name a port of the app, which has "http"; got "app"',
      'ingress.port must name a port of the app, which has "http"; got "admin"',
    ],
  ],
  [{ containerPort: 0 }, ["containerPort must be a whole number from 1 to 65535; got 0"]],
  [{ containerPort: 65536 }, ["containerPort must be a whole number from 1 to 65535; got 65536"]],
  [
    { runAsUser: 0 },
    [
      "runAsUser must not be 0 (root): the pod runs under the restricted pod security standard; got 0",
    ],
  ],
  [{ runAsUser: -1 }, ["runAsUser must be a whole number from 1 to 2147483647; got -1"]],
  [
    { runAsUser: 2 ** 31 },
    ["runAsUser must be a whole number from 1 to 2147483647; got 2147483648"],
  ],
  [{ identity: {} }, [`${IDENTITY}; got neither`]],
  [{ identity: both }, [`${IDENTITY}; got both`]],
  [
    { identity: { podIdentity: { clusterName: "my cluster" } } },
    [
      "identity.podIdentity.clusterName must be the name of an EKS cluster: 1 to 100 letters, " +
        'digits, hyphens and underscores, a letter or digit first; got "my cluster"',
    ],
  ],
  [
    { identity: { irsa: { oidcProviderArn: "https://example.com/id/A" } } },
    [
      "identity.irsa.oidcProviderArn must be the ARN of an OpenID Connect provider in IAM; " +
        'got "https://example.com/id/A"',
    ],
  ],
  [{ image: "" }, ['image must be a container image without spaces; got ""']],
  [{ image: "my image" }, ['image must be a container image without spaces; got "my image"']],
  [
    { region: "Frankfurt" },
    ['region must be an AWS region such as "eu-central-1"; got "Frankfurt"'],
  ],
  [
    { caBundle: "/etc/ca.pem" },
    ["caBundle must hold at least one certificate in PEM; got 11 characters"],
  ],
  [{ writablePaths: ["cache"] }, [`writablePaths[0] ${PATH_RULE}; got "cache"`]],
  [{ writablePaths: ["/"] }, [`writablePaths[0] ${PATH_RULE}; got "/"`]],
  [{ writablePaths: ["/a", "/b/"] }, [`writablePaths[1] ${PATH_RULE}; got "/b/"`]],
  [{ writablePaths: ["/a/../etc"] }, [`writablePaths[0] ${PATH_RULE}; got "/a/../etc"`]],
  [{ writablePaths: ["/a//b"] }, [`writablePaths[0] ${PATH_RULE}; got "/a//b"`]],
  [{ writablePaths: ["/a:b"] }, [`writablePaths[0] ${PATH_RULE}; got "/a:b"`]],
  [{ writablePaths: ["/a", "/a"] }, ['writablePaths[1] is listed more than once; got "/a"']],
  [{ writablePaths: ["/tmp"] }, apart("/tmp", "/tmp")],
  [{ writablePaths: ["/tmp/x"] }, apart("/tmp", "/tmp/x")],
  [{ writablePaths: ["/mnt"] }, apart("/mnt/secrets-store", "/mnt")],
  [{ writablePaths: ["/etc/rds-ca/x"] }, apart("/etc/rds-ca", "/etc/rds-ca/x")],
  [
    { writablePaths: ["a", "/b/", "/tmp/x", "/c", "/c"] },
    [
      `writablePaths[0] ${PATH_RULE}; got "a"`,
      `writablePaths[1] ${PATH_RULE}; got "/b/"`,
      'writablePaths[2] must be apart from /tmp, which the component provides; got "/tmp/x"',
      'writablePaths[4] is listed more than once; got "/c"',
    ],
  ],
  [
    { ingress: INGRESS },
    ["ingress needs 'containerPort' or 'ports': without a port there is no Service to route to"],
  ],
  [
    { ingress: { className: " ", path: "v1", tlsSecretName: "tls", annotations: { a: 1 } } },
    [
      'ingress.className must be an Ingress class, for instance "alb" or "nginx"; got " "',
      `ingress.path must start with '/'; got "v1"`,
      "ingress.annotations.a must be a string; got 1",
      "ingress needs 'containerPort' or 'ports': without a port there is no Service to route to",
      "ingress.tlsSecretName needs 'ingress.host': a certificate is for a host name",
    ],
  ],
];

describe("The arguments of a CsiSecretsApp are refused:", () => {
  for (const [args, problems] of refused) {
    const what = JSON.stringify(args, (_, value: unknown) => (Number.isNaN(value) ? "NaN" : value));
    it(what, () => assert.deepEqual(problemsOf(args), problems));
  }

  for (const name of ["", "Orders", "1orders", "orders-", "orders_api", "a".repeat(51)]) {
    it(`for the name "${name}"`, () => {
      assert.deepEqual(problemsOf({}, name), [`name ${NAME_RULE}; got "${name}"`]);
      assert.equal(appNameProblem(name), NAME_RULE);
    });
  }

  it("never by showing what may be a private key", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    assert.deepEqual(problemsOf({ caBundle: key }), [
      `caBundle must hold certificates only, it holds a private key; got ${key.length} characters`,
    ]);
  });
});

describe("The arguments of a CsiSecretsApp, from a caller without types, are refused:", () => {
  const output = pulumi.output("x");
  const plain = (type: string): string => `must be a plain ${type}, not an Output: ${PLAIN}`;
  const untyped: readonly [string, Arguments, readonly string[]][] = [
    ["no namespace", { namespace: undefined }, ["namespace must be a string; got nothing"]],
    ["a late namespace", { namespace: output }, [`namespace ${plain("string")}`]],
    ["late replicas", { replicas: output }, [`replicas ${plain("number")}`]],
    [
      "a promise",
      { containerPort: Promise.resolve(1) },
      [`containerPort must be a plain number, not a promise: ${PLAIN}`],
    ],
    ["a late switch", { createNamespace: output }, [`createNamespace ${plain("boolean")}`]],
    [
      "a word as switch",
      { createNamespace: "no" },
      ['createNamespace must be a boolean; got "no"'],
    ],
    ["replicas in quotes", { replicas: "2" }, ['replicas must be a number; got "2"']],
    ["a command in one string", { command: "serve" }, ['command must be a list; got "serve"']],
    ["a late argument", { args: ["a", output] }, [`args[1] ${plain("string")}`]],
    ["no image", { image: undefined }, ["image must be a string; got nothing"]],
    ["no identity", { identity: undefined }, ["identity must be an object; got nothing"]],
    ["a late identity", { identity: output }, [`identity ${plain("object")}`]],
    [
      "a mere switch",
      { identity: { podIdentity: true } },
      ["identity.podIdentity must be an object; got true"],
    ],
    [
      "no cluster",
      { identity: { podIdentity: {} } },
      ["identity.podIdentity.clusterName must be a string; got nothing"],
    ],
    [
      "no driver",
      { driver: "helm" },
      ['driver must be "install", "existing" or a CsiSecretsDriver; got "helm"'],
    ],
    [
      "a late driver",
      { driver: output },
      ['driver must be "install", "existing" or a CsiSecretsDriver; got an Output'],
    ],
    ["a list of probes", { probes: [] }, ["probes must be an object; got a list"]],
    [
      "a probe in words",
      { probes: { readiness: "tcp" } },
      ['probes.readiness must be an object; got "tcp"'],
    ],
    ["resources in words", { resources: "1Gi" }, ['resources must be an object; got "1Gi"']],
    ["an ingress in words", { ingress: "alb" }, ['ingress must be an object; got "alb"']],
    ["a number as tag", { tags: { cost: 5 } }, ["tags.cost must be a string; got 5"]],
    [
      "a path that is none",
      { writablePaths: [null] },
      ["writablePaths[0] must be a string; got null"],
    ],
    [
      "a transform that is no function",
      { transform: { role: {} } },
      ["transform.role must be a function; got an object"],
    ],
  ];
  for (const [what, args, problems] of untyped) {
    it(what, () => assert.deepEqual(problemsOf(args), problems));
  }

  for (const [args, shown] of [
    [undefined, "nothing"],
    [null, "null"],
    ["args", '"args"'],
    [[], "a list"],
    [output, "an Output"],
  ] as const) {
    it(`${shown} in place of the arguments`, () => {
      assert.deepEqual(csiSecretsAppProblems("api", args as never), [
        { path: "args", reason: `must be the arguments of the app, as an object; got ${shown}` },
      ]);
    });
  }

  it("a name that is no string", () => {
    assert.deepEqual(problemsOf({}, 5 as never), ["name must be a string; got 5"]);
  });
});

describe("The arguments of a CsiSecretsApp may be", () => {
  for (const namespace of ["1st-shop", "a", "x".repeat(63), "shop-2"]) {
    it(`the namespace "${namespace}"`, () => assert.deepEqual(problemsOf({ namespace }), []));
  }

  it("a namespace of Kubernetes' own where it is not to be created", () => {
    assert.deepEqual(problemsOf({ namespace: "default", createNamespace: false }), []);
  });

  it("a name that fills a role's name to its last character", () => {
    const name = "a".repeat(50);
    assert.ok(`${name}-role-1234567`.length <= 64);
    assert.deepEqual(csiSecretsAppProblems(name, LEAST), []);
  });

  for (const path of ["/tmpfiles", "/mnt/secrets", "/etc/rds-ca-bundle", "/var/..data", "/a.b"]) {
    it(`a writable path that only looks like another: "${path}"`, () => {
      assert.deepEqual(problemsOf({ writablePaths: [path] }), []);
    });
  }

  it("late where nothing is decided by them", () => {
    const late = <T>(value: T) => pulumi.output(value);
    assert.deepEqual(
      problemsOf({
        ...{ secretName: late("a"), secretArn: late("b"), kmsKeyArn: late("c") },
        ...{ image: late("d"), region: late("e"), caBundle: late("f") },
        ...{ environment: { A: late("g") }, tags: { a: late("h") } },
        identity: { irsa: { oidcProviderArn: late("i") } },
        resources: late({}),
        probes: { liveness: late({}) },
      }),
      [],
    );
  });
});
