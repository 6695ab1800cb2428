import * as pulumi from "@pulumi/pulumi";
import { checked } from "../shared/checked";
import type { SecureDatabaseArgs } from "./args";
import {
  checkClient,
  checkKmsKeyArn,
  checkSnapshotIdentifier,
  checkSubnetIds,
  checkVpcId,
} from "./references";

/** The arguments that may be known late, each gated on its check. */
export interface CheckedInputs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  readonly kmsKeyArn?: pulumi.Input<string>;
  readonly snapshotIdentifier?: pulumi.Input<string>;
}

/** Throws `ArgError` for what is known already; the rest fails on the way through. */
export function checkInputs(component: string, args: SecureDatabaseArgs): CheckedInputs {
  const { vpcId, subnetIds, clients, kmsKeyArn, restoreFrom } = args;
  return {
    vpcId: checked(vpcId, (id) => checkVpcId(component, id)),
    subnetIds: checkedSubnets(component, subnetIds),
    clients: Object.fromEntries(
      Object.entries(clients).map(([client, group]) => [
        client,
        checked(group, (id) => checkClient(component, client, id)),
      ]),
    ),
    kmsKeyArn:
      kmsKeyArn === undefined
        ? undefined
        : checked(kmsKeyArn, (arn) => checkKmsKeyArn(component, arn)),
    snapshotIdentifier:
      restoreFrom === undefined
        ? undefined
        : checked(restoreFrom.snapshotIdentifier, (id) => checkSnapshotIdentifier(component, id)),
  };
}

/** A list can be known before its members are: its length is checked now, they are checked later. */
function checkedSubnets(
  component: string,
  subnetIds: SecureDatabaseArgs["subnetIds"],
): pulumi.Input<pulumi.Input<string>[]> {
  if (Array.isArray(subnetIds)) checkSubnetIds(component, subnetIds);
  return checked(pulumi.output(subnetIds), (ids) => checkSubnetIds(component, ids));
}
