import * as pulumi from "@pulumi/pulumi";
import { trustedRoots } from "../shared/ca-bundle";
import { late, optionalLate } from "../shared/late";
import type { DatabaseUserArgs, UserDatabase } from "./args";
import { LATE_CHECKS } from "./problems";

/** The arguments that may be known late, each gated on its check. */
export interface LateInputs {
  readonly host: pulumi.Input<string>;
  readonly port: pulumi.Input<number>;
  readonly databaseName: pulumi.Input<string>;
  readonly instanceIdentifier: pulumi.Input<string>;
  readonly databaseSecurityGroupId: pulumi.Input<string>;
  readonly masterSecretArn: pulumi.Input<string>;
  readonly masterSecretKmsKeyArn: pulumi.Input<string> | undefined;
  readonly resourceId: pulumi.Input<string> | undefined;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly readsFrom: pulumi.Input<string> | undefined;
  readonly alarmTopicArn: pulumi.Input<string> | undefined;
  /** Authorities that the function trusts, in PEM. */
  readonly caBundle: pulumi.Input<string>;
}

export function lateInputs(
  component: string,
  args: DatabaseUserArgs,
  region: pulumi.Output<string>,
): LateInputs {
  const { database } = args;
  const fact = <T>(
    name: keyof UserDatabase & keyof typeof LATE_CHECKS,
    value: pulumi.Input<T>,
  ): pulumi.Input<T> => late(component, `database.${name}`, value, LATE_CHECKS[name]);
  const masterSecretKmsKeyArn = optionalLate(
    component,
    "database.masterSecretKmsKeyArn",
    database.masterSecretKmsKeyArn,
    LATE_CHECKS.kmsKeyArn,
  );
  return {
    host: fact("host", database.host),
    port: fact("port", database.port),
    databaseName: fact("databaseName", database.databaseName),
    instanceIdentifier: fact("instanceIdentifier", database.instanceIdentifier),
    databaseSecurityGroupId: fact("securityGroupId", database.securityGroupId),
    masterSecretArn: fact("masterSecretArn", database.masterSecretArn),
    masterSecretKmsKeyArn,
    resourceId: optionalLate(
      component,
      "database.resourceId",
      database.resourceId,
      LATE_CHECKS.resourceId,
    ),
    vpcId: late(
      component,
      args.vpcId === undefined ? "database.vpcId" : "vpcId",
      args.vpcId ?? database.vpcId,
      LATE_CHECKS.vpcId,
    ),
    subnetIds: late(
      component,
      args.subnetIds === undefined ? "database.subnetIds" : "subnetIds",
      pulumi.output(args.subnetIds ?? database.subnetIds),
      LATE_CHECKS.subnetIds,
    ),
    kmsKeyArn:
      optionalLate(component, "kmsKeyArn", args.kmsKeyArn, LATE_CHECKS.kmsKeyArn) ??
      masterSecretKmsKeyArn,
    readsFrom: optionalLate(component, "readsFrom", args.readsFrom, LATE_CHECKS.readsFrom),
    alarmTopicArn: optionalLate(
      component,
      "alarmTopicArn",
      args.alarmTopicArn,
      LATE_CHECKS.alarmTopicArn,
    ),
    caBundle: trustedRoots(component, args.caBundle, region),
  };
}
