import type { RegionData, Secret } from "../../preflight/delivery";
import type { Secrets } from "../../preflight/doctor/facts";
import { versionsIn } from "../secrets/stored";
import type { CloudStore } from "../server/store";

/** The secrets of a region in the local cloud, as Secrets Manager would return them. */
export function secretsIn(region: string, { all }: Secrets, store: CloudStore): RegionData {
  const held = all
    .filter((secret) => [secret.region, ...secret.replicas].includes(region))
    .map(({ name, arn }): [string, Secret] => [
      name,
      {
        versions: versionsIn(store, { name, arn }).map(({ id, stages, value, binary }) => ({
          ...{ id, stages },
          ...(value !== undefined && { value: binary ? Buffer.from(value, "base64") : value }),
        })),
      },
    ]);
  return { secrets: Object.fromEntries(held) };
}
