import type { Parameter, RegionData, Secret } from "../../preflight/delivery";
import { isHeldIn, type Secrets } from "../../preflight/doctor/facts";
import { text } from "../../preflight/simulation/models/model";
import { versionsIn } from "../secrets/stored";
import { type CloudStore, outputsOf } from "../server/store";

const PARAMETER = "aws:ssm/parameter:Parameter";

/** The secrets and parameters of a region in the local cloud, as AWS would return them. */
export function secretsIn(
  region: string,
  { all }: Secrets,
  store: CloudStore,
): Required<RegionData> {
  const held = all
    .filter((secret) => isHeldIn(secret, region))
    .map(({ name, arn }): [string, Secret] => [
      name,
      {
        versions: versionsIn(store, { name, arn }).map(({ id, stages, value, binary }) => ({
          ...{ id, stages },
          ...(value !== undefined && { value: binary ? Buffer.from(value, "base64") : value }),
        })),
      },
    ]);
  const parameters = store
    .all(PARAMETER)
    .map(outputsOf)
    .filter(({ arn }) => text(arn).split(":")[3] === region)
    .map(({ name, value, insecureValue, valueWo }): [string, Parameter] => [
      text(name),
      { versions: [text(value ?? insecureValue ?? valueWo)] },
    ]);
  return { secrets: Object.fromEntries(held), parameters: Object.fromEntries(parameters) };
}
