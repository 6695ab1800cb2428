import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";
import { RotationError } from "./failure";
import type { RotationSettings } from "./settings";
import { whyFailed } from "./words";

export const CURRENT = "AWSCURRENT";
export const PENDING = "AWSPENDING";

/** A secret without its values. */
export interface SecretState {
  readonly name: string;
  /** The labels of each version by its id. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** End of the last rotation. */
  readonly rotated?: Date;
}

export interface StoredValue {
  readonly text: string;
  readonly created: Date;
}

/** The user's secret, and the administrator's to read. */
export interface Secrets {
  readonly describe: () => Promise<SecretState>;
  /** `undefined` where the version has no value. */
  readonly read: (version: string) => Promise<StoredValue | undefined>;
  /** A new version that is current at once. */
  readonly putCurrent: (text: string) => Promise<void>;
  /** The value of the version that Secrets Manager has made for a rotation. */
  readonly putPending: (text: string, token: string, rotationToken?: string) => Promise<void>;
  readonly moveCurrent: (from: string | undefined, to: string) => Promise<void>;
  readonly removePending: (version: string) => Promise<void>;
  /** The administrator's value. */
  readonly administrator: () => Promise<string>;
}

/** The secrets of the settings in Secrets Manager. */
export function secretsManager(
  { secretArn, masterSecretArn }: RotationSettings,
  client = new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
  }),
): Secrets {
  const secret = { SecretId: secretArn };
  return {
    describe: async () => {
      const { Name, VersionIdsToStages, LastRotatedDate } = await told(
        `read the labels of ${secretArn}`,
        client.send(new DescribeSecretCommand(secret)),
      );
      return {
        name: Name ?? secretArn,
        versions: VersionIdsToStages ?? {},
        ...(LastRotatedDate !== undefined && { rotated: LastRotatedDate }),
      };
    },
    read: async (version) => {
      const answer = client
        .send(new GetSecretValueCommand({ ...secret, VersionId: version }))
        .catch((error: unknown) => {
          // The secret exists: it has been described. So the version has no value yet.
          if (error instanceof ResourceNotFoundException) return undefined;
          throw error;
        });
      const found = await told(`read version ${version} of ${secretArn}`, answer);
      if (found?.SecretString === undefined) return undefined;
      return { text: found.SecretString, created: found.CreatedDate ?? new Date(0) };
    },
    putCurrent: async (text) => {
      const asked = { ...secret, SecretString: text, ClientRequestToken: randomUUID() };
      await told(`put a value into ${secretArn}`, client.send(new PutSecretValueCommand(asked)));
    },
    putPending: async (text, token, rotationToken) => {
      const asked = new PutSecretValueCommand({
        ...secret,
        SecretString: text,
        ClientRequestToken: token,
        VersionStages: [PENDING],
        ...(rotationToken !== undefined && { RotationToken: rotationToken }),
      });
      await told(`put the value of version ${token} into ${secretArn}`, client.send(asked));
    },
    moveCurrent: async (from, to) => {
      const asked = new UpdateSecretVersionStageCommand({
        ...{ ...secret, VersionStage: CURRENT, MoveToVersionId: to },
        ...(from !== undefined && { RemoveFromVersionId: from }),
      });
      await told(`move ${CURRENT} of ${secretArn} to version ${to}`, client.send(asked));
    },
    removePending: async (version) => {
      const asked = new UpdateSecretVersionStageCommand({
        ...{ ...secret, VersionStage: PENDING, RemoveFromVersionId: version },
      });
      await told(`take ${PENDING} off version ${version} of ${secretArn}`, client.send(asked));
    },
    administrator: async () => {
      const { SecretString } = await told(
        `read the administrator's secret ${masterSecretArn}`,
        client.send(new GetSecretValueCommand({ SecretId: masterSecretArn })),
      );
      return SecretString ?? "";
    },
  };
}

async function told<T>(doing: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new RotationError(`Secrets Manager: could not ${doing}: ${whyFailed(error)}`);
  }
}
