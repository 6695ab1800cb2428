import * as pulumi from "@pulumi/pulumi";
import { clusterNameProblem, regionProblem } from "../shared/aws-names";
import type { CsiSecretsAppArgs } from "./args";
import { bundleProblem } from "./ca-bundle";
import { type LocatedSource, secretSources } from "./entries";
import {
  checkedText,
  componentName,
  imageProblem,
  kmsKeyArnProblem,
  oidcProviderArnProblem,
  plainText,
  type Problem,
  quoting,
  secretArnProblem,
  secretNameProblem,
} from "./late-checks";

/** The arguments that may be known late, each gated on its check. */
export interface CheckedInputs {
  /** In the order of the sources. */
  readonly secrets: readonly CheckedSecret[];
  readonly identity: CheckedIdentity;
  readonly image: pulumi.Output<string>;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly region: pulumi.Output<string> | undefined;
  readonly caBundle: pulumi.Output<string> | undefined;
}

export interface CheckedSecret {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string> | undefined;
  readonly kmsKeyArn: pulumi.Output<string> | undefined;
}

type CheckedIdentity =
  | { readonly clusterName: pulumi.Output<string> }
  | { readonly oidcProviderArn: pulumi.Output<string> };

/** Throws `ArgError` for what is known already; the rest fails on the way through. */
export function checkInputs(name: string, args: CsiSecretsAppArgs): CheckedInputs {
  const component = componentName(name);
  const text = (path: string, value: pulumi.Input<string>, problem: Problem) =>
    checkedText(component, path, value, problem);
  const optional = (path: string, value: pulumi.Input<string> | undefined, problem: Problem) =>
    value === undefined ? undefined : text(path, value, problem);

  const secret = ({ at, secretName, secretArn, kmsKeyArn }: LocatedSource): CheckedSecret => ({
    name: text(`${at}secretName`, secretName, secretNameProblem),
    arn: secretArn === undefined ? undefined : arnOf(`${at}secretArn`, secretName, secretArn),
    kmsKeyArn: optional(`${at}kmsKeyArn`, kmsKeyArn, kmsKeyArnProblem),
  });
  const arnOf = (path: string, of: pulumi.Input<string>, arn: pulumi.Input<string>) =>
    typeof of === "string"
      ? text(path, arn, secretArnProblem(of))
      : pulumi.output(of).apply((known) => text(path, arn, secretArnProblem(known)));

  const { identity, image, environment = {}, region, caBundle } = args;
  return {
    secrets: secretSources(args).map(secret),
    identity:
      "podIdentity" in identity
        ? {
            clusterName: text(
              "identity.podIdentity.clusterName",
              identity.podIdentity.clusterName,
              quoting(clusterNameProblem),
            ),
          }
        : {
            oidcProviderArn: text(
              "identity.irsa.oidcProviderArn",
              identity.irsa.oidcProviderArn,
              oidcProviderArnProblem,
            ),
          },
    image: text("image", image, imageProblem),
    environment: Object.fromEntries(
      Object.entries(environment).map(([variable, value]) => [
        variable,
        plainText(component, variable, value),
      ]),
    ),
    region: optional("region", region, quoting(regionProblem)),
    caBundle: optional("caBundle", caBundle, bundleProblem),
  };
}
