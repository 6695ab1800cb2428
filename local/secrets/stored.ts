import { TYPES } from "../../preflight/simulation/models/aws/common";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { listOf, recordOf } from "../../preflight/simulation/wire/values";
import { type CloudObject, type CloudStore, outputsOf } from "../server/store";
import { ServiceError } from "./errors";
import { putValue, versionOf, type Versions } from "./versions";

const DECLARED = "aws:secretsmanager/secretVersion:SecretVersion";

/** A secret of the local cloud. */
export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
}

const keyOf = ({ arn }: StoredSecret): string => `versions of ${arn}`;

/**
 * The versions of a secret: those that calls have made, and those that the program declares, each of
 * which became the current one when it was made.
 */
export function versionsIn(store: CloudStore, secret: StoredSecret): Versions {
  const kept = (store.kept(keyOf(secret)) ?? []) as Versions;
  return store
    .all(DECLARED)
    .map(outputsOf)
    .filter(({ secretId }) => [secret.arn, secret.name].includes(text(secretId)))
    .filter(({ versionId }) => !kept.some(({ id }) => id === versionId))
    .reduce<Versions>((all, { versionId, secretString, secretStringWo, secretBinary, ...rest }) => {
      const stages = listOf(rest.versionStages) as readonly string[];
      const content =
        secretBinary === undefined
          ? { value: text(secretString ?? secretStringWo) }
          : ({ value: text(secretBinary), binary: true } as const);
      return putValue(all, { token: text(versionId), ...content, stages, now: 0 });
    }, kept);
}

/** The JSON that is the current value of a secret. Throws `ServiceError` where it has no value. */
export const currentJson = (store: CloudStore, secret: StoredSecret): Properties =>
  recordOf(JSON.parse(versionOf(versionsIn(store, secret), {}).value));

export const keepVersions = (store: CloudStore, secret: StoredSecret, versions: Versions): void =>
  store.keep(keyOf(secret), versions);

export const forgetVersions = (store: CloudStore, secret: StoredSecret): void =>
  store.forget(keyOf(secret));

/** Every secret: those of the program, and those that RDS keeps for its master users. */
const allSecrets = (store: CloudStore): readonly StoredSecret[] => [
  ...store.all(TYPES.secret).map(({ inputs, outputs }) => ({
    arn: text(outputs.arn),
    name: text(inputs.name),
  })),
  ...store.all(TYPES.instance).flatMap((instance) => managedSecret(instance) ?? []),
];

/** The secret that RDS keeps for an instance; `undefined` where the program has the password. */
export function managedSecret({ inputs, outputs }: CloudObject): StoredSecret | undefined {
  if (unwrapSecrets(inputs.manageMasterUserPassword) !== true) return undefined;
  const [managed] = listOf(unwrapSecrets(outputs.masterUserSecrets));
  const arn = text(recordOf(managed).secretArn);
  // Its name is in its ARN.
  return { arn, name: text(arn.split(":secret:").at(-1)).replace(/-\w{6}$/, "") };
}

/** A secret by its name, its ARN, or its ARN without the suffix; one outside the stack is not kept here. */
export const findSecret = (store: CloudStore, id: string): StoredSecret | undefined =>
  allSecrets(store).find(
    ({ arn, name }) => id === name || id === arn || id === arn.replace(/-\w{6}$/, ""),
  );

/** The same. Throws `ServiceError` where there is none. */
export function secretNamed(store: CloudStore, id: string): StoredSecret {
  const found = findSecret(store, id);
  if (found !== undefined) return found;
  throw new ServiceError(
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret.",
  );
}
