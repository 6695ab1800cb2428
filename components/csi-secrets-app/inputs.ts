import * as pulumi from "@pulumi/pulumi";
import { kmsKeyArnProblem, secretArnProblem } from "../shared/aws-names";
import { trustedRoots } from "../shared/ca-bundle";
import { isRecord, optional, string } from "../shared/checks";
import { applied, asOutput, late, optionalLate } from "../shared/late";
import { because, inputError, isLate, memberPath } from "../shared/problems";
import type { CsiSecretsAppArgs } from "./args";
import { clusterName, oidcProviderArn } from "./identity/checks";
import { policyArn, roleArn } from "./identity/rights";
import { region as regionCheck } from "./problems";
import { KUBECTL_IMAGE } from "./restart/image";
import { type LocatedSource, secretSources } from "./secrets/entries";
import {
  arnOfSecretProblem,
  failoverRegionProblem,
  firstOf,
  keyRegionProblem,
  type ObjectType,
  objectTypeOf,
  REFERENCE_RULES,
  secretRegionProblem,
} from "./secrets/references";
import { locatedContainers } from "./settings";
import { image } from "./workload/checks";
import { variableValueProblem } from "./workload/process-strings";

/** The arguments that may be known late, each gated on its check. */
export interface LateInputs {
  /** Region of the secrets. */
  readonly region: pulumi.Input<string>;
  /** A second region that has them as well. */
  readonly failoverRegion: pulumi.Input<string> | undefined;
  /** In the order of the sources. */
  readonly secrets: readonly SecretReference[];
  readonly identity: IdentityInput;
  readonly image: pulumi.Input<string>;
  /** None of them is secret. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Image and variables of what starts before the app's container, in the order of the settings. */
  readonly containers: readonly Pick<LateInputs, "image" | "environment">[];
  /** What is merged into the Deployment; nothing of it is secret. */
  readonly overlay: Readonly<Record<string, unknown>> | undefined;
  /** Image and variables of what runs before the pods; those of the app where it says nothing. */
  readonly migrate: Pick<LateInputs, "image" | "environment"> | undefined;
  /** Image of what restarts the pods on a schedule. */
  readonly restartImage: pulumi.Input<string>;
  /** ARN of a role that exists. */
  readonly roleArn: pulumi.Input<string> | undefined;
  /** ARNs of further policies, by their names. */
  readonly policyArns: Readonly<Record<string, pulumi.Input<string>>>;
  readonly permissionsBoundary: pulumi.Input<string> | undefined;
  /** Authorities that sign the database's certificate, in PEM. */
  readonly caBundle: pulumi.Input<string>;
}

/** Where a secret is, and what encrypts it. */
export interface SecretReference {
  readonly type: ObjectType;
  readonly name: pulumi.Input<string>;
  readonly arn: pulumi.Input<string | undefined> | undefined;
  readonly kmsKeyArn: pulumi.Input<string | undefined> | undefined;
  readonly failoverKmsKeyArn: pulumi.Input<string | undefined> | undefined;
}

type IdentityInput =
  | { readonly clusterName: pulumi.Input<string> }
  | { readonly oidcProviderArn: pulumi.Input<string> };

/**
 * Gates the arguments on their checks, which `csiSecretsAppProblems` made for what was known.
 *
 * @param ownRegion The AWS provider's.
 */
export function lateInputs(
  component: string,
  args: CsiSecretsAppArgs,
  ownRegion: pulumi.Output<string>,
): LateInputs {
  const region = optionalLate(component, "region", args.region, regionCheck) ?? ownRegion;
  const { failoverRegion: second } = args;
  const failoverRegion =
    second === undefined
      ? undefined
      : applied(region, (known) =>
          late(component, "failoverRegion", second, string(failoverRegionProblem(known))),
        );
  const ownImage = late(component, "image", args.image, image);
  const environment = plainVariables(component, "environment", args.environment);
  return {
    region,
    failoverRegion,
    secrets: secretSources(args).map((source) =>
      secretReference(component, source, region, failoverRegion),
    ),
    identity: identityInput(component, args.identity),
    image: ownImage,
    migrate: args.migrate && {
      image: optionalLate(component, "migrate.image", args.migrate.image, image) ?? ownImage,
      environment: {
        ...environment,
        ...plainVariables(component, "migrate.environment", args.migrate.environment),
      },
    },
    containers: locatedContainers(args).map(({ at, container }) => ({
      image: optionalLate(component, `${at}.image`, container.image, image) ?? ownImage,
      environment: plainVariables(component, `${at}.environment`, container.environment),
    })),
    restartImage: late(
      component,
      "restartSchedule.image",
      args.restartSchedule?.image ?? KUBECTL_IMAGE,
      image,
    ),
    environment,
    overlay: args.overlay && plainMembers(component, "overlay", args.overlay),
    roleArn: optionalLate(component, "roleArn", args.roleArn, roleArn),
    policyArns: Object.fromEntries(
      Object.entries(args.policyArns ?? {}).map(([policy, arn]) => [
        policy,
        late(component, memberPath("policyArns", policy), arn, policyArn),
      ]),
    ),
    permissionsBoundary: optionalLate(
      component,
      "permissionsBoundary",
      args.permissionsBoundary,
      policyArn,
    ),
    caBundle: trustedRoots(component, args.caBundle, region),
  };
}

function secretReference(
  component: string,
  source: LocatedSource,
  region: pulumi.Input<string>,
  failoverRegion: pulumi.Input<string> | undefined,
): SecretReference {
  const { at, secretName, parameter, secretArn, kmsKeyArn, failoverKmsKeyArn } = source;
  const type = objectTypeOf(source);
  const name = applied(region, (known) =>
    late(
      component,
      `${at}${parameter === undefined ? "secretName" : "parameter"}`,
      // The checks have left one of the two.
      (secretName ?? parameter) as pulumi.Input<string>,
      string(firstOf(REFERENCE_RULES[type], secretRegionProblem(known))),
    ),
  );
  const arn = (given: pulumi.Input<string>) =>
    applied(name, (known) =>
      late<string | undefined>(
        component,
        `${at}secretArn`,
        given,
        optional(string(firstOf(secretArnProblem, arnOfSecretProblem(known)))),
      ),
    );
  const key = (path: string, given: pulumi.Input<string>, of: pulumi.Input<string>) =>
    applied(of, (known) =>
      late<string | undefined>(
        component,
        path,
        given,
        optional(string(firstOf(kmsKeyArnProblem, keyRegionProblem(known)))),
      ),
    );
  return {
    type,
    name,
    arn: secretArn === undefined ? undefined : arn(secretArn),
    kmsKeyArn: kmsKeyArn === undefined ? undefined : key(`${at}kmsKeyArn`, kmsKeyArn, region),
    failoverKmsKeyArn:
      failoverKmsKeyArn === undefined || failoverRegion === undefined
        ? undefined
        : key(`${at}failoverKmsKeyArn`, failoverKmsKeyArn, failoverRegion),
  };
}

const identityInput = (
  component: string,
  identity: CsiSecretsAppArgs["identity"],
): IdentityInput =>
  "podIdentity" in identity
    ? {
        clusterName: late(
          component,
          "identity.podIdentity.clusterName",
          identity.podIdentity.clusterName,
          clusterName,
        ),
      }
    : {
        oidcProviderArn: late(
          component,
          "identity.irsa.oidcProviderArn",
          identity.irsa.oidcProviderArn,
          oidcProviderArn,
        ),
      };

const plainVariables = (
  component: string,
  path: string,
  variables: CsiSecretsAppArgs["environment"] = {},
): LateInputs["environment"] =>
  Object.fromEntries(
    Object.entries(variables).map(([variable, value]) => [
      variable,
      plainText(component, memberPath(path, variable), value, variable),
    ]),
  );

/**
 * A value that may stand in a manifest. Whether an `Output` is secret is known also at a preview
 * where its value is not.
 */
function plainText(
  component: string,
  path: string,
  value: pulumi.Input<string>,
  variable: string,
): pulumi.Input<string> {
  return late(
    component,
    path,
    unlessSecret(component, path, value),
    string(variableValueProblem(variable)),
  );
}

/** The same value, which must not be secret. */
function unlessSecret<T>(component: string, path: string, value: pulumi.Input<T>): pulumi.Input<T> {
  if (!isLate(value)) return value;
  const output = asOutput<T>(value);
  return pulumi.output(pulumi.isSecret(output)).apply((isSecret) => {
    if (!isSecret) return output;
    throw inputError(
      component,
      because(
        path,
        "is a secret and would be in the manifest in plain text; put it into a secret of Secrets " +
          "Manager and deliver it through 'moreSecrets'",
      ),
    );
  });
}

/** Named parts of an overlay. */
const plainMembers = (
  component: string,
  path: string,
  members: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      plainPart(component, memberPath(path, name), value),
    ]),
  );

/** A part of an overlay, gated where it is known late. */
function plainPart(component: string, path: string, value: unknown): unknown {
  if (isLate(value)) return unlessSecret(component, path, value);
  if (Array.isArray(value)) {
    return value.map((item, index) => plainPart(component, `${path}[${index}]`, item));
  }
  return isRecord(value) ? plainMembers(component, path, value) : value;
}
