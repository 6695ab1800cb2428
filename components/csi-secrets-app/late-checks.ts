import * as pulumi from "@pulumi/pulumi";
import { ArgError } from "../shared/arg-error";
import { checked } from "../shared/checked";
import { bundleProblem, rdsRoots } from "./ca-bundle";
import { isOidcProviderArn } from "./identity-policies";

/** How errors name the component. */
export const componentName = (name: string): string => `CsiSecretsApp '${name}'`;

/** What is wrong with a value, or `undefined`. */
export type Problem = (value: string) => string | undefined;

const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$/;
const KMS_KEY_ARN = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/;
const CLUSTER_NAME = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretNameProblem: Problem = (name) =>
  SECRET_NAME.test(name) || SECRET_ARN.test(name)
    ? undefined
    : `must be a secret's name (1 to 512 letters, digits and /_+=.@-) or its ARN; got '${name}'`;

export const secretArnProblem: Problem = (arn) =>
  SECRET_ARN.test(arn) ? undefined : `must be the ARN of a secret; got '${arn}'`;

export const kmsKeyArnProblem: Problem = (arn) =>
  KMS_KEY_ARN.test(arn)
    ? undefined
    : `must be the ARN of a KMS key, not an alias: a policy names keys; got '${arn}'`;

export const clusterNameProblem: Problem = (name) =>
  CLUSTER_NAME.test(name) ? undefined : `must be the name of an EKS cluster; got '${name}'`;

export const oidcProviderArnProblem: Problem = (arn) =>
  isOidcProviderArn(arn)
    ? undefined
    : `must be the ARN of an OpenID Connect provider in IAM; got '${arn}'`;

/** Checks a value now if it is known, else on its way to whoever needs it. Throws `ArgError`. */
export function checkedText(
  component: string,
  path: string,
  value: pulumi.Input<string>,
  problem: Problem,
): pulumi.Output<string> {
  const check = (known: string): void => {
    const found = problem(known);
    if (found !== undefined) throw new ArgError(component, path, found);
  };
  return pulumi.output(checked<string>(value, check));
}

/**
 * A plain-text variable's value. One that turns out to be secret is refused here, inside the apply:
 * whether an `Output` is secret is not known earlier.
 */
export function plainText(
  component: string,
  variable: string,
  value: pulumi.Input<string>,
): pulumi.Input<string> {
  if (typeof value === "string") return value;
  const late = pulumi.output(value);
  return pulumi.output(pulumi.isSecret(late)).apply((secret) => {
    if (!secret) return late;
    throw new ArgError(
      component,
      `environment.${variable}`,
      "is a secret and would stand in the manifest in plain text; put it into a secret of " +
        "Secrets Manager and deliver it through 'moreSecrets'",
    );
  });
}

/** The CA bundle that the caller gave, or the roots of RDS in the region. */
export function caBundle(
  component: string,
  given: pulumi.Input<string> | undefined,
  region: pulumi.Output<string>,
): pulumi.Output<string> {
  if (given !== undefined) {
    return checkedText(component, "caBundle", given, bundleProblem);
  }
  return region.apply((known) => {
    const roots = rdsRoots(known);
    if (roots !== undefined) return roots;
    throw new ArgError(
      component,
      "caBundle",
      `is needed in the region '${known}': no RDS root of that region is built in; pass the ` +
        "bundle from https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
    );
  });
}
