import type * as pulumi from "@pulumi/pulumi";
import { late, optionalLate } from "../shared/late";
import { memberPath } from "../shared/problems";
import type { SecureDatabaseArgs } from "./args";
import { LATE_CHECKS } from "./problems";

/** The arguments that may be known late, each gated on its check. */
export interface LateInputs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  readonly kmsKeyArn?: pulumi.Output<string>;
  readonly snapshotIdentifier?: pulumi.Output<string>;
}

export function lateInputs(component: string, args: SecureDatabaseArgs): LateInputs {
  const { vpcId, subnetIds, clients, kmsKeyArn, restoreFrom } = args;
  return {
    vpcId: late(component, "vpcId", vpcId, LATE_CHECKS.vpcId),
    subnetIds: late<pulumi.Input<string>[]>(
      component,
      "subnetIds",
      subnetIds,
      LATE_CHECKS.subnetIds,
    ),
    clients: Object.fromEntries(
      Object.entries(clients).map(([client, id]) => [
        client,
        late(component, memberPath("clients", client), id, LATE_CHECKS.client),
      ]),
    ),
    kmsKeyArn: optionalLate(component, "kmsKeyArn", kmsKeyArn, LATE_CHECKS.kmsKeyArn),
    snapshotIdentifier: optionalLate(
      component,
      "restoreFrom.snapshotIdentifier",
      restoreFrom?.snapshotIdentifier,
      LATE_CHECKS.snapshotIdentifier,
    ),
  };
}
