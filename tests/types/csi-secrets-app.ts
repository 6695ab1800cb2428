/** Checked by the compiler alone: where an expected error is missing, `tsc --noEmit` fails. */
import * as pulumi from "@pulumi/pulumi";
import {
  CONNECTION_SHAPE,
  type CsiSecretsApp,
  type CsiSecretsAppArgs,
  type CsiSecretsDriver,
  type SecureDatabase,
} from "../../components";

const identity = { podIdentity: { clusterName: "prod" } } as const;
const LEAST: CsiSecretsAppArgs = {
  namespace: "shop",
  identity,
  secretName: "shop/orders",
  image: "api:1",
};
const { namespace, secretName, image } = LEAST;
const accept = (...args: CsiSecretsAppArgs[]): void => void args;

export function right(
  late: pulumi.Output<string>,
  db: SecureDatabase,
  driver: CsiSecretsDriver,
): void {
  accept(
    LEAST,
    { ...LEAST, secretName: db.secretName, secretArn: db.secretArn, kmsKeyArn: db.kmsKeyArn },
    { namespace, identity, image, ...db.secretSource, env: { DB_PORT: "port" } },
    { ...LEAST, moreSecrets: [{ ...db.secretSource, env: { DB_PORT: "port" } }] },
    { ...LEAST, env: { DB_HOST: "host" }, shape: CONNECTION_SHAPE, databaseUrl: "DATABASE_URL" },
    { ...LEAST, moreSecrets: [{ secretName: late, files: { token: "token" } }] },
    { ...LEAST, driver, identity: { irsa: { oidcProviderArn: late } } },
    { ...LEAST, driver: "existing", identity: { podIdentity: { clusterName: late } } },
    { ...LEAST, environment: { LOG_LEVEL: "debug", HOST: late }, image: late },
    { ...LEAST, transform: { deployment: (args) => ({ ...args, spec: args.spec }) } },
  );
}

export function incomplete(): void {
  // @ts-expect-error it needs a namespace
  accept({ secretName, identity, image });
  // @ts-expect-error it needs an identity
  accept({ secretName, namespace, image });
  // @ts-expect-error it needs an image
  accept({ secretName, namespace, identity });
}

export function identities(): void {
  // @ts-expect-error neither Pod Identity nor IRSA
  accept({ ...LEAST, identity: {} });
  // @ts-expect-error Pod Identity is given for a cluster
  accept({ ...LEAST, identity: { podIdentity: {} } });
  // @ts-expect-error Pod Identity is not merely switched on
  accept({ ...LEAST, identity: { podIdentity: true } });
  // @ts-expect-error IRSA takes the provider's ARN, which holds the issuer
  accept({ ...LEAST, identity: { irsa: { issuer: "https://example.com/id/A" } } });
  // @ts-expect-error a role is not brought along
  accept({ ...LEAST, identity: { roleArn: "arn:aws:iam::123456789012:role/api" } });
}

export function wrong(late: pulumi.Output<string>): void {
  // @ts-expect-error a key is a string
  accept({ ...LEAST, env: { DB_PORT: 5432 } });
  // @ts-expect-error which keys are delivered is known at once
  accept({ ...LEAST, env: { DB_HOST: late } });
  // @ts-expect-error a file takes one key
  accept({ ...LEAST, files: { credentials: ["username", "password"] } });
  // @ts-expect-error a plain variable is a string
  accept({ ...LEAST, environment: { DB_PORT: 5432 } });
  // @ts-expect-error a plain variable is a string also where it is late
  accept({ ...LEAST, environment: { DB_PORT: pulumi.output(5432) } });
  // @ts-expect-error the URL goes to a variable
  accept({ ...LEAST, databaseUrl: true });
  // @ts-expect-error no such type of a value
  accept({ ...LEAST, shape: { port: "integer" } });
  // @ts-expect-error a parameter has one name
  accept({ ...LEAST, moreSecrets: [{ parameter: ["/a", "/b"] }] });
  // @ts-expect-error the whole secret goes to a variable, a file, or both
  accept({ ...LEAST, moreSecrets: [{ secretName: "a", whole: "a.json" }] });
  // @ts-expect-error no such way to the driver
  accept({ ...LEAST, driver: "helm" });
  // @ts-expect-error what decides about resources is not known late
  accept({ ...LEAST, replicas: pulumi.output(2) });
  // @ts-expect-error what decides about resources is not known late
  accept({ ...LEAST, createNamespace: pulumi.output(false) });
  // @ts-expect-error a user is a number
  accept({ ...LEAST, runAsUser: "postgres" });
  // @ts-expect-error one port
  accept({ ...LEAST, containerPort: [8080, 8081] });
  // @ts-expect-error an Ingress has a class
  accept({ ...LEAST, containerPort: 8080, ingress: { host: "api.example.com" } });
  // @ts-expect-error no such child
  accept({ ...LEAST, transform: { secret: <T>(args: T) => args } });
  // @ts-expect-error a password is delivered, never given
  accept({ ...LEAST, password: late });
}

export function outputs(app: CsiSecretsApp): pulumi.Output<string>[] {
  // @ts-expect-error what the secret holds never passes through the program
  void app.environment;
  // @ts-expect-error an output is not to be changed
  app.roleArn = pulumi.output("other");
  // @ts-expect-error without a port there is no Service
  const service: pulumi.Output<string> = app.serviceName;
  // @ts-expect-error without variables from secrets there is no synced Secret
  const synced: pulumi.Output<string> = app.syncedSecretName;
  return [service, synced, app.namespace, app.roleArn, app.deploymentName];
}
