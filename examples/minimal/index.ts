// A database and one app on a cluster that exists. In a program of your own the import reads
// `from "eks-db-secrets"`.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, SecureDatabase } from "../../components";

const config = new pulumi.Config();
const clusterName = config.require("clusterName");

const provider = new kubernetes.Provider("cluster", {
  kubeconfig: config.requireSecret("kubeconfig"),
  clusterIdentifier: clusterName,
});

const database = new SecureDatabase("orders", {
  vpcId: config.require("vpcId"),
  subnetIds: config.requireObject<string[]>("databaseSubnetIds"),
  clients: { pods: config.require("podSecurityGroupId") },
  databaseName: "orders",
});

const app = new CsiSecretsApp(
  "orders-api",
  {
    namespace: "orders",
    identity: { podIdentity: { clusterName } },
    ...database.secretSource,
    databaseUrl: "DATABASE_URL",
    image: config.require("image"),
    containerPort: 8080,
  },
  { provider, dependsOn: database },
);

export const secretName = database.secretName;
export const serviceName = app.serviceName;
