import type { Statement } from "../iam";
import type { SecretContent } from "./secret-content";

/** What encrypts a value. */
export interface ValueKey {
  /** The key that encrypts it; `undefined` for the one that AWS keeps. */
  readonly kmsKeyArn: string | undefined;
  /** Whether only the cloud knows which key that is. */
  readonly isKeyLate: boolean;
}

/** A copy of a secret in another region, under a key of that region. */
export interface Replica extends ValueKey {
  /** `undefined` where it is known only after the update, or how many there are. */
  readonly region: string | undefined;
}

/** What is known of the value of a secret or a parameter. */
export interface StoredValue extends ValueKey {
  readonly name: string;
  /** What it holds; `undefined` where that is not known. */
  readonly content: SecretContent | undefined;
  /** Whether the program puts a text into it, known or not. */
  readonly isWritten: boolean;
  /** Whether the program writes a first value only, and leaves what others make of it. */
  readonly isStartValue: boolean;
}

/** `host` and `port` of a login; what is not said, or not known, is absent. */
export interface SaidAddress {
  readonly host?: string;
  readonly port?: number;
}

/** A secret of Secrets Manager that the program makes, or has RDS make. */
export interface StoredSecret extends StoredValue {
  readonly urn: string;
  /** With a hole, for what of it is known only after the update. */
  readonly arn: string;
  readonly region: string;
  readonly replicas: readonly Replica[];
  readonly tags: Readonly<Record<string, string>>;
  readonly isProtected: boolean;
  /** Whether RDS keeps it, and rotates it, for the master user of a database. */
  readonly isManaged: boolean;
  /** URNs of its versions in the program that are read where no label is asked for. */
  readonly versions: readonly string[];
  /** Staging labels that its versions in the program get. */
  readonly labels: readonly string[];
  /** URNs of the databases that its value was made from, e.g. from the host's name. */
  readonly madeFrom: readonly string[];
  /** URNs of the databases whose master password it holds. */
  readonly masterPasswordOf: readonly string[];
  /** Where its login says that the database is; what is no secret of it. */
  readonly addresses: readonly SaidAddress[];
  /** Punctuation that a generated value in it may have. */
  readonly punctuation: string;
  /** Statements of its resource policies. */
  readonly policy: readonly Statement[];
}

/** A parameter of Parameter Store that the program makes. */
export interface StoredParameter extends StoredValue {
  readonly urn: string;
  readonly arn: string;
  readonly region: string;
  /** Whether it is a SecureString: others are no secrets. */
  readonly isSecure: boolean;
}

/** Whether a region holds a secret or a replica of it, or may hold one. */
export const isHeldIn = (secret: StoredSecret, region: string): boolean =>
  secret.region === region || replicaIn(secret, region) !== undefined;

/** The replica that a region holds, or may hold. */
export const replicaIn = ({ replicas }: StoredSecret, region: string): Replica | undefined =>
  replicas.find((replica) => replica.region === region) ??
  replicas.find((replica) => replica.region === undefined);
