import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { textOf } from "../../simulation/wire/values";
import { grouped } from "./grouped";
import { providerUrn } from "./location";

/** A name that the program gives to more than one resource, of which AWS takes one. */
export interface TakenName {
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  /** The resource that has the name first. */
  readonly other: string;
  readonly name: string;
  /** For instance `secret`. */
  readonly kind: string;
}

interface Kind {
  readonly property: string;
  readonly kind: string;
}

/** What there is once under each name, in a region of an account, or in an account. */
const KINDS: Readonly<Record<string, Kind | undefined>> = {
  "aws:secretsmanager/secret:Secret": { property: "name", kind: "secret" },
  "aws:ssm/parameter:Parameter": { property: "name", kind: "parameter" },
  "aws:iam/role:Role": { property: "name", kind: "role" },
  "aws:iam/policy:Policy": { property: "name", kind: "policy" },
  "aws:kms/alias:Alias": { property: "name", kind: "alias" },
  "aws:rds/instance:Instance": { property: "identifier", kind: "database" },
  "aws:rds/cluster:Cluster": { property: "clusterIdentifier", kind: "cluster" },
  "aws:rds/subnetGroup:SubnetGroup": { property: "name", kind: "subnet group" },
  "aws:rds/parameterGroup:ParameterGroup": { property: "name", kind: "parameter group" },
  "aws:eks/cluster:Cluster": { property: "name", kind: "cluster" },
  "aws:lambda/function:Function": { property: "name", kind: "function" },
  "aws:cloudwatch/logGroup:LogGroup": { property: "name", kind: "log group" },
};

export function takenNamesOf(registrations: readonly Registration[]): readonly TakenName[] {
  const named = registrations.flatMap((registration) => {
    const found = KINDS[registration.type];
    const name = found && textOf(registration.inputs[found.property]);
    return found === undefined || name === undefined || name === ""
      ? []
      : [{ registration, name, kind: found.kind }];
  });
  const byPlace = grouped(named, ({ registration, name }) =>
    [registration.type, name, providerUrn(registration.provider), regionOf(registration)].join(" "),
  );
  return [...byPlace.values()].flatMap(([first, ...others]) =>
    others.map(({ registration: { urn, name: resource }, name, kind }) => ({
      ...{ urn, resource, name, kind },
      other: first?.registration.name ?? "",
    })),
  );
}

const regionOf = ({ outputs }: Registration): string => textOf(unwrapSecrets(outputs.region)) ?? "";
