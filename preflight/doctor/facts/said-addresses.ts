import { addressesInVariables } from "./login-values";
import type { Secrets } from "./secrets";
import type { Workload } from "./workloads";

/** Where a secret or a variable says that something listens. */
export interface AddressSaid {
  readonly urn: string;
  /** For instance `the secret prod/orders`. */
  readonly where: string;
  readonly host: string;
  readonly port: number | undefined;
}

/** What the secrets and the plain variables of pods say of hosts and ports. */
export const addressesSaid = (
  secrets: Secrets,
  workloads: readonly Workload[],
): readonly AddressSaid[] => [
  ...secrets.all.flatMap(({ urn, name, addresses }) =>
    addresses.map(({ host = "", port }) => ({ urn, where: `the secret ${name}`, host, port })),
  ),
  ...workloads.flatMap((workload) =>
    addressesInVariables(workload).map(({ name, host = "", port }) => ({
      ...{ urn: workload.urn, host, port },
      where: `the variable ${name} of ${workload.label}`,
    })),
  ),
];
