import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidParameterException,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";

interface Version {
  text?: string;
  created: Date;
  stages: string[];
}

const CURRENT = "AWSCURRENT";
const PENDING = "AWSPENDING";
const PREVIOUS = "AWSPREVIOUS";

/**
 * Secrets Manager in memory, with versions and labels as AWS documents them, for the commands of the SDK.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
export class SecretsManagerStandIn {
  readonly versions = new Map<string, Version>();
  readonly arn: string;
  rotated: Date | undefined;
  now = () => new Date();
  administrator = "";
  /** Every value that a version has ever had. */
  readonly values: string[] = [];

  constructor(arn: string) {
    this.arn = arn;
  }

  get client(): SecretsManagerClient {
    return { send: (command: object) => this.#send(command) } as unknown as SecretsManagerClient;
  }

  with(stage: string): string | undefined {
    return [...this.versions].find(([, { stages }]) => stages.includes(stage))?.[0];
  }

  value(stage = CURRENT): Record<string, any> {
    const version = this.versions.get(this.with(stage) ?? "");
    return JSON.parse(version?.text ?? "null");
  }

  labels(): string[] {
    return [...this.versions.values()].map(({ stages }) => [...stages].sort().join("+")).sort();
  }

  /** RotateSecret: the version of the rotation, made with its label and without a value. */
  rotate(): string {
    const pending = this.with(PENDING);
    if (pending !== undefined && pending !== this.with(CURRENT)) {
      throw failure(InvalidRequestException, "A previous rotation isn't complete.");
    }
    const token = randomUUID();
    this.#label(token, PENDING);
    return token;
  }

  put(text: string, token: string = randomUUID(), stages: readonly string[] = [CURRENT]): string {
    const there = this.versions.get(token);
    if (there?.text !== undefined && there.text !== text) {
      throw failure(ResourceExistsException, `has another value: ${text}`);
    }
    const version = there ?? { created: this.now(), stages: [] };
    this.versions.set(token, { ...version, text });
    this.values.push(text);
    // A new current version ends a rotation that is under way (event RotationAbandoned).
    if (stages.includes(CURRENT)) this.#unlabel(PENDING);
    for (const stage of stages) this.#label(token, stage);
    return token;
  }

  move(stage: string, to?: string, from?: string): void {
    const holder = this.with(stage);
    if (holder !== undefined && holder !== from && holder !== to) {
      throw failure(InvalidParameterException, `${stage} is on ${holder}`);
    }
    if (to === undefined) this.#unlabel(stage);
    else this.#label(to, stage);
  }

  #label(token: string, stage: string): void {
    const holder = this.with(stage);
    if (holder === token) return;
    this.#unlabel(stage);
    const version = this.versions.get(token) ?? { created: this.now(), stages: [] };
    version.stages.push(stage);
    this.versions.set(token, version);
    if (stage === CURRENT && holder !== undefined) this.#label(holder, PREVIOUS);
    if (stage === CURRENT && version.stages.includes(PENDING)) this.rotated = this.now();
  }

  #unlabel(stage: string): void {
    for (const version of this.versions.values()) {
      version.stages = version.stages.filter((label) => label !== stage);
    }
  }

  async #send(command: object): Promise<object> {
    await Promise.resolve();
    if (command instanceof DescribeSecretCommand) {
      return {
        Name: "orders-app",
        LastRotatedDate: this.rotated,
        VersionIdsToStages: Object.fromEntries(
          [...this.versions]
            .filter(([, { stages }]) => stages.length > 0)
            .map(([id, { stages }]) => [id, [...stages]]),
        ),
      };
    }
    if (command instanceof GetSecretValueCommand) {
      const { SecretId, VersionId } = command.input;
      if (SecretId !== this.arn) return { SecretString: this.administrator };
      const version = this.versions.get(VersionId ?? "");
      if (version?.text === undefined) throw failure(ResourceNotFoundException, "no value");
      return { SecretString: version.text, CreatedDate: version.created };
    }
    if (command instanceof PutSecretValueCommand) {
      const { SecretString = "", ClientRequestToken, VersionStages } = command.input;
      return { VersionId: this.put(SecretString, ClientRequestToken, VersionStages) };
    }
    if (command instanceof UpdateSecretVersionStageCommand) {
      const { VersionStage = "", MoveToVersionId, RemoveFromVersionId } = command.input;
      this.move(VersionStage, MoveToVersionId, RemoveFromVersionId);
      return {};
    }
    throw new Error(`${command.constructor.name} is not known here`);
  }
}

const failure = <T>(
  kind: new (options: { message: string; $metadata: object }) => T,
  message: string,
): T => new kind({ message, $metadata: {} });
