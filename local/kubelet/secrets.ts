import type { RegionData, Secret } from "../../components/csi-secrets-app/delivery";
import { type Properties, text } from "../cloud/model";
import { openEnvelopes } from "../mocks/secrets";
import type { CloudStore } from "../server/store";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** What Secrets Manager of the local cloud holds, as the provider would be answered. */
export function secretsIn(store: CloudStore): RegionData {
  const versions = store.all(VERSION).map(({ outputs }) => openEnvelopes(outputs) as Properties);
  const secrets = store.all(SECRET).map(({ id, inputs }): [string, Secret] => [
    text(inputs.name),
    {
      versions: versions
        .filter(({ secretId }) => secretId === id)
        .map(({ versionId, versionStages, secretString }) => ({
          id: text(versionId),
          stages: versionStages as readonly string[],
          value: text(secretString),
        })),
    },
  ]);
  return { secrets: Object.fromEntries(secrets) };
}

/** ARN of a secret that is named or already given by its ARN; `undefined` where there is none. */
export function secretArn(store: CloudStore, nameOrArn: string): string | undefined {
  return store.all(SECRET).find(({ id, inputs }) => id === nameOrArn || inputs.name === nameOrArn)
    ?.id;
}
