import type { PlannedApp } from "../../../preflight/plan/chain";
import type { Finding } from "../../../preflight/doctor/findings";
import type { PlannedResource } from "../../../preflight/plan/inventory";
import type { Plan } from "../../../preflight/plan/model";
import { redact } from "../../../preflight/plan/redact";
import type { SecretReaders } from "../../../preflight/doctor/readers";
import { wrapSecret } from "../../../preflight/simulation/wire/envelopes";

/** One app with its database, as the shipped program has them, under any name. */
export interface Made {
  readonly app: PlannedApp;
  readonly resources: readonly PlannedResource[];
  readonly readers: SecretReaders;
  readonly urns: Readonly<Record<"database" | "secret" | "role" | "class" | "deployment", string>>;
}

export function madeApp(name: string): Made {
  const urn = (type: string, of: string): string => `urn:pulumi:dev::shop::${type}::${name}${of}`;
  const resource = (
    type: string,
    of: string,
    inputs: Readonly<Record<string, unknown>>,
    more: Partial<PlannedResource> = {},
  ): PlannedResource => ({
    urn: urn(type, of),
    type,
    name: `${name}${of}`,
    parent: undefined,
    dependsOn: [],
    protect: false,
    custom: true,
    remote: false,
    inputs: redact(inputs) as PlannedResource["inputs"],
    ...more,
  });
  const holder = resource("eks-db-secrets:index:SecureDatabase", "", {}, { custom: false });
  const delivery = resource("eks-db-secrets:index:CsiSecretsApp", "", {}, { custom: false });
  const inDatabase = { parent: holder.urn };
  const password = resource(
    "random:index/randomPassword:RandomPassword",
    "-password",
    { length: 32, special: false },
    inDatabase,
  );
  const subnets = resource(
    "aws:rds/subnetGroup:SubnetGroup",
    "-subnets",
    { subnetIds: ["subnet-1", "subnet-2"] },
    inDatabase,
  );
  const parameters = resource(
    "aws:rds/parameterGroup:ParameterGroup",
    "-parameters",
    { parameters: [{ name: "rds.force_ssl", value: "1" }] },
    inDatabase,
  );
  const group = resource("aws:ec2/securityGroup:SecurityGroup", "-group", {}, inDatabase);
  const rule = resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "-from-cluster",
    {
      ...{ fromPort: 5432, toPort: 5432, ipProtocol: "tcp" },
      ...{ securityGroupId: `sg-${name}`, referencedSecurityGroupId: "sg-cluster" },
    },
    { ...inDatabase, dependsOn: [group.urn] },
  );
  const database = resource(
    "aws:rds/instance:Instance",
    "-instance",
    {
      ...{ engine: "postgres", engineVersion: "17", instanceClass: "db.t4g.micro" },
      ...{ parameterGroupName: `${name}-parameters`, dbSubnetGroupName: `${name}-subnets` },
      ...{ vpcSecurityGroupIds: [`sg-${name}`], publiclyAccessible: false },
      ...{ storageEncrypted: true, username: "app", password: wrapSecret(CANARY) },
    },
    {
      ...inDatabase,
      dependsOn: [group.urn, parameters.urn, subnets.urn, password.urn],
      protect: true,
    },
  );
  const secret = resource("aws:secretsmanager/secret:Secret", "-connection", {}, inDatabase);
  const version = resource(
    "aws:secretsmanager/secretVersion:SecretVersion",
    "-connection-value",
    { secretId: `arn:${name}`, secretString: wrapSecret(JSON.stringify({ password: CANARY })) },
    { ...inDatabase, dependsOn: [secret.urn, database.urn, password.urn] },
  );
  const inApp = { parent: delivery.urn };
  const role = resource("aws:iam/role:Role", "-role", { description: name }, inApp);
  const policy = resource(
    "aws:iam/rolePolicy:RolePolicy",
    "-read-secrets",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Resource: `arn:${name}` }] }) },
    { ...inApp, dependsOn: [role.urn, secret.urn] },
  );
  const providerClass = resource(
    "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass",
    "-secrets",
    {
      kind: "SecretProviderClass",
      metadata: { name: `${name}-secrets`, namespace: name },
      spec: { provider: "aws", parameters: { objects: JSON.stringify([{ objectName: name }]) } },
    },
    { ...inApp, dependsOn: [version.urn, policy.urn] },
  );
  const authorities = resource(
    "kubernetes:core/v1:ConfigMap",
    "-rds-ca",
    { metadata: { name: `${name}-rds-ca`, namespace: name }, data: { "ca-bundle.pem": BUNDLE } },
    inApp,
  );
  const deployment = resource(
    "kubernetes:apps/v1:Deployment",
    "-deployment",
    {
      kind: "Deployment",
      metadata: { name, namespace: name, labels: { app: name } },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            containers: [
              {
                name: "app",
                image: `registry.example.com/${name}:1`,
                env: [
                  { name: "PGSSLMODE", value: "verify-full" },
                  { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
                ],
              },
            ],
          },
        },
      },
    },
    { ...inApp, dependsOn: [providerClass.urn] },
  );
  const secretName = `${name}-connection-22ad48b`;
  const keys = { PGHOST: "host", PGPORT: "port", PGUSER: "username", PGPASSWORD: "password" };
  const origins = Object.entries(keys).map(([variable, key]) => ({
    variable,
    origin: { secret: secretName, keys: [key] },
  }));
  return {
    urns: {
      database: database.urn,
      secret: secret.urn,
      role: role.urn,
      class: providerClass.urn,
      deployment: deployment.urn,
    },
    resources: [
      ...[holder, delivery, password, subnets, parameters, group, rule, database],
      ...[secret, version, role, policy, providerClass, authorities, deployment],
    ],
    readers: {
      secret: secretName,
      urn: secret.urn,
      readers: [
        {
          secret: secretName,
          serviceAccount: `${name}/${name}`,
          role: `${name}-role-a7bddf1`,
          statement: `policy ${name}-read-secrets, ReadSecrets`,
          pods: [`Deployment ${name}/${name}`],
          verdict: "allowed",
        },
      ],
      exclusive: true,
      undecided: [],
    },
    app: {
      name,
      namespace: name,
      workload: { urn: deployment.urn, kind: "Deployment", replicas: 2, serviceAccount: name },
      mounts: [
        {
          providerClass: `${name}-secrets`,
          paths: ["/mnt/secrets-store"],
          urn: providerClass.urn,
          role: { arn: `arn:${name}`, name: `${name}-role`, via: "Pod Identity", urn: role.urn },
          secrets: [
            {
              name: secretName,
              planned: {
                urn: secret.urn,
                name: secretName,
                arn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${secretName}`,
                shape: { password: "string" },
                login: undefined,
                database: {
                  urn: database.urn,
                  name: `${name}-instance`,
                  engine: "postgres 17",
                  instanceClass: "db.t4g.micro",
                  databaseName: name,
                },
              },
              rotation: undefined,
            },
          ],
        },
      ],
      files: [
        ...origins.map(({ variable, origin }) => ({
          path: `/mnt/secrets-store/${variable}`,
          ...origin,
        })),
        { path: "/mnt/secrets-store/secret.json", secret: secretName, keys: [] },
      ],
      env: [
        ...origins.map(({ variable, origin }) => ({
          name: variable,
          source: { kind: "secret" as const, ...origin },
        })),
        { name: "PGSSLMODE", source: { kind: "plain" as const } },
        { name: "TOKEN", source: { kind: "kubernetesSecret" as const, name: "token", key: "key" } },
      ],
    },
  };
}

/** As long as the certificates of a region. */
const BUNDLE = "MIICtDCCAjmgAwIBAgIQenQbcP\n".repeat(180);

/** Stands where a password would: in what the program declares as secret. */
export const CANARY = "canary-of-a-password";

export const planOf = (apps: readonly Made[], findings: readonly Finding[] = []): Plan => ({
  project: "shop",
  stack: "dev",
  resources: apps.flatMap(({ resources }) => resources),
  apps: apps.map(({ app }) => app),
  readers: apps.map(({ readers }) => readers),
  findings,
});

/** One finding of every severity, on three different stations, in the words of the doctor. */
export const findingsOn = ({ urns }: Made): readonly Finding[] => [
  {
    id: "key-missing",
    severity: "error",
    message: "the secret has no key passwrod: the mount fails",
    remedy: "Name a key that the secret's JSON has.",
    urn: urns.class,
  },
  {
    id: "resource-wildcard",
    severity: "warning",
    message: "the role can read every secret of the account",
    remedy: "Name the ARN of the secret.",
    urn: urns.role,
  },
  {
    id: "master-user-in-app",
    severity: "note",
    message: "the app logs in as the master user",
    remedy: "Give the app a user of its own.",
    urn: urns.deployment,
  },
];
