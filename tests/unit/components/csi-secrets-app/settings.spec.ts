import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../../../components/csi-secrets-app";
import { resolveSettings } from "../../../../components/csi-secrets-app/settings";

const LEAST: CsiSecretsAppArgs = {
  secretName: "orders",
  namespace: "orders",
  identity: { podIdentity: { clusterName: "prod" } },
  image: "registry.example.com/api:1",
};

describe("The settings of a CsiSecretsApp", () => {
  it("have these defaults", () => {
    assert.deepEqual(resolveSettings("api", LEAST), {
      namespace: "orders",
      createNamespace: true,
      driver: "install",
      replicas: 2,
      command: undefined,
      args: undefined,
      containerPort: undefined,
      runAsUser: undefined,
      probes: {},
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      writablePaths: [],
      ingress: undefined,
    });
  });

  it("take what is given", () => {
    const given = {
      namespace: "shop",
      createNamespace: false,
      driver: "existing",
      replicas: 0,
      command: ["serve"],
      args: ["--port", "8080"],
      containerPort: 8080,
      runAsUser: 70,
      probes: { liveness: { exec: { command: ["true"] } } },
      resources: { limits: { memory: "1Gi" } },
      writablePaths: ["/var/cache", "/run"],
      ingress: { className: "alb", host: "api.example.com", path: "/v1", tlsSecretName: "tls" },
    } as const;
    assert.deepEqual(
      resolveSettings("api", {
        ...LEAST,
        ...given,
        ...{ command: [...given.command], args: [...given.args] },
      } as unknown as CsiSecretsAppArgs),
      {
        ...given,
        probes: { readiness: { tcpSocket: { port: 8080 } }, ...given.probes },
      },
    );
  });

  it("ask for readiness by TCP where there is a port, unless another probe is given", () => {
    const readiness = { httpGet: { path: "/health", port: 8080 } };
    const probesOf = (args: Partial<CsiSecretsAppArgs>) =>
      resolveSettings("api", { ...LEAST, ...args }).probes;
    const tcp = { readiness: { tcpSocket: { port: 8080 } } };
    assert.deepEqual(probesOf({ containerPort: 8080 }), tcp);
    assert.deepEqual(probesOf({ containerPort: 8080, probes: { readiness: undefined } }), tcp);
    assert.deepEqual(probesOf({ containerPort: 8080, probes: { readiness } }), { readiness });
    assert.deepEqual(probesOf({ probes: { readiness } }), { readiness });
  });

  for (const namespace of ["1st-shop", "a", "x".repeat(63), "shop-2"]) {
    it(`allow the namespace '${namespace}'`, () => {
      assert.equal(resolveSettings("api", { ...LEAST, namespace }).namespace, namespace);
    });
  }

  it("allow a namespace of Kubernetes' own where it is not to be created", () => {
    const args = { ...LEAST, namespace: "default", createNamespace: false };
    assert.equal(resolveSettings("api", args).namespace, "default");
  });

  it("allow names that fill a role's name to its last character", () => {
    const name = "a".repeat(50);
    assert.ok(`${name}-role-1234567`.length <= 64);
    assert.doesNotThrow(() => resolveSettings(name, LEAST));
  });
});

const NAME_RULE =
  "must be 1 to 50 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen";
const NAMESPACE_RULE =
  "must be 1 to 63 lower-case letters, digits and hyphens, and neither start nor end with a hyphen";
const PATH_RULE = "must be an absolute path without '.', '..', a colon or a slash at its end";

describe("A CsiSecretsApp refuses", () => {
  for (const name of ["", "Orders", "1orders", "orders-", "orders_api", "a".repeat(51)]) {
    it(`the name '${name}'`, () => {
      assert.throws(() => resolveSettings(name, LEAST), {
        name: "ArgError",
        message: `CsiSecretsApp '${name}': 'name' ${NAME_RULE}; got '${name}'`,
      });
    });
  }

  const apart = (from: string, path: string): string =>
    `'writablePaths[0]' must be apart from ${from}, which the component provides; got '${path}'`;
  const identity = (found: string): string =>
    "'identity' must be either { podIdentity: { clusterName } } or { irsa: { oidcProviderArn } }; " +
    `got ${found}`;
  const own = (namespace: string): string =>
    "'namespace' must not be one of Kubernetes' own, or 'createNamespace' must be false; " +
    `got '${namespace}'`;
  const both = {
    podIdentity: { clusterName: "prod" },
    irsa: { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/x" },
  };

  const refused: readonly [Partial<CsiSecretsAppArgs>, string][] = [
    [{ namespace: "Shop" }, `'namespace' ${NAMESPACE_RULE}; got 'Shop'`],
    [{ namespace: "" }, `'namespace' ${NAMESPACE_RULE}; got ''`],
    [{ namespace: "-shop" }, `'namespace' ${NAMESPACE_RULE}; got '-shop'`],
    [{ namespace: "x".repeat(64) }, `'namespace' ${NAMESPACE_RULE}; got '${"x".repeat(64)}'`],
    [{ namespace: "default" }, own("default")],
    [{ namespace: "kube-system" }, own("kube-system")],
    [{ replicas: -1 }, "'replicas' must be a whole number from 0 to 1000; got -1"],
    [{ replicas: 1.5 }, "'replicas' must be a whole number from 0 to 1000; got 1.5"],
    [{ replicas: 1001 }, "'replicas' must be a whole number from 0 to 1000; got 1001"],
    [{ replicas: NaN }, "'replicas' must be a whole number from 0 to 1000; got NaN"],
    [{ containerPort: 0 }, "'containerPort' must be a whole number from 1 to 65535; got 0"],
    [{ containerPort: 65536 }, "'containerPort' must be a whole number from 1 to 65535; got 65536"],
    [{ runAsUser: 0 }, "'runAsUser' must not be 0: the pod runs as a user that is not root"],
    [{ runAsUser: -1 }, "'runAsUser' must be a whole number from 1 to 2147483647; got -1"],
    [
      { runAsUser: 2 ** 31 },
      "'runAsUser' must be a whole number from 1 to 2147483647; got 2147483648",
    ],
    [{ identity: {} as CsiSecretsAppArgs["identity"] }, identity("neither")],
    [{ identity: both }, identity("both")],
    [{ writablePaths: ["cache"] }, `'writablePaths[0]' ${PATH_RULE}; got 'cache'`],
    [{ writablePaths: ["/"] }, `'writablePaths[0]' ${PATH_RULE}; got '/'`],
    [{ writablePaths: ["/a", "/b/"] }, `'writablePaths[1]' ${PATH_RULE}; got '/b/'`],
    [{ writablePaths: ["/a/../etc"] }, `'writablePaths[0]' ${PATH_RULE}; got '/a/../etc'`],
    [{ writablePaths: ["/a//b"] }, `'writablePaths[0]' ${PATH_RULE}; got '/a//b'`],
    [{ writablePaths: ["/a:b"] }, `'writablePaths[0]' ${PATH_RULE}; got '/a:b'`],
    [{ writablePaths: ["/a", "/a"] }, "'writablePaths[1]' stands there twice: '/a'"],
    [{ writablePaths: ["/tmp"] }, apart("/tmp", "/tmp")],
    [{ writablePaths: ["/tmp/x"] }, apart("/tmp", "/tmp/x")],
    [{ writablePaths: ["/mnt"] }, apart("/mnt/secrets-store", "/mnt")],
    [{ writablePaths: ["/etc/rds-ca/x"] }, apart("/etc/rds-ca", "/etc/rds-ca/x")],
    [
      { ingress: { className: "alb" } },
      "'ingress' needs 'containerPort': without a port there is no Service to route to",
    ],
    [
      { containerPort: 80, ingress: { className: " " } },
      "'ingress' needs 'className', for instance 'alb' or 'nginx'; got ' '",
    ],
    [
      { containerPort: 80, ingress: { className: "alb", path: "v1" } },
      "'ingress' must have a 'path' that starts with '/'; got 'v1'",
    ],
    [
      { containerPort: 80, ingress: { className: "alb", tlsSecretName: "tls" } },
      "'ingress' has 'tlsSecretName' but no 'host': a certificate is for a host name",
    ],
  ];
  for (const [args, problem] of refused) {
    it(
      JSON.stringify(args, (_, value: unknown) => (Number.isNaN(value) ? "NaN" : value)),
      () => {
        assert.throws(() => resolveSettings("api", { ...LEAST, ...args }), {
          name: "ArgError",
          message: `CsiSecretsApp 'api': ${problem}`,
        });
      },
    );
  }

  for (const path of ["/tmpfiles", "/mnt/secrets", "/etc/rds-ca-bundle", "/var/..data", "/a.b"]) {
    it(`no writable path that only looks like another: '${path}'`, () => {
      const { writablePaths } = resolveSettings("api", { ...LEAST, writablePaths: [path] });
      assert.deepEqual(writablePaths, [path]);
    });
  }
});
