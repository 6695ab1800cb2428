import type {
  CsiSecretsAppArgs,
  CsiSecretsDriverArgs,
  DatabaseUserArgs,
  SecureDatabaseArgs,
} from "../../../components";
import { databaseArgs } from "./program";

/** How to change one argument: from the base program, or from another value that is set first. */
export interface Change<Args> {
  readonly from?: Partial<Args>;
  readonly to: Partial<Args>;
  /** Changes of the same argument that do something else, by what they are. */
  readonly also?: Readonly<Record<string, Partial<Args>>>;
}

/** One change for each argument; the compiler sees to it that none is left out. */
type Changes<Args, Left extends keyof Args> = Readonly<
  Record<Exclude<keyof Args, Left>, Change<Args>>
>;

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
const OTHER_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f90a";

/** What `transform` does is not the component's to say. */
export const DATABASE_CHANGES: Changes<SecureDatabaseArgs, "transform"> = {
  vpcId: { to: { vpcId: "vpc-0f1e2d3c4b5a69788" } },
  subnetIds: { to: { subnetIds: ["subnet-0c1d2e3f405162738", "subnet-0d1e2f30415263748"] } },
  clients: {
    to: { clients: { ...databaseArgs.clients, jobs: "sg-0b1c2d3e4f5061728" } },
    also: { "another group": { clients: { cluster: "sg-0c1d2e3f405162738" } } },
  },
  databaseName: { to: { databaseName: "sales" } },
  masterPassword: { to: { masterPassword: "managed" } },
  username: { to: { username: "sales_owner" } },
  engineVersion: {
    from: { engineVersion: "16.8" },
    to: { engineVersion: "16.9" },
    also: { "another major version": { engineVersion: "17", allowMajorVersionUpgrade: true } },
  },
  allowMajorVersionUpgrade: { to: { allowMajorVersionUpgrade: true } },
  instanceClass: { to: { instanceClass: "db.m7g.large" } },
  allocatedStorageGiB: { to: { allocatedStorageGiB: 50 } },
  maxAllocatedStorageGiB: { to: { maxAllocatedStorageGiB: 200 } },
  storageType: {
    from: { allocatedStorageGiB: 100 },
    to: { storageType: "io2", iops: 3000 },
  },
  iops: { from: { allocatedStorageGiB: 400 }, to: { iops: 16_000 } },
  storageThroughputMiBps: {
    from: { allocatedStorageGiB: 400 },
    to: { storageThroughputMiBps: 1000 },
  },
  multiAz: { to: { multiAz: true } },
  backupRetentionDays: { to: { backupRetentionDays: 14 } },
  backupWindow: { to: { backupWindow: "01:00-01:30" } },
  maintenanceWindow: { to: { maintenanceWindow: "sun:05:00-sun:05:30" } },
  lifecycle: { to: { lifecycle: "protected" } },
  recoveryWindowDays: { to: { recoveryWindowDays: 7 } },
  passwordLength: { to: { passwordLength: 40 } },
  passwordSpecialCharacters: { to: { passwordSpecialCharacters: "-._~" } },
  kmsKeyArn: { from: { kmsKeyArn: KEY }, to: { kmsKeyArn: OTHER_KEY } },
  parameters: {
    to: { parameters: { log_min_duration_statement: { value: "250", apply: "immediate" } } },
  },
  restoreFrom: {
    to: { restoreFrom: { snapshotIdentifier: "orders-final-0a1b2c3d" } },
    also: {
      "a point in time": {
        restoreFrom: { pointInTime: { sourceInstanceIdentifier: "orders-old", time: "latest" } },
      },
    },
  },
  secretName: { from: { secretName: "orders/one" }, to: { secretName: "orders/two" } },
  identifier: { from: { identifier: "orders-one" }, to: { identifier: "orders-two" } },
  port: { to: { port: 5433 } },
  performanceInsights: { to: { performanceInsights: false } },
  logRetentionDays: { to: { logRetentionDays: 90 } },
  caCertificateIdentifier: { to: { caCertificateIdentifier: "rds-ca-ecc384-g1" } },
  applyImmediately: { to: { applyImmediately: false } },
  tags: { to: { tags: { team: "orders" } } },
};

/** A database that exists, by its facts. */
const ELSEWHERE: DatabaseUserArgs["database"] = {
  host: "sales.abcdefghijkl.eu-central-1.rds.amazonaws.com",
  port: 5432,
  databaseName: "sales",
  instanceIdentifier: "sales",
  securityGroupId: "sg-0b1c2d3e4f5061728",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"],
  masterSecretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:sales-AbCdEf",
};

export const USER_CHANGES: Changes<DatabaseUserArgs, "transform"> = {
  database: { to: { database: ELSEWHERE } },
  userName: { to: { userName: "sales" } },
  access: { to: { access: "read", readsFrom: "sales_owner" } },
  readsFrom: {
    from: { access: "read", readsFrom: "sales_owner" },
    to: { readsFrom: "stock_owner" },
  },
  ownerRole: { to: { ownerRole: "sales_owner" } },
  schema: { to: { schema: "sales" } },
  rotation: {
    to: { rotation: { every: "14d" } },
    also: {
      "so often that pods restart more often": { rotation: { every: "3d" } },
      "to none": { rotation: false },
    },
  },
  minimumAge: { to: { minimumAge: "1h" } },
  alarmTopicArn: { to: { alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms" } },
  logRetentionDays: { to: { logRetentionDays: 90 } },
  subnetIds: { to: { subnetIds: ["subnet-0c1d2e3f405162738", "subnet-0d1e2f30415263748"] } },
  vpcId: {
    to: {
      vpcId: "vpc-0f1e2d3c4b5a69788",
      subnetIds: ["subnet-0c1d2e3f405162738", "subnet-0d1e2f30415263748"],
    },
  },
  caBundle: { to: { caBundle: undefined } },
  kmsKeyArn: { to: { kmsKeyArn: KEY } },
  secretName: { from: { secretName: "orders/one" }, to: { secretName: "orders/two" } },
  tags: { to: { tags: { team: "orders" } } },
};

const ADDON: Partial<CsiSecretsDriverArgs> = { mode: "addon", clusterName: "platform" };

export const DRIVER_CHANGES: Changes<CsiSecretsDriverArgs, "transform"> = {
  mode: { to: ADDON },
  clusterName: { from: ADDON, to: { clusterName: "other" } },
  region: { to: { region: "eu-west-1" } },
  rotation: { to: { rotation: false } },
  namespace: { to: { namespace: "csi-secrets" } },
  addonNamespace: { from: ADDON, to: { addonNamespace: "csi-secrets" } },
  addonVersion: { from: ADDON, to: { addonVersion: "v3.1.1-eksbuild.1" } },
  imageRegistry: { to: { imageRegistry: "registry.example.com/mirror" } },
  imagePullSecret: {
    from: { imageRegistry: "registry.example.com/mirror" },
    to: { imageRegistry: "registry.example.com/mirror", imagePullSecret: "mirror" },
  },
  chartRepository: { to: { chartRepository: "oci://registry.example.com/charts" } },
  providerThrottling: { to: { providerThrottling: { qps: 40, burst: 60 } } },
  useFipsEndpoint: { to: { useFipsEndpoint: true } },
  podIdentityHttpTimeout: { to: { podIdentityHttpTimeout: "1s" } },
  tags: { from: ADDON, to: { tags: { team: "platform" } } },
};

export const APP_CHANGES: Changes<CsiSecretsAppArgs, "transform"> = {
  driver: { to: { driver: "existing" } },
  secretName: { to: { secretName: "orders/elsewhere", secretArn: undefined } },
  secretArn: { to: { secretArn: undefined } },
  kmsKeyArn: { to: { kmsKeyArn: KEY } },
  parameter: {
    to: {
      ...{ secretName: undefined, secretArn: undefined, kmsKeyArn: undefined },
      parameter: "/orders/connection",
    },
  },
  whole: { to: { whole: { file: "connection.json" } } },
  failoverRegion: { to: { failoverRegion: "eu-west-1" } },
  failoverKmsKeyArn: {
    // No pod: the secret of the chain has no copy in a second region.
    from: { replicas: 0, failoverRegion: "eu-west-1" },
    to: {
      replicas: 0,
      failoverRegion: "eu-west-1",
      failoverKmsKeyArn: KEY.replace("eu-central-1", "eu-west-1"),
    },
  },
  env: {
    to: { env: { DB_HOST: "host", DB_PASSWORD: "password" } },
  },
  files: { to: { files: { "db-user": "username" } } },
  shape: {
    to: {
      shape: {
        host: "string",
        port: "number",
        dbname: "string",
        username: "string",
        password: "string",
      },
    },
  },
  rotation: { to: { rotation: { every: "30d" } } },
  databaseUrl: { to: { databaseUrl: "DATABASE_URL" } },
  connectionFile: { to: { connectionFile: true } },
  restart: { to: { restart: "scheduled" } },
  restartSchedule: {
    from: { restart: "scheduled" },
    to: { restart: "scheduled", restartSchedule: { suspend: true } },
  },
  moreSecrets: {
    to: { moreSecrets: [{ secretName: "orders/mail", env: { SMTP_PASSWORD: "password" } }] },
  },
  environment: { to: { environment: { LOG_LEVEL: "debug" } } },
  namespace: { to: { namespace: "sales" } },
  createNamespace: { to: { createNamespace: false } },
  identity: {
    to: {
      identity: {
        irsa: {
          oidcProviderArn:
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
        },
      },
    },
  },
  region: { to: { region: "eu-west-1" } },
  image: { to: { image: "registry.example.com/orders:1.4.3" } },
  command: { to: { command: ["/bin/orders"] } },
  args: { to: { args: ["--verbose"] } },
  containerPort: { to: { containerPort: 9090 }, also: { "to none": { containerPort: undefined } } },
  ports: { to: { containerPort: undefined, ports: [{ name: "http", containerPort: 8080 }] } },
  replicas: {
    to: { replicas: 3 },
    also: {
      "to a single pod": { replicas: 1 },
      "to a range": { replicas: { min: 2, max: 6, cpu: 70 } },
    },
  },
  initContainers: { to: { initContainers: [{ name: "warm", command: ["warm-up"] }] } },
  sidecars: { to: { sidecars: [{ name: "proxy", image: "registry.example.com/proxy:1" }] } },
  runAsUser: { to: { runAsUser: 1000 } },
  probes: { to: { probes: { readiness: { httpGet: { path: "/ready", port: "app" } } } } },
  resources: { to: { resources: { limits: { memory: "512Mi" } } } },
  writablePaths: { to: { writablePaths: ["/var/cache/orders"] } },
  ingress: { to: { ingress: { className: "alb" } } },
  caBundle: { to: { caBundle: undefined } },
  tags: { to: { tags: { team: "orders" } } },
  roleArn: { to: { roleArn: "arn:aws:iam::123456789012:role/orders" } },
  policyArns: { to: { policyArns: { s3: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" } } },
  policyStatements: {
    to: { policyStatements: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }] },
  },
  permissionsBoundary: {
    to: { permissionsBoundary: "arn:aws:iam::aws:policy/SecretsManagerReadWrite" },
  },
  podLabels: { to: { podLabels: { team: "orders" } } },
  podAnnotations: { to: { podAnnotations: { "prometheus.io/scrape": "true" } } },
  serviceAccountAnnotations: { to: { serviceAccountAnnotations: { owner: "orders" } } },
  imagePullSecrets: { to: { imagePullSecrets: ["registry"] } },
  overlay: { to: { overlay: { spec: { minReadySeconds: 5 } } } },
  migrate: { to: { migrate: { command: ["migrate"] } } },
  networkPolicy: { to: { networkPolicy: {} } },
};
