import type * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, type CsiSecretsAppArgs } from "../../components";
import {
  evaluate,
  type Evaluation,
  type EvaluationOptions,
} from "../../preflight/simulation/mocks/run";

export const OIDC_PROVIDER =
  "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC";

export const POD_IDENTITY = { podIdentity: { clusterName: "prod" } } as const;
export const IRSA = { irsa: { oidcProviderArn: OIDC_PROVIDER } } as const;

/** The least that an app needs in a cluster that has the driver. */
export const LEAST: CsiSecretsAppArgs = {
  driver: "existing",
  namespace: "shop",
  identity: POD_IDENTITY,
  secretName: "shop/orders",
  env: { DB_HOST: "host" },
  image: "registry.example.com/api:1",
};

/** Evaluates a program with one app named `api`; its outputs are the stack's. */
export const deployApi = (
  args: Partial<CsiSecretsAppArgs> = {},
  options: EvaluationOptions = {},
  opts?: pulumi.ComponentResourceOptions,
): Promise<Evaluation> =>
  evaluate(() => {
    const app = new CsiSecretsApp("api", { ...LEAST, ...args }, opts);
    const { namespace, serviceAccountName, roleArn, secretProviderClassName } = app;
    const { deploymentName, secretsPath, syncedSecretName, serviceName } = app;
    return {
      ...{ namespace, serviceAccountName, roleArn, secretProviderClassName },
      ...{ deploymentName, secretsPath },
      // The SDK warns of an output that is undefined.
      ...(syncedSecretName && { syncedSecretName }),
      ...(serviceName && { serviceName }),
    };
  }, options);
