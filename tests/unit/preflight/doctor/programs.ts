import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import {
  CONNECTION_SHAPE,
  CsiSecretsApp,
  CsiSecretsDriver,
  SecureDatabase,
} from "../../../../components";
import { evaluate, type Registration } from "../../../../preflight/simulation/mocks/run";
import type { DoctorContext } from "../../../../preflight/doctor";

/** Where the local cloud's stand-in account is. */
export const CONTEXT: DoctorContext = {
  region: "eu-central-1",
  accountId: "123456789012",
  partition: "aws",
};

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const DIGEST = `sha256:${"0a".repeat(32)}`;
const ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";

/** One protected database under a key of its own, and one app that reads it, by the components. */
function ordersStack(identity: "podIdentity" | "irsa", mode: "helm" | "addon"): void {
  const provider = new kubernetes.Provider("cluster", {
    kubeconfig: "{}",
    clusterIdentifier: "prod",
  });
  const database = new SecureDatabase("orders", {
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b"],
    clients: { pods: "sg-pods" },
    databaseName: "orders",
    secretName: "prod/orders",
    kmsKeyArn: KEY,
  });
  const region = CONTEXT.region;
  const driver = new CsiSecretsDriver(
    "secrets",
    mode === "helm" ? { region } : { region, mode, clusterName: "prod" },
    { provider },
  );
  const oidc =
    identity === "irsa"
      ? new aws.iam.OpenIdConnectProvider("oidc", {
          url: `https://${ISSUER}`,
          clientIdLists: ["sts.amazonaws.com"],
        })
      : undefined;
  new CsiSecretsApp(
    "orders-api",
    {
      driver,
      namespace: "orders",
      identity:
        oidc === undefined
          ? { podIdentity: { clusterName: "prod" } }
          : { irsa: { oidcProviderArn: oidc.arn } },
      secretName: database.secretName,
      secretArn: database.secretArn,
      kmsKeyArn: KEY,
      shape: CONNECTION_SHAPE,
      env: { DB_HOST: "host", DB_PORT: "port", DB_USERNAME: "username", DB_PASSWORD: "password" },
      files: { "db-name": "dbname" },
      image: `registry.example.com/orders@${DIGEST}`,
      containerPort: 8080,
    },
    { provider, dependsOn: database },
  );
}

export type StackVariant =
  "Pod Identity and Helm" | "IRSA and Helm" | "Pod Identity and the add-on";

const VARIANTS: Readonly<Record<StackVariant, Parameters<typeof ordersStack>>> = {
  "Pod Identity and Helm": ["podIdentity", "helm"],
  "IRSA and Helm": ["irsa", "helm"],
  "Pod Identity and the add-on": ["podIdentity", "addon"],
};

export const STACK_VARIANTS = Object.keys(VARIANTS) as StackVariant[];

const evaluated = new Map<StackVariant, Promise<readonly Registration[]>>();

/** What a stack of the components registers; evaluated once. */
export function stackRegistrations(variant: StackVariant): Promise<readonly Registration[]> {
  const known = evaluated.get(variant);
  if (known !== undefined) return known;
  const fresh = evaluate(() => ordersStack(...VARIANTS[variant])).then(
    ({ registrations }) => registrations,
  );
  evaluated.set(variant, fresh);
  return fresh;
}
