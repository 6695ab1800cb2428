import type { Facts } from "../facts";
import { addressesInVariables } from "../facts";

/** Where a secret or a variable says that something listens. */
interface Said {
  readonly urn: string;
  /** For instance `the secret prod/orders`. */
  readonly where: string;
  readonly host: string;
  readonly port: number | undefined;
}

/** What the secrets and the plain variables of pods say of hosts and ports. */
export const saidAddresses = ({
  secrets,
  workloads,
}: Pick<Facts, "secrets" | "workloads">): readonly Said[] => [
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
