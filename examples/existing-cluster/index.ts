// Two apps that share one driver: the first has a database, the second reads a secret that somebody
// else made, by name.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, CsiSecretsDriver, SecureDatabase } from "../../components";

const config = new pulumi.Config();
const oidcProviderArn = config.require("oidcProviderArn");
const region = new pulumi.Config("aws").require("region");

const provider = new kubernetes.Provider("cluster", {
  kubeconfig: config.requireSecret("kubeconfig"),
});
const driver = new CsiSecretsDriver("secrets", { region }, { provider });

const database = new SecureDatabase("orders", {
  vpcId: config.require("vpcId"),
  subnetIds: config.requireObject<string[]>("databaseSubnetIds"),
  clients: { pods: config.require("podSecurityGroupId") },
  databaseName: "orders",
  multiAz: true,
});

new CsiSecretsApp(
  "orders-api",
  {
    driver,
    namespace: "orders",
    identity: { irsa: { oidcProviderArn } },
    ...database.secretSource,
    env: { DB_HOST: "host", DB_PORT: "port", DB_USERNAME: "username", DB_PASSWORD: "password" },
    environment: { LOG_LEVEL: "info" },
    image: config.require("ordersImage"),
    containerPort: 8080,
  },
  { provider, dependsOn: database },
);

new CsiSecretsApp(
  "mailer",
  {
    driver,
    namespace: "mailer",
    identity: { irsa: { oidcProviderArn } },
    secretName: "shared/smtp",
    files: { "smtp-password": "password" },
    image: config.require("mailerImage"),
    replicas: 1,
  },
  { provider },
);
