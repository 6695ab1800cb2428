import type { Action, SecretObject } from "..";

/** A recorded case: what the AWS provider was given, and what it made of it. */
export interface DeliveryCase {
  readonly name: string;
  readonly group?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects?: readonly SecretObject[];
  readonly secrets?: Readonly<Record<string, CaseSecret>>;
  readonly failoverSecrets?: Readonly<Record<string, CaseSecret>>;
  readonly ssm?: Readonly<Record<string, CaseParameter>>;
  readonly failoverSsm?: Readonly<Record<string, CaseParameter>>;
  readonly faults?: readonly CaseFault[];
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly driverWrites?: boolean;
  readonly permission?: string;
  readonly currentVersions?: unknown;
  readonly preFiles?: unknown;
  readonly nondeterministicContent?: string;
  readonly region?: string | null;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly files?: readonly RecordedFile[];
  readonly versions?: Readonly<Record<string, string>>;
  readonly secretData?: Readonly<Record<string, RecordedSecret>>;
  readonly syncErrors?: readonly string[];
  readonly driverError?: string;
  readonly error?: string;
  readonly code?: string;
  readonly filesLeftAfterError?: readonly RecordedFile[];
  readonly providerLog?: readonly string[];
  readonly apiCalls?: Readonly<Record<string, number>>;
}

export interface RecordedContent {
  readonly content?: string;
  readonly contentBase64?: string;
}

export interface RecordedFile extends RecordedContent {
  readonly path: string;
  readonly mode: string;
}

export interface RecordedSecret {
  readonly type: string;
  readonly data: Readonly<Record<string, RecordedContent>>;
}

export interface CaseContent {
  readonly value?: string;
  readonly json?: unknown;
  readonly base64?: string;
}

export type CaseSecret =
  | string
  | (CaseContent & {
      readonly versions?: readonly (CaseContent & {
        readonly id?: string;
        readonly stages?: readonly string[];
      })[];
      readonly deleted?: CaseSecret;
      readonly novalue?: unknown;
    });

export type CaseParameter =
  | string
  | (CaseContent & {
      readonly versions?: readonly (string | CaseContent)[];
      readonly labels?: Readonly<Record<string, number>>;
    });

export interface CaseFault {
  readonly Action: Action;
  readonly Status: number;
  readonly Code?: string;
  readonly Message?: string;
  readonly Times?: number;
  readonly Region?: string;
}
