import * as pulumi from "@pulumi/pulumi";
import { kmsKeyArnProblem } from "../shared/aws-names";
import { type Check, string } from "../shared/checks";
import { asOutput, late } from "../shared/late";
import { memberPath } from "../shared/problems";
import { regionOfArnProblem } from "../shared/regions";
import type { RestoreFrom, SecureDatabaseArgs } from "./args";
import { LATE_CHECKS } from "./problems";
import {
  type Restored,
  restoredFrom,
  restoredTo,
  snapshotCheck,
  SOURCE_CHECKS,
  SOURCE_NAMES,
} from "./restore";

/** The arguments that may be known late, each gated on its check. */
export interface LateInputs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  readonly kmsKeyArn?: pulumi.Output<string>;
  /** What the instance is made from; absent for an empty database. */
  readonly restored?: Restored;
}

/** @param region Asks for the AWS provider's region: a key encrypts in its own region alone. */
export function lateInputs(
  component: string,
  args: SecureDatabaseArgs,
  region: () => pulumi.Output<string>,
): LateInputs {
  const { vpcId, subnetIds, clients, kmsKeyArn, restoreFrom } = args;
  return {
    vpcId: late(component, "vpcId", vpcId, LATE_CHECKS.vpcId),
    subnetIds: late(component, "subnetIds", pulumi.output(subnetIds), LATE_CHECKS.subnetIds),
    clients: Object.fromEntries(
      Object.entries(clients).map(([client, id]) => [
        client,
        late(component, memberPath("clients", client), id, LATE_CHECKS.client),
      ]),
    ),
    kmsKeyArn:
      kmsKeyArn === undefined
        ? undefined
        : region().apply((known) =>
            late(component, "kmsKeyArn", asOutput(kmsKeyArn), keyIn(known)),
          ),
    restored: restoreFrom && lateRestored(component, restoreFrom),
  };
}

const keyIn = (region: string): Check =>
  string((arn) => kmsKeyArnProblem(arn) ?? regionOfArnProblem(region, "the database")(arn));

function lateRestored(component: string, restoreFrom: RestoreFrom): Restored | undefined {
  if (!("pointInTime" in restoreFrom)) {
    const { snapshotIdentifier } = restoreFrom;
    const path = "restoreFrom.snapshotIdentifier";
    return restoredFrom(late(component, path, snapshotIdentifier, snapshotCheck));
  }
  const { pointInTime } = restoreFrom;
  const [restored] = SOURCE_NAMES.flatMap((source) => {
    const given = pointInTime[source];
    if (given === undefined) return [];
    const path = `restoreFrom.pointInTime.${source}`;
    const value = late(component, path, given, SOURCE_CHECKS[source]);
    return [restoredTo(pointInTime.time, source, value)];
  });
  return restored;
}
