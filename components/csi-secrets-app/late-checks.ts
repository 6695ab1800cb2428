import * as pulumi from "@pulumi/pulumi";
import { ArgError } from "../shared/arg-error";
import { missingRootsProblem, rdsRoots } from "./ca-bundle";
import { isOidcProviderArn } from "./identity-policies";

/** How errors name the component. */
export const componentName = (name: string): string => `CsiSecretsApp '${name}'`;

/** What is wrong with a value, or `undefined`. Shows the value, if at all, in single quotes. */
export type Problem = (value: string) => string | undefined;

const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const SECRET_ARN =
  /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:([A-Za-z0-9/_+=.@-]+)-[A-Za-z0-9]{6}$/;
const KMS_KEY_ARN = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** A rule that does not show the value, as a problem that does. */
export const quoting =
  (rule: (value: string) => string | undefined): Problem =>
  (value) => {
    const reason = rule(value);
    return reason && `${reason}; got '${value}'`;
  };

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretNameProblem: Problem = (name) =>
  SECRET_NAME.test(name) || SECRET_ARN.test(name)
    ? undefined
    : `must be a secret's name (1 to 512 letters, digits and /_+=.@-) or its full ARN; got '${name}'`;

/** A policy that names another secret than the class asks for would show only at the first mount. */
export const secretArnProblem =
  (secretName: string): Problem =>
  (arn) => {
    const name = SECRET_ARN.exec(arn)?.[1];
    if (name === undefined) {
      return (
        "must be the full ARN of a secret, with the hyphen and six characters at its end; " +
        `got '${arn}'`
      );
    }
    if (secretName === arn || secretName === name) return undefined;
    return `must be the ARN of the secret that 'secretName' names; got '${arn}'`;
  };

export const kmsKeyArnProblem: Problem = (arn) =>
  KMS_KEY_ARN.test(arn)
    ? undefined
    : `must be the ARN of a KMS key, not an alias: a policy names keys; got '${arn}'`;

export const oidcProviderArnProblem: Problem = (arn) =>
  isOidcProviderArn(arn)
    ? undefined
    : `must be the ARN of an OpenID Connect provider in IAM; got '${arn}'`;

export const imageProblem: Problem = (image) =>
  /^\S+$/.test(image) ? undefined : `must be a container image without spaces; got '${image}'`;

/**
 * Checks a value now if it is known, else on its way to whoever needs it. Throws `ArgError`, which
 * shows the value unless it is secret.
 */
export function checkedText(
  component: string,
  path: string,
  value: pulumi.Input<string>,
  problem: Problem,
): pulumi.Output<string> {
  if (typeof value === "string") {
    const found = problem(value);
    if (found !== undefined) throw new ArgError(component, path, found);
    return pulumi.output(value);
  }
  const late = pulumi.output(value);
  return pulumi.all([late, pulumi.isSecret(late)]).apply(([known, secret]) => {
    const found = problem(known);
    if (found === undefined) return known;
    const shown = secret ? found.replaceAll(`'${known}'`, "a secret value") : found;
    throw new ArgError(component, path, shown);
  });
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

/** The roots of RDS in the region, for whom the caller gives no bundle. */
export const regionRoots = (
  component: string,
  region: pulumi.Output<string>,
): pulumi.Output<string> =>
  region.apply((known) => {
    const roots = rdsRoots(known);
    if (roots !== undefined) return roots;
    throw new ArgError(component, "caBundle", missingRootsProblem(known));
  });
