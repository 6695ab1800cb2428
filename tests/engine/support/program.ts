import * as kubernetes from "@pulumi/kubernetes";
import {
  CsiSecretsApp,
  type CsiSecretsAppArgs,
  CsiSecretsDriver,
  type CsiSecretsDriverArgs,
  DatabaseUser,
  type DatabaseUserArgs,
  SecureDatabase,
  type SecureDatabaseArgs,
} from "../../../components";

/** A program that is run in this process; what it returns are the stack's outputs. */
export type Program = () => Record<string, unknown> | undefined;

export interface Overrides {
  readonly database?: Partial<SecureDatabaseArgs>;
  /** @default the app logs in as the administrator */
  readonly user?: Partial<DatabaseUserArgs>;
  readonly driver?: Partial<CsiSecretsDriverArgs>;
  readonly app?: Partial<CsiSecretsAppArgs>;
}

export const KUBECONFIG = JSON.stringify({ apiVersion: "v1", kind: "Config", clusters: [] });

export const databaseArgs: SecureDatabaseArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"],
  clients: { cluster: "sg-0a1b2c3d4e5f60718" },
  databaseName: "orders",
  lifecycle: "disposable",
};

export const appArgs = {
  namespace: "orders",
  identity: { podIdentity: { clusterName: "platform" } },
  env: {
    PGHOST: "host",
    PGPORT: "port",
    PGDATABASE: "dbname",
    PGUSER: "username",
    PGPASSWORD: "password",
  },
  image: "registry.example.com/orders:1.4.2",
  containerPort: 8080,
  replicas: 2,
} satisfies Partial<CsiSecretsAppArgs>;

/** What the program below, and the changes in `update-cases.ts`, take for there already. */
export const EXISTING: readonly string[] = [
  ...["vpc-0a1b2c3d4e5f60718", "vpc-0f1e2d3c4b5a69788"],
  ...["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"],
  ...["subnet-0c1d2e3f405162738", "subnet-0d1e2f30415263748"],
  ...["sg-0a1b2c3d4e5f60718", "sg-0b1c2d3e4f5061728", "sg-0c1d2e3f405162738"],
  ...["platform", "other"],
  ...["0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "1b2c3d4e-5f60-7182-93a4-b5c6d7e8f90a"].map(
    (key) => `arn:aws:kms:eu-central-1:123456789012:key/${key}`,
  ),
];

/** The components alone, for one app, in a cluster that exists. */
export const chainOf =
  ({ database, user, driver, app }: Overrides = {}): Program =>
  () => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
    const orders = new SecureDatabase("orders", { ...databaseArgs, ...database });
    const secrets = new CsiSecretsDriver(
      "secrets",
      { region: "eu-central-1", ...driver },
      { provider },
    );
    const login = user && new DatabaseUser("orders-user", { database: orders, ...user });
    const { secretName, secretArn } = (login ?? orders).secretSource;
    const api = new CsiSecretsApp(
      "orders-api",
      {
        driver: secrets,
        secretName,
        secretArn,
        rotation: login?.secretSource.rotation,
        ...appArgs,
        ...app,
      },
      { provider, dependsOn: [orders] },
    );
    return { secretName: orders.secretName, host: orders.host, namespace: api.namespace };
  };
