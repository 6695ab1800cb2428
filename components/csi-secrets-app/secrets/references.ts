import {
  isServiceSecretName,
  parameterProblem,
  regionProblem,
  secretArnProblem,
  secretNameInArn,
  secretNameProblem,
} from "../../shared/aws-names";
import type { Rule } from "../../shared/problems";
import { partitionOfArnProblem, regionOfArnProblem } from "../../shared/regions";

/** A secret as the provider takes it: by name, or by ARN where it belongs to another account. */
export const secretReferenceProblem: Rule<string> = (reference) =>
  secretNameProblem(reference) === undefined ||
  isServiceSecretName(reference) ||
  secretArnProblem(reference) === undefined
    ? undefined
    : "must be the name of a secret (1 to 512 letters, digits and the characters / _ + = . @ -) " +
      "or its full ARN";

/** The service that holds a value, as the provider calls it. */
export type ObjectType = "secretsmanager" | "ssmparameter";

/** What a source is: it says one of the two. */
export const objectTypeOf = ({ parameter }: { readonly parameter?: unknown }): ObjectType =>
  parameter === undefined ? "secretsmanager" : "ssmparameter";

/** The rule of each service's names. */
export const REFERENCE_RULES: Readonly<Record<ObjectType, Rule<string>>> = {
  secretsmanager: secretReferenceProblem,
  ssmparameter: parameterProblem,
};

/** The same value in another region, where it is named by its ARN; a name is the same there. */
export const inRegion = (reference: string, region: string): string =>
  reference.replace(/^(arn:[^:]*:[^:]*:)[^:]*:/, `$1${region}:`);

/** The second region is another one. */
export const failoverRegionProblem =
  (region: string): Rule<string> =>
  (failoverRegion) =>
    failoverRegion === region
      ? "must be another region than that of the secrets ('region', else the AWS provider's)"
      : regionProblem(failoverRegion);

/**
 * The provider refuses the whole mount where one of its ARNs is of another region.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_descriptor.go
 */
export const secretRegionProblem =
  (region: string): Rule<string> =>
  (reference) => {
    if (!reference.startsWith("arn:")) return undefined;
    return reference.split(":")[3] === region
      ? partitionOfArnProblem(region)(reference)
      : "must be in the region of the app's secrets ('region', else the AWS provider's), which is " +
          "the only one that its pods read";
  };

/** Secrets Manager encrypts with a key of the secret's own region; `undefined` is not known yet. */
export const keyRegionProblem = (region: string | undefined): Rule<string> =>
  region === undefined ? () => undefined : regionOfArnProblem(region, "the secret");

/** A policy that names another secret than the class asks for would show only at the first mount. */
export const arnOfSecretProblem =
  (secretName: string): Rule<string> =>
  (arn) =>
    secretName === arn || secretName === secretNameInArn(arn)
      ? undefined
      : "must be the ARN of the secret that 'secretName' names";

/** The first problem that one of the rules finds. */
export const firstOf =
  (...rules: readonly Rule<string>[]): Rule<string> =>
  (value) => {
    for (const rule of rules) {
      const reason = rule(value);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
