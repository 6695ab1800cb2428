import type { RegionData, Secret, SecretVersion } from "../../preflight/delivery";
import type { Secrets } from "../../preflight/doctor/facts";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { CloudStore } from "../server/store";

const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** The secrets of a region in the local cloud, as Secrets Manager would return them. */
export function secretsIn(region: string, { all }: Secrets, store: CloudStore): RegionData {
  const versions = store.all(VERSION).map(({ outputs }) => unwrapSecrets(outputs) as Properties);
  const held = all
    .filter((secret) => [secret.region, ...secret.replicas].includes(region))
    .map(({ name, arn }): [string, Secret] => [
      name,
      {
        versions: versionsOf(
          versions.filter(({ secretId }) => [arn, name].includes(text(secretId))),
        ),
      },
    ]);
  return { secrets: Object.fromEntries(held) };
}

/** A staging label belongs to one version only: it moves to the newest. */
function versionsOf(outputs: readonly Properties[]): readonly SecretVersion[] {
  const labelled = outputs.map((properties) => ({
    properties,
    stages: properties.versionStages as readonly string[],
  }));
  return labelled.map(({ properties, stages }, index) => {
    const taken = labelled.slice(index + 1).flatMap((newer) => newer.stages);
    const { versionId, secretString, secretStringWo, secretBinary } = properties;
    return {
      id: text(versionId),
      stages: stages.filter((stage) => !taken.includes(stage)),
      value:
        secretBinary === undefined
          ? text(secretString ?? secretStringWo)
          : Buffer.from(text(secretBinary), "base64"),
    };
  });
}
